"""Who is on duty: shifts as facts, post by post for one day, and the posts nobody stands at now."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lianfang.acts.in_force import InForce
from lianfang.core.access.filter import Filter
from lianfang.core.facts.vocabulary import Kind
from lianfang.ledger.models import Absence, Fact, Holding
from lianfang.ledger.visible import visible
from lianfang.web.organisation.tree import holding_now, units
from lianfang.web.parts.said import one_of
from lianfang.web.plan.earlier import start_of
from lianfang.web.subject.called import called

POST, TURN = "post", "shift"
"""Columns of a kind of fact that says who stands where in which turn."""
MOST = 500


@dataclass(frozen=True, slots=True)
class Shift:
    """A shift of one day at one place: which post, which turn, who or how many."""

    kind: str
    subject: str
    place: str
    post: str
    turn: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OnCall:
    """A unit and who stands there now: the holder, or the deputy while the holder is away; nobody is a gap."""

    unit: str
    name: str
    post: str
    holder: str
    acting: str
    why: str

    @property
    def gap(self) -> bool:
        """Whether nobody acts."""
        return not self.acting


def shifts(force: InForce, scope: Filter, day: date) -> tuple[Shift, ...]:
    """The shifts of a day, by place and time; of places the post may see."""
    kinds = {kind.id: kind for kind in force.plan.kinds.values() if {POST, TURN} <= kind.columns.keys()}
    begin = start_of(day, force.plan.zone)
    rows = Fact.objects.filter(kind__in=kinds, at__gte=begin, at__lt=begin + timedelta(days=1))
    listed = list(visible(rows, scope).order_by("subject", "at", "no")[:MOST])
    names = called((row.subject_kind, row.subject) for row in listed)
    return tuple(_shift(kinds[row.kind], row, names[row.subject_kind, row.subject]) for row in listed)


def _shift(kind: Kind, row: Fact, place: str) -> Shift:
    persons = row.values.get("persons")
    return Shift(
        row.subject_kind,
        row.subject,
        place,
        _word(kind, POST, row.values.get(POST)),
        _word(kind, TURN, row.values.get(TURN)),
        f"{persons:g}" if isinstance(persons, int | float) else "",
        row.at,
    )


def _word(kind: Kind, column: str, value: object) -> str:
    known = kind.columns.get(column)
    words = dict(known.choices) if known is not None else {}
    return words.get(str(value), str(value or "")) if value is not None else ""


def on_call(scope: Filter, now: datetime) -> tuple[OnCall, ...]:
    """Every post of the visible units and who acts in it now; gaps first."""
    names = {unit.id: one_of(unit.name, unit.name_en) for unit in units(scope)[:2_000]}
    rows = holding_now(now).filter(unit__in=names).select_related("account").order_by("unit", "post", "deputy")
    away = set(Absence.objects.filter(since__lte=now).exclude(until__lte=now).values_list("holding_id", flat=True))
    by_post: dict[tuple[str, str], list[Holding]] = defaultdict(list)
    for row in rows:
        by_post[row.unit_id, row.post].append(row)
    found = [_acting(names[unit], unit, post, held, away) for (unit, post), held in by_post.items()]
    return tuple(sorted(found, key=lambda one: (not one.gap, one.name, one.post)))


def _acting(name: str, unit: str, post: str, held: list[Holding], away: set[int]) -> OnCall:
    holders = [one for one in held if not one.deputy]
    deputies = [one for one in held if one.deputy]
    there = next((one for one in holders if one.pk not in away), None)
    acting = there or next((one for one in deputies if one.pk not in away), None)
    why = "" if there is not None else "away" if holders else "vacant"
    return OnCall(unit, name, post, _title(holders[0]) if holders else "", _title(acting) if acting else "", why)


def _title(row: Holding) -> str:
    return row.account.title or row.account.username


def unmanned(scope: Filter, now: datetime) -> tuple[str, ...]:
    """The names of visible units in which nobody holds any post."""
    held = set(holding_now(now).values_list("unit_id", flat=True))
    return tuple(one_of(unit.name, unit.name_en) for unit in units(scope)[:2_000] if unit.id not in held)
