"""Who is where under two plans: for each kind of place, how many subjects are in its stages on each coming day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lianfang.core.days.civil import DAY
from lianfang.core.difference.side import Ints, Side


@dataclass(frozen=True, slots=True)
class Occupancy:
    """How many different persons (or other subjects) are in stages at one kind of place, a number a day."""

    place: str
    before: tuple[int, ...]
    after: tuple[int, ...]


def occupancy(before: Side, after: Side, start: int, days: int) -> tuple[Occupancy, ...]:
    """Persons per day at every kind of place that either plan's stages name; `start` is the first instant of the first
    day (seconds since 1970 UTC). A held stage has no end, so its persons stay.
    """
    names = sorted({*_places(before), *_places(after)})
    found = (Occupancy(name, _per_day(before, name, start, days), _per_day(after, name, start, days)) for name in names)
    return tuple(o for o in found if any(o.before) or any(o.after))


def _places(side: Side) -> set[str]:
    return {s.place for m in side.evaluation.program.measures for s in m.stages if s.place is not None}


def _per_day(side: Side, place: str, start: int, days: int) -> tuple[int, ...]:
    begin, end, who = _periods(side, place)
    counts = []
    for day in range(start, start + days * DAY, DAY):
        counts.append(len(np.unique(who[(begin < day + DAY) & (end > day)])))
    return tuple(counts)


def _periods(side: Side, place: str) -> tuple[Ints, Ints, Ints]:
    """Begin, end and subject of every stage at a place; subjects of different sorts have different numbers."""
    program, heads = side.evaluation.program, side.evaluation.result.heads
    sorts = sorted({m.subject for m in program.measures})
    sort_of = np.array([sorts.index(m.subject) for m in program.measures], np.int64)
    parts = [np.empty((3, 0), np.int64)]
    for s in range(program.widest_stages):
        here = np.array([len(m.stages) > s and m.stages[s].place == place for m in program.measures], bool)
        loop = np.flatnonzero(here[side.measure])
        begin, end = heads.begins[loop, s], np.minimum(heads.begins[loop, s + 1], heads.ended[loop])
        who = side.subject[loop] * len(sorts) + sort_of[side.measure[loop]]
        parts.append(np.stack([begin, end, who])[:, begin < end])
    begin, end, who = np.concatenate(parts, axis=1)
    return begin, end, who
