"""A row of a list of obligations as people read it: who, what, by when, which clause, and the button that does it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.utils.translation import gettext

from lianfang.acts.evidence import Answer, answer_for
from lianfang.acts.in_force import InForce, in_force
from lianfang.acts.write_facts import said_by
from lianfang.core.access import acts
from lianfang.core.access.actor import Actor, Duty
from lianfang.core.access.may import may
from lianfang.core.access.thing import Thing
from lianfang.core.identity.masking import mask_name
from lianfang.core.language.measure import Words
from lianfang.ledger.bar import DONE
from lianfang.ledger.models import Fact, Obligation, Person, Placement, Subject, Unit
from lianfang.ledger.sealed import unseal
from lianfang.web.parts.said import said
from lianfang.web.today.fields import FactForm, answer_form
from lianfang.web.today.owed import OPEN, day_of, standing

Key = tuple[str, str]
"""Kind and id of a subject."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the page knows about a subject: its (masked) name, where it is, who supervises it."""

    name: str
    spot: str = ""
    address: str = ""
    path: str = ""
    owner: str = ""
    supervisor: str = ""


@dataclass(frozen=True)
class Row:
    """One obligation on a list. `answer` is there when the post may record it now, `undo` when it may take it back.

    `made_up`: its window has closed, so that only what happened then still counts and its time has to be said.
    """

    obligation: Obligation
    status: str
    known: Known
    what: str
    measure: str
    owner: str
    answer: Answer | None = None
    undo: str = ""
    own: bool = True
    made_up: bool = False

    @property
    def id(self) -> str:
        """The obligation's id."""
        return str(self.obligation.id)

    @property
    def due(self) -> datetime | None:
        """By when."""
        return self.obligation.due

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.status in OPEN

    @property
    def lateness(self) -> timedelta:
        """How long after its due time it was done."""
        at, due = self.obligation.evidence_at, self.obligation.due
        return at - due if at is not None and due is not None and at > due else timedelta()

    @property
    def tap(self) -> bool:
        """Whether one tap is enough."""
        return self.answer is not None and self.answer.one_tap and not self.made_up

    @cached_property
    def verb(self) -> str:
        """What the button says."""
        if self.answer is not None and self.made_up:
            return gettext("补记")
        return said(self.answer.verb) if self.answer else ""

    @cached_property
    def usual_verb(self) -> str:
        """What the usual answer says."""
        return said(self.answer.verb) if self.answer else ""

    @cached_property
    def other_verb(self) -> str:
        """What the quieter button says."""
        return said(self.answer.quiet.verb) if self.answer and self.answer.quiet else ""


@dataclass(frozen=True)
class Group:
    """Rows at one place; `together` are those that one button can do at once."""

    place: str
    rows: tuple[Row, ...]
    verb: str = ""
    together: tuple[str, ...] = ()
    done: int = 0

    @property
    def left(self) -> int:
        """How many are still to be done."""
        return sum(row.open for row in self.rows)

    @property
    def persons(self) -> bool:
        """Whether the button speaks of people."""
        done = set(self.together)
        return all(row.obligation.subject_kind == "person" for row in self.rows if row.id in done)


def rows_of(obligations: Iterable[Obligation], actor: Actor, now: datetime) -> tuple[Row, ...]:
    """The rows of some obligations; names, units and evidence are asked for once for all of them."""
    listed = tuple(obligations)
    force = in_force(now)
    known = _known(listed, actor, now)
    units = unit_names({row.owner for row in listed if row.owner})
    undoable = _undoable(listed, actor, now)
    return tuple(_row(one, force, known, units, undoable, actor, now) for one in listed)


def _row(
    one: Obligation,
    force: InForce,
    known: Mapping[Key, Known],
    units: Mapping[str, str],
    undoable: frozenset[str],
    actor: Actor,
    now: datetime,
) -> Row:
    about = known.get((one.subject_kind, one.subject), Known(one.subject))
    status = standing(one, now)
    answer = answer_for(force, one.measure, one.requirement) if status in OPEN else None
    if answer is not None and not may(actor, acts.RECORD_FACT, recorded(one, about, answer.kind)):
        answer = None
    return Row(
        obligation=one,
        status=status,
        known=about,
        what=duty(force, one),
        measure=_measure(force, one.measure),
        owner=units.get(one.owner, one.by),
        answer=answer,
        undo=one.evidence if one.evidence in undoable else "",
        own=one.owner == actor.unit,
        made_up=status == "overdue" and answer is not None and closes(force, one),
    )


