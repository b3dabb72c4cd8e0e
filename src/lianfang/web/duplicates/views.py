"""The queue of likely duplicates, side by side and masked, and the joins there were."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST, require_safe

from lianfang.acts.likely_same import keep_apart, queue_of_pairs
from lianfang.acts.merge_persons import merge_persons, unmerge_persons
from lianfang.acts.refused import Refused
from lianfang.core.access import acts
from lianfang.ledger.models import Merge, Person
from lianfang.ledger.visible import visible
from lianfang.web.door import Asked, door
from lianfang.web.duplicates.pairs import MergeRow, merge_rows, pair_rows
from lianfang.web.parts.nav import can

LISTED = 30


@door(acts.SEE_DUPLICATES)
@require_safe
def duplicates(request: Asked) -> HttpResponse:
    """The pairs to be decided, the likeliest first; beside them the joins there were, newest first."""
    context = {
        "pairs": pair_rows(queue_of_pairs(request.scope, LISTED)),
        "merges": _merges(request),
        "may": can(request.actor, acts.MERGE_PERSONS),
        "may_part": can(request.actor, acts.UNMERGE_PERSONS),
    }
    return render(request, "duplicates/duplicates.html", context)


def _merges(request: Asked) -> tuple[MergeRow, ...]:
    seen = visible(Person.objects.all(), request.scope)
    rows = Merge.objects.filter(Exists(seen.filter(id=OuterRef("kept"))))
    return merge_rows(rows.order_by("-pk")[:LISTED])


@door(acts.MERGE_PERSONS)
@require_POST
def merge(request: Asked) -> HttpResponse:
    """Join two records; `keep` is the one that stays."""
    reason, keep = request.POST.get("why", ""), request.POST.get("keep", "")
    try:
        a, b = _both(request)
        merge_persons(a, b, reason, keep=keep, actor=request.actor, now=request.now)
        messages.success(request, gettext("已合并。弄错了可以撤销，两份档案恢复原样。"))
    except Refused as why:
        messages.error(request, why.said(get_language() or ""))
    return redirect("duplicates")


@door(acts.MERGE_PERSONS)
@require_POST
def apart(request: Asked) -> HttpResponse:
    """Say that two records are two persons."""
    try:
        a, b = _both(request)
        keep_apart(a, b, request.POST.get("why", ""), actor=request.actor, now=request.now)
        messages.success(request, gettext("已记下不是同一人，不再列出。"))
    except Refused as why:
        messages.error(request, why.said(get_language() or ""))
    return redirect("duplicates")


@door(acts.UNMERGE_PERSONS)
@require_POST
def unmerge(request: Asked, merge: int) -> HttpResponse:
    """Take a join back."""
    row = Merge.objects.filter(pk=merge).first()
    if row is None or not visible(Person.objects.filter(pk=row.kept), request.scope).exists():
        raise Http404(str(merge))
    try:
        if unmerge_persons(merge, request.POST.get("why", ""), actor=request.actor, now=request.now):
            messages.success(request, gettext("已撤销合并，两份档案恢复原样。"))
        else:
            messages.error(request, gettext("这次合并已经撤销过。"))
    except Refused as why:
        messages.error(request, why.said(get_language() or ""))
    return redirect("duplicates")


def _both(request: Asked) -> tuple[str, str]:
    """The two records, both of the jurisdiction."""
    pair = request.POST.get("a", ""), request.POST.get("b", "")
    if visible(Person.objects.filter(pk__in=pair), request.scope).count() != 2:
        raise Refused(
            "这两份档案不都在本辖区，或已不存在；请刷新后再选。",
            "These two records are not both in this jurisdiction, or no longer exist; reload and choose again.",
        )
    return pair
