"""Registering: a person who has come, and anything that happened to a person, a place, a unit …"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from lianfang.acts.in_force import InForce, in_force
from lianfang.acts.record_fact import record_fact
from lianfang.acts.refused import Refused
from lianfang.core.access import acts
from lianfang.core.access.may import may
from lianfang.core.access.thing import Thing
from lianfang.core.facts.vocabulary import Kind
from lianfang.core.language.addressees import ADDRESSEE
from lianfang.core.language.measure import Words
from lianfang.ledger.models import Subject
from lianfang.ledger.visible import visible
from lianfang.web.door import Asked, door, refused
from lianfang.web.parts.said import one_of, said
from lianfang.web.subject.called import called
from lianfang.web.today.done import why_not
from lianfang.web.today.fields import FactForm
from lianfang.web.today.finding import find_others, find_people
from lianfang.web.today.owed import OPEN, seen_by
from lianfang.web.today.rows import rows_of

USUAL = 12
"""So many kinds of record stand open; the others are folded away."""

WAITING = 12
"""So many kinds of record that are owed for a subject stand first."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A kind of record that can be made about a subject."""

    id: str
    word: str


@door(acts.RECORD_FACT)
@require_safe
def record(request: Asked) -> HttpResponse:
    """Where registering begins: somebody new, or somebody or something known."""
    q = request.GET.get("q", "").strip()[:80]
    people = find_people(request, q)[0] if q else ()
    others = find_others(request, q) if q else ()
    return render(request, "today/record.html", {"q": q, "people": people, "others": others})


def subject_of(request: Asked, kind: str, id: str) -> Subject:
    """A subject about which the post may record something; else there is none."""
    one: Subject | None = visible(Subject.objects.filter(kind=kind, subject=id), request.scope).first()
    if one is None:
        raise Http404(id)
    return one


@door(acts.RECORD_FACT)
@require_safe
def choose(request: Asked, kind: str, subject: str) -> HttpResponse:
    """What can be recorded about this subject: first what is owed, then everything else."""
    one = subject_of(request, kind, subject)
    kinds = [each for each in often(in_force(request.now)) if able(request, one, each)]
    owed = seen_by(request.actor, request.now).filter(subject_kind=kind, subject=subject, status__in=OPEN)
    rows = rows_of(owed.order_by("due", "id")[:WAITING], request.actor, request.now)
    context = {
        "one": one,
        "name": called([(kind, subject)])[kind, subject],
        "rows": rows,
        "usual": [_choice(each) for each in kinds[:USUAL]],
        "rest": sorted((_choice(each) for each in kinds[USUAL:]), key=lambda choice: choice.word),
    }
    return render(request, "today/choose.html", context)


def often(force: InForce) -> list[Kind]:
    """The kinds of fact of the plan, those first that the most of its measures ask for."""
    plan = force.plan
    asked = Counter(measure.opening.on for measure in plan.measures)
    asked.update(one.evidence for _, one in force.requirements.values() if one.evidence)
    uses = Counter({id: asked.get(id, 0) for id in plan.kinds})
    for selection in plan.selections.values():
        if selection.id != selection.kind and selection.kind in uses:
            uses[selection.kind] += asked.get(selection.id, 0)
    return [plan.kinds[id] for id, _ in uses.most_common()]


def _choice(kind: Kind) -> Choice:
    return Choice(kind.id, one_of(kind.zh, kind.en))


def able(request: Asked, one: Subject, kind: Kind) -> bool:
    """Whether the post may record such a fact about the subject."""
    if kind.subject != one.kind or kind.id == ADDRESSEE or kind.id == one.kind:
        return False
    owner = one.subject if one.kind == "unit" else one.unit
    thing = Thing("fact", one.path, owner, one.supervisor, one.kind, one.subject, kind.id)
    return bool(may(request.actor, acts.RECORD_FACT, thing))


@door(acts.RECORD_FACT)
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: Asked, kind: str, subject: str, fact: str) -> HttpResponse:
    """The form of one kind of record; sent, it is recorded and the subject evaluated."""
    one = subject_of(request, kind, subject)
    known = in_force(request.now).plan.kinds.get(fact)
    if known is None or known.subject != one.kind:
        raise Http404(fact)
    if not able(request, one, known):
        thing = Thing("fact", one.path, one.unit, one.supervisor, one.kind, one.subject, fact)
        return refused(request, acts.RECORD_FACT, thing)
    form, wrong = fact_form(known, request), ""
    if request.method == "POST" and form.is_valid():
        try:
            recorded = record_fact(
                fact,
                kind,
                subject,
                form.values,
                at=form.at,
                actor=request.actor,
                now=request.now,
                key=request.POST.get("key", ""),
            )
            messages.success(request, _told(known, len(recorded.opened)))
            return redirect("record-choose", kind, subject)
        except Refused as refusal:
            wrong = why_not(refusal)
    context = {"one": one, "name": called([(kind, subject)])[kind, subject], "kind": _choice(known)}
    status = 422 if request.method == "POST" else 200
    return render(request, "today/enter.html", {**context, "form": form, "wrong": wrong}, status=status)


def fact_form(kind: Kind, request: Asked) -> FactForm:
    """The form of a kind: required columns first, the subject and the fact's own time apart."""
    columns = [column for column in kind.columns.values() if column.name not in (kind.subject, kind.time)]
    must = [column for column in columns if column.required]
    more = [column for column in columns if not column.required]
    return FactForm(must, more, request.now, request.POST if request.method == "POST" else None)


def _told(kind: Kind, opened: int) -> str:
    word = said(Words(kind.zh, kind.en))
    if opened:
        return gettext("已记录：%(what)s，由此开始 %(n)s 项措施") % {"what": word, "n": opened}
    return gettext("已记录：%(what)s") % {"what": word}
