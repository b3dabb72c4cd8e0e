"""What the sheet of a clause can set going: a reminder, all reminders at once, a waiver."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from lianfang.acts.in_force import in_force
from lianfang.acts.refused import Refused
from lianfang.acts.remind import remind
from lianfang.acts.waive_obligation import waive_obligation
from lianfang.core.access import acts
from lianfang.ledger.bar import is_overdue
from lianfang.ledger.models import Obligation
from lianfang.ledger.visible import visible
from lianfang.web.door import Asked as Request
from lianfang.web.door import door
from lianfang.web.parts.said import english
from lianfang.web.plan.duties import of_clause
from lianfang.web.plan.tree import above, clause_tree, pack_of

AT_ONCE = 500
"""So many units' obligations are reminded of in one go, the longest overdue first."""


@require_POST
@door(acts.REMIND)
def remind_one(request: Request, obligation: UUID) -> HttpResponse:
    """Remind whoever owes one obligation."""
    try:
        sent = remind(obligation, actor=request.actor, now=request.now)
        messages.success(request, gettext("已催办") if sent else gettext("一小时内已经催过，没有再催"))
    except Refused as refusal:
        messages.error(request, refusal.en if english() else refusal.zh)
    return _back(request, reverse("plan"))


@require_POST
@door(acts.REMIND)
def remind_all(request: Request, clause: str) -> HttpResponse:
    """Remind everybody who is overdue with one clause or section."""
    force = in_force(request.now)
    found = above(clause_tree(force.plan, pack_of(clause, force.plan)), clause)
    clauses = found[-1].clauses if found else frozenset()
    rows = visible(Obligation.objects.filter(of_clause(force, clauses) & is_overdue(request.now)), request.scope)
    rows = rows.filter(path__startswith=request.GET.get("unit", "")).order_by("due", "id")
    sent = 0
    for number in rows.values_list("pk", flat=True)[:AT_ONCE]:
        try:
            sent += remind(number, actor=request.actor, now=request.now)
        except Refused:  # done or gone in the meantime
            continue
    messages.success(request, gettext("已催办 %(many)s 项") % {"many": sent})
    return _back(request, reverse("plan-clause", args=[clause]))


@require_http_methods(["GET", "POST"])
@door(acts.WAIVE_OBLIGATION)
def waive(request: Request, obligation: UUID) -> HttpResponse:
    """Ask for the reason of a waiver, and waive."""
    row = get_object_or_404(visible(Obligation.objects.all(), request.scope), pk=obligation)
    reason = request.POST.get("reason", "").strip()
    wrong = ""
    if request.method == "POST" and reason:
        try:
            waive_obligation(row.pk, reason, actor=request.actor, now=request.now, key=request.POST.get("key", ""))
        except Refused as refusal:
            wrong = refusal.en if english() else refusal.zh
        else:
            messages.success(request, gettext("已豁免，理由已记入日志"))
            return _back(request, reverse("subject", args=[row.subject_kind, row.subject]))
    elif request.method == "POST":
        wrong = gettext("请写明豁免理由。")
    status = 422 if wrong else 200
    return render(
        request,
        "plan/waive.html",
        {"row": row, "reason": reason, "wrong": wrong, "back": _from(request)},
        status=status,
    )


def _from(request: Request) -> str:
    """The page the form was opened on."""
    wanted = (
        request.POST.get("back", "") or request.headers.get("HX-Current-URL", "") or request.headers.get("Referer", "")
    )
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if safe else ""


def _back(request: Request, otherwise: str) -> HttpResponse:
    """To the page it was asked on."""
    address = _from(request) or otherwise
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
