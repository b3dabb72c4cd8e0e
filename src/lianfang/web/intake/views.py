"""The imports there were, and taking a file in."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST, require_safe

from lianfang.acts.begin_intake import APPLY, FORESEE, PLAN, begin_intake
from lianfang.acts.cancel_intake import cancel_intake
from lianfang.acts.in_force import in_force
from lianfang.acts.plan_intake import PLANNING, choose_sheet, open_intake
from lianfang.acts.refused import Refused
from lianfang.core.access import acts
from lianfang.ledger.models import Intake
from lianfang.ledger.visible import visible
from lianfang.web.door import Asked, door
from lianfang.web.intake.columns import column_rows, letters_of
from lianfang.web.intake.kinds import kind_groups, kind_name

LARGEST = 50 * 1024 * 1024
LISTED = 30


def intake_of(request: Asked, number: int) -> Intake:
    """The import of that number, if the post may see it."""
    row = visible(Intake.objects.defer("content"), request.scope).filter(pk=number).first()
    if row is None:
        raise Http404(str(number))
    return row


@door(acts.IMPORT_PEOPLE)
@require_safe
def intakes(request: Asked) -> HttpResponse:
    """Choose a file; below, the imports there were, newest first."""
    force = in_force(request.now)
    rows = visible(Intake.objects.defer("content", "mapping"), request.scope)
    before = request.GET.get("before", "")
    rows = rows.filter(pk__lt=int(before)) if before.isdecimal() else rows
    found = list(rows.order_by("-pk")[: LISTED + 1])
    context = {
        "groups": kind_groups(force),
        "rows": [(row, kind_name(force, row.kind)) for row in found[:LISTED]],
        "next": found[LISTED - 1].pk if len(found) > LISTED else "",
        "largest": LARGEST >> 20,
    }
    return render(request, "intake/intakes.html", context)


@door(acts.IMPORT_PEOPLE)
@require_POST
def take_in(request: Asked) -> HttpResponse:
    """Take a file in and go on to its columns."""
    file = request.FILES.get("file")
    if file is None:
        messages.error(request, gettext("还没有选文件；可选 .xlsx、.xls、.ods、.csv。"))
        return redirect("intakes")
    if (file.size or 0) > LARGEST:
        size = {"found": (file.size or 0) >> 20, "most": LARGEST >> 20}
        messages.error(request, gettext("文件 %(found)s MB，最大 %(most)s MB；请分成几份再导。") % size)
        return redirect("intakes")
    kind, sender = request.POST.get("kind", ""), request.POST.get("sender", "").strip()[:150]
    try:
        number = open_intake(kind, file.name or "", file.read(), sender=sender, actor=request.actor, now=request.now)
    except Refused as why:
        messages.error(request, why.said(get_language() or ""))
        return redirect("intakes")
    return redirect("intake-columns", number)


@door(acts.IMPORT_PEOPLE)
@require_safe
def columns(request: Asked, intake: int) -> HttpResponse:
    """Which column of the sheet is which column of the register; corrected by hand."""
    row = intake_of(request, intake)
    force = in_force(request.now)
    context = {
        "intake": row,
        "kind": kind_name(force, row.kind),
        "columns": column_rows(force, row),
        "open": row.state in (PLANNING, "planned"),
    }
    return render(request, "intake/columns.html", context)


@door(acts.IMPORT_PEOPLE)
@require_POST
def plan(request: Asked, intake: int) -> HttpResponse:
    """Plan the import with the columns that were chosen."""
    row = intake_of(request, intake)
    try:
        letters = letters_of(row, request.POST)
        done = begin_intake(intake, PLAN, letters, actor=request.actor, now=request.now)
        if done.state == "done":
            begin_intake(intake, FORESEE, actor=request.actor, now=request.now)
    except Refused as why:
        messages.error(request, why.said(get_language() or ""))
        return redirect("intake-columns", intake)
    return redirect("intake", intake)


@door(acts.IMPORT_PEOPLE)
@require_POST
def sheet(request: Asked, intake: int) -> HttpResponse:
    """Take another sheet of the workbook."""
    intake_of(request, intake)
    try:
        choose_sheet(intake, request.POST.get("sheet", ""), actor=request.actor, now=request.now)
    except Refused as why:
        messages.error(request, why.said(get_language() or ""))
    return redirect("intake-columns", intake)


@door(acts.IMPORT_PEOPLE)
@require_POST
def foresee(request: Asked, intake: int) -> HttpResponse:
    """Work out what applying it would cause, with what is decided so far."""
    return _step(request, intake, FORESEE)


@door(acts.APPLY_IMPORT)
@require_POST
def apply(request: Asked, intake: int) -> HttpResponse:
    """Apply it, all of it or nothing."""
    return _step(request, intake, APPLY)


def _step(request: Asked, intake: int, step: str) -> HttpResponse:
    intake_of(request, intake)
    try:
        begin_intake(intake, step, actor=request.actor, now=request.now)
    except Refused as why:
        messages.error(request, why.said(get_language() or ""))
    return redirect("intake", intake)


@door(acts.IMPORT_PEOPLE)
@require_POST
def cancel(request: Asked, intake: int) -> HttpResponse:
    """Give it up."""
    intake_of(request, intake)
    if cancel_intake(intake, actor=request.actor, now=request.now):
        messages.success(request, gettext("已放弃，没有写入任何数据。"))
    else:
        messages.error(request, gettext("这次导入已经执行或放弃过。"))
    return redirect("intakes")
