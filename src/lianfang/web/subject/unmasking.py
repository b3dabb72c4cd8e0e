"""Showing somebody's identity: reason and matter first, for ten minutes, told that it is recorded."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from lianfang.acts.in_force import in_force
from lianfang.acts.refused import Refused
from lianfang.acts.unmask import OTHER, REASONS, unmask
from lianfang.core.access import acts
from lianfang.core.identity.masking import mask_name
from lianfang.ledger.models import JournalEntry, Obligation, Person, Subject
from lianfang.ledger.visible import visible
from lianfang.web.door import Asked as Request
from lianfang.web.door import door, refused
from lianfang.web.parts.said import english, said
from lianfang.web.subject.called import PERSON
from lianfang.web.subject.due import owed, what
from lianfang.web.subject.head import thing

KEY = "unmasked"
"""Session key: person -> until when name and numbers are shown."""


@door(acts.UNMASK)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request, kind: str, id: str) -> HttpResponse:
    """The sheet that asks for reason and matter; sent, the file shows the identity."""
    row = visible(Subject.objects.filter(kind=kind, subject=id), request.scope).first()
    if row is None or kind != PERSON:
        return refused(request, acts.UNMASK, thing(row) if row else None)
    wrong = ""
    if request.method == "POST":
        reason, matter = request.POST.get("reason", ""), request.POST.get("matter", "").strip()
        if reason == OTHER and not request.POST.get("other", "").strip():
            wrong = gettext("选“其他”时请写明原因。")
        else:
            other = request.POST.get("other", "").strip() if reason == OTHER else ""
            wrong = _unmask(request, id, reason, f"{other}；{matter}" if other and matter else matter)
        if not wrong:
            return _opened(request, kind, id)
    return render(request, "subject/unmask.html", _context(request, row, wrong), status=422 if wrong else 200)


def _unmask(request: Request, id: str, reason: str, matter: str) -> str:
    """Show it from now on; gives what is wrong, or nothing."""
    try:
        until = unmask(id, reason, matter, actor=request.actor, now=request.now)
    except Refused as refusal:
        return refusal.en if english() else refusal.zh
    shown = {person: when for person, when in request.session.get(KEY, {}).items() if _later(when, request.now)}
    request.session[KEY] = {**shown, id: until.isoformat()}
    return ""


def _opened(request: Request, kind: str, id: str) -> HttpResponse:
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return redirect("subject", kind, id)


def until(request: Request, kind: str, id: str) -> datetime | None:
    """Until when the identity of this person is shown in this session; None if it is not."""
    found = request.session.get(KEY, {}).get(id) if kind == PERSON else None
    return datetime.fromisoformat(found) if found and _later(found, request.now) else None


def _later(when: str, now: datetime) -> bool:
    return datetime.fromisoformat(when) > now


def _context(request: Request, row: Subject, wrong: str) -> dict[str, object]:
    name = Person.objects.filter(pk=row.subject).values_list("name", flat=True).first() or row.subject
    today = timezone.localtime(request.now).replace(hour=0, minute=0, second=0, microsecond=0)
    mine = JournalEntry.objects.filter(account=request.actor.account, act=acts.UNMASK, at__gte=today)
    pressing = owed(Obligation.objects.filter(subject_kind=row.kind, subject=row.subject))[:1]
    return {
        "row": row,
        "name": mask_name(name),
        "reasons": [(key, en if english() else zh) for key, (zh, en) in REASONS.items()],
        "other": OTHER,
        "given": request.POST,
        "wrong": wrong,
        "today": mine.values("about").distinct().count(),
        "pressing": pressing[0] if pressing else None,
        "matter": said(what(in_force(request.now), pressing[0])) if pressing else "",
    }
