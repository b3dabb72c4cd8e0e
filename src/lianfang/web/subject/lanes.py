"""The lanes of a file: facts, measures, places, tests, daily checks, what is due; each where there is something."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext

from lianfang.acts.in_force import InForce
from lianfang.core.facts.vocabulary import ColumnType, Kind
from lianfang.ledger.models import Loop, Obligation
from lianfang.web.parts.said import one_of
from lianfang.web.subject.checks import check_lanes, repeated
from lianfang.web.subject.due import due_lane
from lianfang.web.subject.grid import Days, Stack, width_of
from lianfang.web.subject.happened import Happened, periods
from lianfang.web.subject.lane import Item, Lane
from lianfang.web.subject.stages import measure_lane
from lianfang.web.subject.tested import is_test, test_lane

MOST_ROWS = 4


@dataclass(frozen=True, slots=True)
class Known:
    """Everything the picture of one subject is drawn from. `names` are those of the subjects its facts name."""

    force: InForce
    days: Days
    facts: tuple[Happened, ...]
    loops: tuple[Loop, ...]
    obligations: tuple[Obligation, ...]
    names: Mapping[tuple[str, str], str]


def lanes(known: Known) -> tuple[Lane, ...]:
    """The lanes from top to bottom."""
    live = tuple(fact for fact in known.facts if not fact.replaced)
    checks = repeated(known.force, known.obligations)
    in_cells = {row.evidence for rows in checks.values() for row in rows}
    stays = tuple(fact for fact in live if is_stay(fact.kind))
    tests = tuple(fact for fact in live if is_test(fact.kind))
    shown = {fact.id for fact in (*stays, *tests)} | in_cells
    rest = tuple(fact for fact in live if fact.id not in shown and not _is_check(fact, checks, known))
    found = (
        fact_lane(known.days, rest),
        measure_lane(known.days, known.force, known.loops),
        place_lane(known, stays),
        test_lane(known.days, known.force, tests, known.obligations),
        *check_lanes(known.days, known.force, checks, {fact.id: fact for fact in live}),
        due_lane(known.days, known.force, known.obligations),
    )
    return tuple(lane for lane in found if lane is not None)


def is_stay(kind: Kind) -> bool:
    """Whether facts of a kind say where the subject was for a time."""
    return kind.period_end is not None and any(
        c.type is ColumnType.REF and c.to == "place" for c in kind.columns.values()
    )


def _is_check(fact: Happened, checks: Mapping[tuple[str, str], Sequence[Obligation]], known: Known) -> bool:
    """Whether a fact is of a kind that daily checks are made of: those are in the cells or are too many for marks."""
    kinds = {row.evidence_kind for rows in checks.values() for row in rows if row.evidence_kind}
    return fact.kind.id in kinds


def fact_lane(days: Days, facts: Iterable[Happened]) -> Lane | None:
    """What happened, as diamonds with words; the newest first where there is no room for all."""
    inside = [fact for fact in facts if days.shows(fact.at, fact.at + timedelta(seconds=1))]
    if not inside:
        return None
    stack, items, more = Stack(MOST_ROWS), [], 0
    for fact in inside:
        text = f"{fact.name} {_short(days, fact.at)}"
        x = days.x(fact.at)
        right = x + width_of(text) + 2
        before = right > 100 and x > 50
        left, end = (x - width_of(text) - 2, x + 1) if before else (x, right)
        row = stack.row(left, end)
        if row is None:
            more += 1
            continue
        items.append(Item("mark", x, 0, row, "fact", text, shape="fact", before=before))
    return Lane(gettext("事实"), tuple(items), stack.rows, more)


def place_lane(known: Known, stays: Sequence[Happened]) -> Lane | None:
    """Where the subject was: bars from coming to leaving."""
    days, ends = known.days, periods(known.facts)
    stack, items, more = Stack(MOST_ROWS), [], 0
    for fact in stays:
        until = fact.ended or ends.get(fact.id)
        if not days.shows(fact.at, until):
            continue
        x, end = days.x(fact.at), days.x(until or days.now)
        row = stack.row(x, max(end, x + 1))
        if row is None:
            more += 1
            continue
        items.append(Item("bar", x, max(end - x, 0.6), row, "place" + ("" if until else " open"), _place(known, fact)))
    return Lane(gettext("所在地点"), tuple(items), stack.rows, more) if items else None


def _place(known: Known, fact: Happened) -> str:
    """What a place is called: by its name, else by its kind, with the room."""
    named = ""
    for name, column in fact.kind.columns.items():
        value = fact.values.get(name)
        if column.type is ColumnType.REF and column.to == "place" and isinstance(value, str):
            named = known.names.get(("place", value), value)
        elif column.type is ColumnType.CHOICE and value and not named:
            named = one_of(dict(column.choices).get(str(value), str(value)), str(value).replace("_", " "))
    room = fact.values.get("room")
    return f"{named or fact.name} {room}".strip() if room else named or fact.name


def _short(days: Days, when: datetime) -> str:
    return f"{when.astimezone(days.zone):%d %H:%M}"
