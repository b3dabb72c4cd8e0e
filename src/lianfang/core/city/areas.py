"""Areas whose epidemic level changes, and the highest level an area had in a window."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
CHANGING = 1500
STEADY = 250
CHANGES = 5000
LEVELS = ("low", "medium", "high")
SHARES = (0.5, 0.35, 0.15)
DAY = 86400


@dataclass(frozen=True, slots=True)
class Levels:
    """Changes of area levels in order of (area, time): `until` is where the next change of the same area begins."""

    area: Ints
    level: Ints
    since: Ints
    until: Ints

    @property
    def number(self) -> int:
        """How many areas there are, steady ones included."""
        return CHANGING + STEADY


def make_levels(rng: np.random.Generator, start: int, end: int, changes: int = CHANGES) -> Levels:
    """Level changes from 20 days before the first arrival on; the last areas never change and have no level."""
    area = rng.integers(0, CHANGING, changes)
    since = rng.integers(start - 20 * DAY, end, changes)
    level = rng.choice(len(LEVELS), changes, p=SHARES)
    order = np.lexsort((since, area))
    area, since, level = area[order], since[order], level[order]
    keep = np.append(True, (np.diff(area) != 0) | (np.diff(since) != 0))  # one level an area and instant
    area, since, level = area[keep], since[keep], level[keep]
    until = np.append(since[1:], 0)
    until[np.append(np.diff(area) != 0, True)] = np.iinfo(np.int64).max
    return Levels(area, level, since, until)


def highest_level(levels: Levels, area: Ints, since: Ints, until: Ints) -> Ints:
    """The highest level each area had in [since, until]: 0 low or none, 1 medium, 2 high."""
    begin = np.searchsorted(levels.area, np.arange(levels.number + 1))
    first, last = begin[area], begin[area + 1]
    best = np.zeros(len(area), np.int64)
    for step in range(int(np.diff(begin).max(initial=0))):
        row = np.minimum(first + step, len(levels.area) - 1)
        touches = (first + step < last) & (levels.since[row] <= until) & (levels.until[row] > since)
        best = np.maximum(best, np.where(touches, levels.level[row], 0))
    return best