def closes(force: InForce, one: Obligation) -> bool:
    """Whether what comes after the window does not count any more, as with a check of each day."""
    found = force.requirements.get((one.measure, one.requirement))
    return found is not None and found[1].until is not None


def row_form(row: Row, answer: Answer, now: datetime, data: Mapping[str, Any] | None = None) -> FactForm:
    """The form of one of a row's answers."""
    return answer_form(answer, now, data, made_up=row.made_up)


def recorded(one: Obligation, about: Known, kind: str) -> Thing:
    """The fact somebody would record about the subject, as the rules of access see it."""
    return Thing("fact", about.path, about.owner, about.supervisor, one.subject_kind, one.subject, kind)


def duty(force: InForce, one: Obligation) -> str:
    """What is to be done, in the plan's words; a step under another says both."""
    names = []
    steps = one.requirement.split("/")
    for end in range(1, len(steps) + 1):
        found = force.requirements.get((one.measure, "/".join(steps[:end])))
        if found is not None:
            names.append(said(found[1].words))
    return "·".join(names) or one.requirement


def _measure(force: InForce, id: str) -> str:
    measure = force.measures.get(id)
    return said(measure.words) if measure else id


def groups_of(rows: Sequence[Row]) -> tuple[Group, ...]:
    """Rows by place in the order of their first; what I did stands at the end, what others did is counted."""
    places: dict[str, list[Row]] = {}
    for row in rows:
        places.setdefault(row.known.spot, []).append(row)
    return tuple(_group(place, inside) for place, inside in places.items())


def _group(place: str, rows: list[Row]) -> Group:
    shown = [row for row in rows if row.open or row.undo]
    ordered = tuple(sorted(shown, key=lambda row: not row.open))
    ready = [row for row in ordered if row.open and row.tap]
    verbs = [row.verb for row in ready]
    most = max(dict.fromkeys(verbs), key=verbs.count, default="")
    together = tuple(row.id for row in ready if row.verb == most)
    return Group(place, ordered, most, together if len(together) > 1 else (), len(rows) - len(shown))


def unit_names(ids: Iterable[str]) -> dict[str, str]:
    """The names of some units."""
    found = Unit.objects.filter(id__in=set(ids)).values_list("id", "name", "name_en")
    return {id: said(Words(name, name_en or name)) for id, name, name_en in found}


def _known(rows: Sequence[Obligation], actor: Actor, now: datetime) -> dict[Key, Known]:
    """Names and places of the subjects; people's names masked, addresses only where the post visits."""
    wanted: dict[str, set[str]] = {}
    for row in rows:
        wanted.setdefault(row.subject_kind, set()).add(row.subject)
    found = {
        (kind, subject.subject): _subject(subject)
        for kind, ids in wanted.items()
        for subject in Subject.objects.filter(kind=kind, subject__in=ids)
    }
    return found | _people(wanted.get("person", set()), found, actor, now)


def _subject(one: Subject) -> Known:
    owner = one.subject if one.kind == "unit" else one.unit
    shown = mask_name(one.name) if one.kind == "person" else one.name
    return Known(shown or one.subject, one.spot, "", one.path, owner, one.supervisor)


def _people(ids: set[str], found: Mapping[Key, Known], actor: Actor, now: datetime) -> dict[Key, Known]:
    if not ids:
        return {}
    people = Person.objects.filter(id__in=ids).only("id", "name", "path", "address_sealed")
    every = {("person", one.id): _person(one, found.get(("person", one.id), Known("")), actor) for one in people}
    if Duty.SITE not in actor.duties:
        return every
    placed = Placement.objects.filter(person__in=ids, during__contains=now)
    for id, site, room in placed.values_list("person", "room__unit", "room__name"):
        if ("person", id) in every:
            every["person", id] = replace(
                every["person", id], owner=site, spot=gettext("房间 %(room)s") % {"room": room}
            )
    return every


def _person(one: Person, about: Known, actor: Actor) -> Known:
    thing = Thing("subject", one.path, about.owner, about.supervisor, "person", one.id)
    sealed = one.address_sealed
    address = unseal(bytes(sealed)) if sealed is not None and may(actor, acts.SEE_ADDRESS, thing) else ""
    return replace(about, name=mask_name(one.name), address=address)


def _undoable(rows: Sequence[Obligation], actor: Actor, now: datetime) -> frozenset[str]:
    """The evidence this account gave today in this post: that can be taken back."""
    ids = {row.evidence for row in rows if row.status in DONE and row.evidence}
    if not ids:
        return frozenset()
    own = Fact.objects.filter(id__in=ids, said_by=said_by(actor), recorded_at__gte=day_of(now).start)
    return frozenset(own.values_list("id", flat=True))
