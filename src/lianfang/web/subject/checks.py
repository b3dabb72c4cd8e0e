"""Daily checks as a grid of cells: one for each time it was due, with what was measured or what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext

from lianfang.acts.in_force import InForce
from lianfang.core.facts.vocabulary import ColumnType
from lianfang.ledger.models import Obligation
from lianfang.web.parts.said import said
from lianfang.web.subject.grid import Days
from lianfang.web.subject.happened import Happened
from lianfang.web.subject.lane import Item, Lane

FEWEST = 4
"""So many occurrences make a grid; fewer are told one by one."""
MOST_LANES = 4

Path = tuple[str, str]
"""A loop and a requirement in it."""


def repeated(force: InForce, obligations: Iterable[Obligation]) -> Mapping[Path, Sequence[Obligation]]:
    """The obligations that come back day by day, by loop and requirement, in order of time."""
    found: dict[Path, list[Obligation]] = {}
    for row in obligations:
        asked = force.requirements.get((row.measure, row.requirement))
        if asked is None or (asked[1].every is None and asked[1].calendar is None):
            continue
        if row.since and row.due and row.due - row.since <= timedelta(days=1):
            found.setdefault((str(row.loop), row.requirement), []).append(row)
    return {path: sorted(rows, key=lambda row: row.occurrence) for path, rows in found.items() if len(rows) >= FEWEST}


def check_lanes(
    days: Days, force: InForce, checks: Mapping[Path, Sequence[Obligation]], facts: Mapping[str, Happened]
) -> tuple[Lane, ...]:
    """One lane a requirement; several a day stand under each other."""
    lanes = (_lane(days, force, rows, facts) for rows in checks.values())
    return tuple(lane for lane in lanes if lane is not None)[:MOST_LANES]


def _lane(days: Days, force: InForce, rows: Sequence[Obligation], facts: Mapping[str, Happened]) -> Lane | None:
    count: dict[date, int] = {}
    items = []
    for row in rows:
        if row.since is None or row.due is None or not days.shows(row.since, row.due):
            continue
        day = days.day(row.since)
        place = count.get(day, 0)
        count[day] = place + 1
        items.append(_cell(days, row, day, place, facts))
    if not items:
        return None
    high = max(item.row for item in items) + 1
    name = said(force.requirements[rows[0].measure, rows[0].requirement][1].words)
    parts = (gettext("早"), gettext("晚")) if high == 2 else tuple(str(place + 1) for place in range(high))
    heads = tuple(f"{name} {part}" for part in parts) if high > 1 else ()
    return Lane(name, tuple(items), high, heads=heads, look="cells")


def _cell(days: Days, row: Obligation, day: date, place: int, facts: Mapping[str, Happened]) -> Item:
    fact = facts.get(row.evidence)
    left, wide = days.of_day(day) + days.step * 0.08, days.step * 0.84
    text = _measured(fact) if fact else _WORDS.get(row.status, lambda: "")()
    if fact and row.status == "late":
        text = gettext("迟%(text)s") % {"text": text}
    address = reverse("why", args=[row.pk])
    return Item("cell", round(left, 3), round(wide, 3), place, row.status, text, why=address)


_WORDS = {
    "overdue": lambda: gettext("漏记"),
    "due": lambda: gettext("应办"),
    "held": lambda: gettext("待补"),
    "waived": lambda: gettext("豁免"),
    "suspended": lambda: gettext("中止"),
    "met": lambda: gettext("已办"),
    "late": lambda: gettext("迟办"),
}


def _measured(fact: Happened) -> str:
    """The first number a check brought, a temperature mostly; else that it was done."""
    for name, column in fact.kind.columns.items():
        value = fact.values.get(name)
        if column.type is ColumnType.NUMBER and isinstance(value, int | float):
            return f"{value:.1f}" if column.unit == "celsius" else f"{value:g}"
    return "✓"
