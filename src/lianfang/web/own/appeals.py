"""Objecting to a measure, and the officers who answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST, require_safe

from lianfang.acts.answer_appeal import answer_appeal
from lianfang.acts.appeal import ANSWER, KIND, appeal
from lianfang.acts.in_force import in_force
from lianfang.acts.refused import Refused
from lianfang.core.access import acts
from lianfang.core.access.actor import Actor
from lianfang.core.access.scope import scope
from lianfang.ledger.models import Loop, Note
from lianfang.ledger.visible import visible
from lianfang.web.door import Asked, door
from lianfang.web.parts.said import said
from lianfang.web.subject.called import called

MOST = 100


@dataclass(frozen=True, slots=True)
class Waiting:
    """An appeal that waits for its answer."""

    number: int
    kind: str
    subject: str
    name: str
    measure: str
    text: str
    at: datetime


@door(acts.APPEAL)
@require_POST
def write(request: Asked, loop: UUID) -> HttpResponse:
    """Object to a measure of one's own."""
    try:
        appeal(loop, request.POST.get("why", ""), actor=request.actor, now=request.now, key=request.POST.get("key", ""))
    except Refused as why:
        messages.error(request, why.said(get_language() or ""))
    else:
        messages.success(request, gettext("申诉已送到疾控和镇街，答复会出现在这里。"))
    return redirect("own")


def waiting_appeals(actor: Actor, now: datetime) -> tuple[Waiting, ...]:
    """The appeals without an answer about persons whose facts the actor may correct, the oldest first."""
    last = Note.objects.filter(about=OuterRef("about"), kind__in=(KIND, ANSWER)).order_by("-at", "-id").values("pk")[:1]
    notes = list(Note.objects.filter(kind=KIND, pk=Subquery(last)).order_by("at", "id")[:MOST])
    seen = visible(Loop.objects.filter(pk__in=[note.about for note in notes]), scope(actor, acts.CORRECT_FACT))
    loops = {str(loop.pk): loop for loop in seen}
    names = called((loop.subject_kind, loop.subject) for loop in loops.values())
    force = in_force(now)
    found = []
    for note in notes:
        loop = loops.get(note.about)
        if loop is not None:
            measure = force.measures.get(loop.measure)
            name = said(measure.words) if measure is not None else loop.measure
            key = loop.subject_kind, loop.subject
            found.append(Waiting(note.pk, *key, names[key], name, note.text, note.at))
    return tuple(found)


@door(acts.CORRECT_FACT)
@require_safe
def waiting(request: Asked) -> HttpResponse:
    """The appeals that wait for an answer."""
    return render(request, "own/appeals.html", {"appeals": waiting_appeals(request.actor, request.now)})


@door(acts.CORRECT_FACT)
@require_POST
def answer(request: Asked, number: int) -> HttpResponse:
    """Answer one."""
    try:
        answer_appeal(number, request.POST.get("text", ""), actor=request.actor, now=request.now)
    except Refused as why:
        messages.error(request, why.said(get_language() or ""))
    else:
        messages.success(request, gettext("已答复，本人登录就能看到。"))
    return redirect("appeals")
