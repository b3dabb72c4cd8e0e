"""What is recorded about a subject: facts in order of time, each with its kind, the newest correction only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from lianfang.acts.undo_fact import is_withdrawal
from lianfang.core.facts.vocabulary import Column, ColumnType, Kind, all_columns
from lianfang.core.identity.masking import COVERED, masked
from lianfang.core.identity.sealed_columns import sealed_columns
from lianfang.core.language.plan import Plan
from lianfang.ledger.models import Fact
from lianfang.web.parts.said import one_of

MOST = 2_000
"""So many facts of one subject are read, the newest first."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One fact as a file shows it. `ended`: when its period ended (None: it has none, or it goes on)."""

    id: str
    kind: Kind
    at: datetime
    recorded_at: datetime
    said_by: str
    values: Mapping[str, object]
    corrects: str
    replaced: bool
    ended: datetime | None = None

    @property
    def name(self) -> str:
        """What happened, in the language of the page."""
        return one_of(self.kind.zh.removesuffix("登记") or self.kind.zh, self.kind.en)


def happened(plan: Plan, subject_kind: str, records: Sequence[str], as_of: datetime) -> tuple[Happened, ...]:
    """The facts of a subject that were known at an instant, oldest first.

    `records` are the ids they are kept under. Replaced facts are marked, withdrawn ones left out.
    """
    mine = Fact.objects.filter(subject_kind=subject_kind, subject__in=records, recorded_at__lte=as_of)
    rows = mine.order_by("-at", "-no")[:MOST]
    newest = list(rows)
    gone = {row.corrects: row for row in newest if row.corrects}
    found = [
        Happened(
            row.id,
            plan.kinds[row.kind],
            row.at,
            row.recorded_at,
            row.said_by.partition("@")[0],
            row.values,
            row.corrects or "",
            row.id in gone,
            _ended(plan.kinds[row.kind], row.values),
        )
        for row in newest
        if row.kind in plan.kinds and not is_withdrawal(row.at) and not _withdrawn(row.id, gone)
    ]
    return tuple(sorted(found, key=lambda one: (one.at, one.recorded_at)))


def _withdrawn(fact: str, gone: Mapping[str, Fact]) -> bool:
    """Whether a fact was taken back in the end."""
    while fact in gone:
        if is_withdrawal(gone[fact].at):
            return True
        fact = gone[fact].id
    return False


def _ended(kind: Kind, values: Mapping[str, object]) -> datetime | None:
    return instant(values.get(kind.period_end)) if kind.period_end else None


def instant(value: object) -> datetime | None:
    """A time of a fact's values."""
    if not isinstance(value, str) or not value:
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def periods(facts: tuple[Happened, ...]) -> Mapping[str, datetime]:
    """Where a period ends because the next fact of the same kind begins: fact -> instant."""
    found: dict[str, datetime] = {}
    before: dict[str, Happened] = {}
    for fact in facts:
        if fact.replaced:
            continue
        earlier = before.get(fact.kind.id)
        if earlier is not None and (fact.kind.until_next or fact.kind.period_end) and earlier.ended is None:
            found[earlier.id] = fact.at
        before[fact.kind.id] = fact
    return found


def shown(fact: Happened, names: Mapping[tuple[str, str], str], zone: tzinfo) -> tuple[tuple[str, str], ...]:
    """The columns of a fact with what they say: references by name, people masked, sealed ones covered."""
    columns = all_columns(fact.kind)
    sealed = sealed_columns(fact.kind)
    found = []
    for name, column in columns.items():
        value = fact.values.get(name)
        if value is None or value == "" or name == fact.kind.subject:
            continue
        text = COVERED if name in sealed else _text(column, value, names, zone)
        found.append((one_of(column.zh, column.en), text))
    return tuple(found)


def _text(column: Column, value: object, names: Mapping[tuple[str, str], str], zone: tzinfo) -> str:
    if column.type is ColumnType.FLAG:
        return one_of("是", "yes") if value else one_of("否", "no")
    if column.type is ColumnType.CHOICE:
        return one_of(dict(column.choices).get(str(value), str(value)), str(value).replace("_", " "))
    if column.type is ColumnType.REF:
        return names.get((column.to or "", str(value)), str(value))
    if column.type is ColumnType.TIME:
        when = instant(value)
        return f"{when.astimezone(zone):%Y-%m-%d %H:%M}" if when else str(value)
    if isinstance(value, float):
        return f"{value:g}{column.unit or ''}" if column.unit in ("℃", "%") else f"{value:g}"
    return masked(column, str(value))


def references(facts: tuple[Happened, ...]) -> set[tuple[str, str]]:
    """Every other subject the facts name."""
    found = set()
    for fact in facts:
        for name, column in fact.kind.columns.items():
            value = fact.values.get(name)
            if column.type is ColumnType.REF and column.to and isinstance(value, str):
                found.add((column.to, value))
    return found
