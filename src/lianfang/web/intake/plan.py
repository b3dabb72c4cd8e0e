"""The plan of an import: five counts, trouble first, a choice for each conflict, and what it would cause."""

from __future__ import annotations

import io

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST, require_safe

from lianfang.acts.apply_intake import decide_row
from lianfang.acts.begin_intake import APPLY, FORESEE, choices_digest, latest
from lianfang.acts.decide_intake import decide_intake
from lianfang.acts.in_force import InForce, in_force
from lianfang.acts.plan_intake import kind_of
from lianfang.acts.refused import Refused
from lianfang.acts.refused_rows import refused_rows
from lianfang.core.access import acts
from lianfang.ledger.models import Intake, IntakeRow, Progress
from lianfang.ledger.progress import LIVE
from lianfang.web.door import Asked, door
from lianfang.web.intake.columns import column_rows
from lianfang.web.intake.kinds import kind_name
from lianfang.web.intake.planned import TROUBLE_FIRST, groups, lines, listed
from lianfang.web.intake.views import intake_of
from lianfang.web.parts.nav import can
from lianfang.web.parts.said import english, said

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@door(acts.IMPORT_PEOPLE)
@require_safe
def intake(request: Asked, intake: int) -> HttpResponse:
    """The plan; while it is worked out or applied, how far that has come; afterwards, what was done."""
    row = intake_of(request, intake)
    job = latest(intake)
    running = job is not None and job.state in LIVE
    if row.state == "planning" and job is None:
        return redirect("intake-columns", intake)
    force = in_force(request.now)
    outcome = request.GET.get("outcome", "")
    context = {
        "intake": row,
        "kind": kind_name(force, row.kind),
        "job": job,
        "running": running,
        "stuck": running and job is not None and (request.now - job.changed_at).total_seconds() > STUCK,
        "failed": _message(job),
        "applied": latest(intake, APPLY) if row.state == "applied" else None,
        "columns": column_rows(force, row),
        **(_planned(request, row, force, outcome) if row.state in ("planned", "applied") else {}),
    }
    return render(request, "intake/plan.html", context)


STUCK = 900
"""After so many seconds without a sign a job is offered to be begun again; whichever comes second changes nothing."""


def _planned(request: Asked, row: Intake, force: InForce, outcome: str) -> dict[str, object]:
    subject = kind_of(force, row.kind).subject
    left = IntakeRow.objects.filter(intake_id=row.pk, outcome="conflict", choice="").count()
    whole = outcome in (*TROUBLE_FIRST, "all")
    found = listed(row, outcome, request.GET.get("after", "")) if whole else None
    return {
        "outcome": outcome if whole else "",
        "groups": () if whole else groups(row, subject),
        "lines": lines(found.rows, subject) if found else (),
        "next": found.next if found else "",
        "undecided": left,
        "trouble": row.counts.get("refused", 0) + left,
        "writes": row.counts.get("new", 0) + row.counts.get("changed", 0),
        "decided": row.counts.get("conflict", 0) - left,
        "may_apply": row.state == "planned" and can(request.actor, acts.APPLY_IMPORT),
        "open": row.state == "planned",
        "subject_kind": subject,
        **_foreseen(row, force),
    }


def _foreseen(row: Intake, force: InForce) -> dict[str, object]:
    job = latest(row.pk, FORESEE)
    causes = job.cursor.get("causes") if job is not None else None
    if not isinstance(causes, dict) or job is None:
        return {"causes": None}
    late = [
        (clause, said(force.measures[measure].words) if measure in force.measures else measure, _at(due))
        for clause, measure, due in causes.get("overdue_first", ())
    ]
    return {"causes": causes, "late": late, "stale": job.cursor.get("choices") != choices_digest(row.pk)}


def _at(text: str) -> object:
    return parse_datetime(text) if text else None


def _message(job: Progress | None) -> str:
    if job is None or job.state != "failed":
        return ""
    zh, _, en = job.message.partition(" / ")
    return en if english() and en else zh


@door(acts.IMPORT_PEOPLE)
@require_safe
def progress(request: Asked, intake: int) -> HttpResponse:
    """How far the job has come; when it is over the page is loaded anew."""
    intake_of(request, intake)
    job = latest(intake)
    if job is None or job.state not in LIVE:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "intake/progress.html", {"job": job, "intake": {"pk": intake}})


@door(acts.IMPORT_PEOPLE)
@require_POST
def decide(request: Asked, intake: int, row: int) -> HttpResponse:
    """Decide one conflict."""
    found = intake_of(request, intake)
    try:
        if not decide_row(intake, row, request.POST.get("choice", ""), actor=request.actor):
            messages.error(request, gettext("这一行没有这个选择；请刷新页面。"))
    except Refused as why:
        messages.error(request, why.said(get_language() or ""))
    if not request.headers.get("HX-Request"):
        return redirect("intake", intake)
    line = IntakeRow.objects.filter(intake_id=intake, row=row).defer("sealed").first()
    if line is None:
        raise Http404(str(row))
    subject = kind_of(in_force(request.now), found.kind).subject
    context = {"line": lines([line], subject)[0], "intake": found, "open": True, **_left(found)}
    return render(request, "intake/decided.html", context)


def _left(found: Intake) -> dict[str, object]:
    left = IntakeRow.objects.filter(intake_id=found.pk, outcome="conflict", choice="").count()
    return {"undecided": left}


@door(acts.IMPORT_PEOPLE)
@require_POST
def decide_all(request: Asked, intake: int) -> HttpResponse:
    """Decide every open conflict in one way."""
    intake_of(request, intake)
    try:
        count = decide_intake(intake, request.POST.get("way", ""), actor=request.actor)
        messages.success(request, gettext("已选定 %(n)s 处。") % {"n": count})
    except Refused as why:
        messages.error(request, why.said(get_language() or ""))
    return redirect("intake", intake)


@door(acts.IMPORT_PEOPLE)
@require_safe
def refused(request: Asked, intake: int) -> HttpResponse:
    """The rows to be put right, as a sheet to send back."""
    row = intake_of(request, intake)
    out = io.BytesIO()
    try:
        refused_rows(intake, out, language="en" if english() else "zh", actor=request.actor, now=request.now)
    except Refused as why:
        messages.error(request, why.said(get_language() or ""))
        return redirect("intake", intake)
    name = gettext("问题行") + f"-{row.file_name.rpartition('.')[0] or row.file_name}.xlsx"
    head = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    return HttpResponse(out.getvalue(), content_type=XLSX, headers=head)
