"""The units as a tree: each with how many hold a post there and what is overdue, the chosen one opened."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from lianfang.core.access.filter import Filter
from lianfang.ledger.models import Holding, Unit
from lianfang.ledger.visible import visible
from lianfang.web.parts.said import one_of

MOST = 2_000


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit in the tree: how deep it hangs, what hangs below it, whether it is shown opened."""

    id: str
    name: str
    kind: str
    depth: int
    holders: int
    below: tuple[Branch, ...]
    open: bool


def units(scope: Filter) -> QuerySet[Unit]:
    """The units somebody may see, in the order of their ways down."""
    rows: QuerySet[Unit] = visible(Unit.objects.all(), scope).order_by("path")
    return rows


def holding_now(now: datetime) -> QuerySet[Holding]:
    """The posts that are held at an instant."""
    return Holding.objects.filter(Q(until=None) | Q(until__gt=now), since__lte=now)


def tree(scope: Filter, chosen: str, now: datetime) -> tuple[Branch, ...]:
    """The whole tree; opened down to the chosen unit."""
    rows = list(units(scope)[:MOST])
    held = Counter(holding_now(now).values_list("unit_id", flat=True))
    by_parent: dict[str, list[Unit]] = defaultdict(list)
    paths = {row.path for row in rows}
    for row in rows:
        above = row.path.rstrip("/").rpartition("/")[0]
        by_parent[f"{above}/" if f"{above}/" in paths else ""].append(row)
    way = next((row.path for row in rows if row.id == chosen), "")
    return _below("", 0, by_parent, held, way)


def _below(path: str, depth: int, by_parent: dict[str, list[Unit]], held: Counter[str], way: str) -> tuple[Branch, ...]:
    rows = sorted(by_parent.get(path, ()), key=lambda row: (row.path not in by_parent, row.path))
    return tuple(
        Branch(
            id=row.id,
            name=one_of(row.name, row.name_en),
            kind=row.kind,
            depth=depth,
            holders=held[row.id],
            below=_below(row.path, depth + 1, by_parent, held, way),
            open=depth == 0 or way.startswith(row.path),
        )
        for row in rows
    )
