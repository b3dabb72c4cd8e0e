"""What one benchmark run found, with the goal each figure is held against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bench.check_values import CheckValues
from bench.timing import Series


@dataclass(frozen=True, slots=True)
class Goal:
    """A line to stay under (`at_most`) or to reach (`at_least`), in the unit of its figure."""

    name: str
    limit: float
    unit: str
    at_least: bool = False

    def verdict(self, found: float) -> str:
        """Met or missed, and by how much."""
        better = found >= self.limit if self.at_least else found <= self.limit
        gap = abs(found - self.limit) / self.limit * 100
        return f"{'met' if better else 'missed'} by {gap:.0f} %"


OPEN_RATIO = Goal("open or changed rows against hand SQL", 10, "x", at_least=True)
OPEN = Goal("open or changed rows, store in hand", 0.8, "s")
ALL = Goal("all rows as Arrow, store in hand", 1.0, "s")
COLD = Goal("cold Parquet to all rows as Arrow", 4.0, "s")
PEAK = Goal("peak memory, store and open rows", 2.0, "GB")
PEAK_ALL = Goal("peak memory, store and all rows", 2.0, "GB")
SINGLE = Goal("one subject, arrays in hand, p95", 0.05, "ms")
FRESH = Goal("one subject in a fresh process, pack read, code compiled before", 1.5, "s")


@dataclass(frozen=True, slots=True)
class Rich:
    """The second, richer plan on the made-up city, without SQL beside it."""

    pack: str
    facts: int
    measures: int
    loops: int
    rows: int
    open_count: int
    times: Mapping[str, Series]
    states: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Found:
    """Everything the report prints."""

    persons: int
    facts: int
    runs: int
    load: float
    values: CheckValues
    open_count: int
    times: Mapping[str, Series]
    peaks: Mapping[str, Mapping[str, float]]
    single: Series
    single_rows: float
    first: tuple[Mapping[str, float], ...]
    first_empty: Mapping[str, float]
    rich: Rich | None
