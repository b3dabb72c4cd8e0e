"""The file of a subject, and the list of everything that is recorded about it."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lianfang.acts.in_force import in_force
from lianfang.core.access import acts
from lianfang.ledger import journal
from lianfang.ledger.models import Subject
from lianfang.ledger.visible import visible
from lianfang.web.door import Asked as Request
from lianfang.web.door import door, refused
from lianfang.web.subject.file import contents
from lianfang.web.subject.head import head, records_of, thing
from lianfang.web.subject.history import history
from lianfang.web.subject.lookers import others_today
from lianfang.web.subject.unmasking import until


@door(acts.SEE_SUBJECT)
@require_safe
def file(request: Request, kind: str, id: str) -> HttpResponse:
    """The file: head, time grid, what is due, what the release waits for, dates, papers. Looking is written down."""
    row = Subject.objects.filter(kind=kind, subject=id).first()
    if row is None:
        raise Http404
    if not visible(Subject.objects.filter(pk=row.pk), request.scope).exists():
        return refused(request, acts.SEE_SUBJECT, thing(row))
    force = in_force(request.as_of)
    about, shown = f"{kind}:{id}", until(request, kind, id)
    others = others_today(request.actor, about, request.now, force.plan.zone)
    journal.view(request.actor, about, now=request.now)
    context = {
        "head": head(force, row, request.actor, request.now, shown is not None),
        "file": contents(force, row, request.actor, request.now, request.as_of, _day(request.GET.get("from", ""))),
        "others": others,
        "until": shown,
        "seconds": int((shown - request.now).total_seconds()) + 1 if shown else 0,
    }
    return render(request, "subject/file.html", context)


@door(acts.SEE_SUBJECT)
@require_safe
def facts(request: Request, kind: str, id: str) -> HttpResponse:
    """Everything recorded about a subject, the newest first, each with what it says and who said it."""
    row = visible(Subject.objects.filter(kind=kind, subject=id), request.scope).first()
    if row is None:
        raise Http404
    journal.view(request.actor, f"{kind}:{id}", now=request.now)
    force = in_force(request.as_of)
    found = history(force, row, records_of(row), request.as_of, request.GET.get("after", ""))
    context = {"head": head(force, row, request.actor, request.now, False), "history": found}
    return render(request, "subject/facts.html", context)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
