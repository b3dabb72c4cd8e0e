"""The list of issued papers, and withdrawing one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST, require_safe

from lianfang.acts.issue_paper import SORTS
from lianfang.acts.print_papers import letterhead_of
from lianfang.acts.refused import Refused
from lianfang.acts.withdraw_paper import withdraw_paper
from lianfang.core.access import acts
from lianfang.web.door import Asked, door
from lianfang.web.papers.listing import listed, papers_of
from lianfang.web.parts.said import said


def sorts() -> list[tuple[str, str]]:
    """Every sort of paper with its name."""
    return [(id, said(sort.words)) for id, sort in SORTS.items()]


@door(acts.ISSUE_PAPER)
@require_safe
def papers(request: Asked) -> HttpResponse:
    """The papers that were issued; with `?n=` only those, as they were issued a moment ago."""
    found = listed(request.GET.dict(), request.GET.getlist("n"), request.scope)
    context = {"listed": found, "sorts": sorts(), "letterhead": letterhead_of(request.actor.unit)}
    return render(request, "papers/papers.html", context)


@door(acts.ISSUE_PAPER)
@require_POST
def withdraw(request: Asked, number: int) -> HttpResponse:
    """Withdraw a paper with its reason."""
    if not papers_of(request.scope).filter(pk=number).exists():
        raise Http404(str(number))
    try:
        done = withdraw_paper(number, request.POST.get("why", ""), actor=request.actor, now=request.now)
    except Refused as why:
        messages.error(request, why.said(get_language() or ""))
        return redirect("papers")
    if done:
        messages.success(request, gettext("已作废。扫码核验从现在起显示无效。"))
    else:
        messages.error(request, gettext("这份文书已经作废过。"))
    return redirect("papers")
