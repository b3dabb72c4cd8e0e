"""What a proposed plan would change, from the answer of the job: in words, as pictures, and the first names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.translation import gettext

from lianfang.acts.what_if_plan import RESULT
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import SEE_SUBJECT
from lianfang.core.access.scope import scope
from lianfang.core.difference.turns import TURN_WORDS, Turn
from lianfang.core.language.plan import Plan
from lianfang.ledger.models import Subject
from lianfang.ledger.visible import visible
from lianfang.web.parts.said import one_of, said
from lianfang.web.subject.called import called


@dataclass(frozen=True, slots=True)
class Turned:
    """Loops of one measure that open, close or end otherwise."""

    turn: str
    measure: str
    loops: int
    subjects: int


@dataclass(frozen=True, slots=True)
class Owed:
    """Obligations with one kind of evidence: how many are owed before and after."""

    what: str
    before: int
    after: int
    added: int
    removed: int
    moved: int


@dataclass(frozen=True, slots=True)
class Moved:
    """One person or thing whose release falls on another day."""

    kind: str
    subject: str
    name: str
    measure: str
    before: datetime | None
    after: datetime | None
    days: int | None


@dataclass(frozen=True, slots=True)
class Effects:
    """All of it."""

    as_of: datetime
    nothing: bool
    loops: tuple[int, int]
    opened: int
    closed: int
    turns: tuple[Turned, ...]
    owed: tuple[Owed, ...]
    moved: int
    earlier: int
    later: int
    releases: tuple[Moved, ...]
    tests: Mapping[str, object]
    rooms: Mapping[str, object]
    most_rooms: tuple[int, int]
    all_tests: tuple[int, int]


def effects(cursor: Mapping[str, Any], plan: Plan, actor: Actor) -> Effects:
    """The answer as a page shows it; names only of those the actor may see."""
    said_: Mapping[str, Any] = cursor[RESULT]
    turns = tuple(_turned(one) for one in said_["turns"])
    first = datetime.fromtimestamp(said_["first_day"] + plan.zone, UTC)
    days = [f"{first + timedelta(days=place):%m-%d}" for place in range(len(said_["tests"]["before"]))]
    return Effects(
        as_of=datetime.fromtimestamp(said_["as_of"], UTC),
        nothing=said_["nothing"],
        loops=(said_["loops"][0], said_["loops"][1]),
        opened=sum(one["loops"] for one in said_["turns"] if one["turn"] == Turn.OPENED),
        closed=sum(one["loops"] for one in said_["turns"] if one["turn"] == Turn.CLOSED),
        turns=turns,
        owed=tuple(_owed(one, plan) for one in said_["owed"]),
        moved=said_["moved"],
        earlier=sum(loops for days_, loops in said_["histogram"] if days_ < 0),
        later=sum(loops for days_, loops in said_["histogram"] if days_ > 0),
        releases=_moved(said_["releases"], actor),
        tests=_chart(days, said_["tests"]),
        rooms=_chart(days, said_["rooms"]),
        most_rooms=(max(said_["rooms"]["before"]), max(said_["rooms"]["after"])),
        all_tests=(sum(said_["tests"]["before"]), sum(said_["tests"]["after"])),
    )


def _chart(days: Sequence[str], numbers: Mapping[str, Any]) -> Mapping[str, object]:
    return {
        "days": list(days),
        "grid": {"top": 40},
        "series": [
            {"name": gettext("现行"), "tone": "light", "values": numbers["before"]},
            {"name": gettext("换用后"), "tone": "dark", "values": numbers["after"]},
        ],
    }


def _turned(one: Mapping[str, Any]) -> Turned:
    return Turned(said(TURN_WORDS[Turn(one["turn"])]), _name(one["measure"]), one["loops"], one["subjects"])


def _name(words: Sequence[str] | None) -> str:
    return one_of(*words) if words else ""


def _owed(one: Mapping[str, Any], plan: Plan) -> Owed:
    kind = plan.kinds.get(one["kind"] or "")
    name = one_of(kind.zh, kind.en) if kind is not None else gettext("当场判定")
    what = gettext("%(kind)s出结果") % {"kind": name} if one["result"] else name
    return Owed(what, one["before"], one["after"], one["added"], one["removed"], one["moved"])


def _moved(rows: Sequence[Mapping[str, Any]], actor: Actor) -> tuple[Moved, ...]:
    seen = _seen({(row["kind"], row["subject"]) for row in rows}, actor)
    names = called(seen)
    found = []
    for row in rows:
        key = row["kind"], row["subject"]
        if key in seen:
            before, after = _when(row["before"]), _when(row["after"])
            found.append(Moved(*key, names[key], _name(row["measure"]), before, after, row["days"]))
    return tuple(found)


def _seen(keys: set[tuple[str, str]], actor: Actor) -> set[tuple[str, str]]:
    """Which of the subjects the actor may see."""
    rows = visible(Subject.objects.filter(subject__in={subject for _, subject in keys}), scope(actor, SEE_SUBJECT))
    return set(rows.values_list("kind", "subject")) & keys


def _when(seconds: int | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds is not None else None
