"""Need against held: isolation rooms as they stand, and the plan's own figures as last counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext

from lianfang.acts.in_force import in_force
from lianfang.ledger.counts import Beds
from lianfang.ledger.models import Figure
from lianfang.web.parts.said import said

MOST = 4
WIDE = 100.0


@dataclass(frozen=True, slots=True)
class Capacity:
    """One line: the bar is what is held, the stroke what is needed, the pale end what is lacking; in percent."""

    name: str
    need: float
    held: float
    clause: str = ""
    share: bool = False  # a share of what is owed that is below the plan's target

    @property
    def gap(self) -> float:
        """How many are lacking."""
        return max(0.0, self.need - self.held)

    @property
    def left(self) -> float:
        """How many are to spare."""
        return max(0.0, self.held - self.need)

    @property
    def bar(self) -> float:
        """How long the bar is."""
        return round(WIDE * self.held / self._most, 1)

    @property
    def stroke(self) -> float:
        """Where the stroke stands."""
        return round(WIDE * self.need / self._most, 1)

    @property
    def lacking(self) -> float:
        """How wide the pale end is."""
        return max(0.0, round(self.stroke - self.bar, 1))

    @property
    def _most(self) -> float:
        return max(self.need, self.held, 1.0)


@dataclass(frozen=True, slots=True)
class Capacities:
    """The lines with the greatest lack first, and when the plan's figures were counted."""

    rows: tuple[Capacity, ...]
    counted_at: datetime | None


def capacities(beds: Beds, as_of: datetime) -> Capacities:
    """Rooms now, then the plan's figures of the last count before an instant."""
    at = Figure.objects.filter(as_of__lte=as_of).aggregate(at=Max("as_of"))["at"]
    rooms = [Capacity(gettext("集中隔离房间"), beds.need, beds.held)] if beds.held else []
    counted = sorted(_counted(at, as_of), key=lambda row: (-row.gap / max(row.need, 1), row.name)) if at else []
    return Capacities((*rooms, *counted)[:MOST], at)


def _counted(at: datetime, as_of: datetime) -> Iterator[Capacity]:
    indicators = {indicator.id: indicator for indicator in in_force(as_of).plan.indicators}
    for row in Figure.objects.filter(as_of=at, part=""):
        indicator = indicators.get(row.indicator)
        pair = _pair(row.values)
        if indicator is not None and pair is not None:
            clause = indicator.clauses[0] if indicator.clauses else ""
            yield Capacity(said(indicator.words), *pair, clause, share=row.values.get("need") is None)


def _pair(values: Mapping[str, Any]) -> tuple[float, float] | None:
    """Need and held; of a share that misses its target all that is owed and what of it is met."""
    need, held = values.get("need"), values.get("held")
    if need is not None and held is not None:
        return (float(need), float(held)) if need or held else None
    if values.get("target_met") is False and values.get("total"):
        return float(values["total"]), float(values.get("met") or 0)
    return None
