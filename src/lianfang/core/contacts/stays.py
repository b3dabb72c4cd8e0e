"""Stays of people at places, arranged so that a question touches only the places and hours it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lianfang.core.contacts.overlap import count_into, longest_of, rows_by_person, scatter_stays, sort_places

Ints = npt.NDArray[np.int64]
Small = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Batch:
    """Stays as they come, columns of equal length: codes of person and place, whole seconds from and (exclusive) to.

    Seconds count from any fixed instant; a store holds up to 68 years around it.
    """

    person: npt.NDArray[np.integer]
    place: npt.NDArray[np.integer]
    start: npt.NDArray[np.integer]
    end: npt.NDArray[np.integer]


@dataclass(frozen=True, slots=True)
class Stays:
    """All stays by place and start: rows `off[p]` to `off[p + 1]` are those of place p, in order of start.

    `longest[p]` is the longest stay there. Rows `of[of_off[q]:of_off[q + 1]]` are the stays of person q.
    """

    off: Ints
    person: Small
    start: Small
    end: Small
    longest: Ints
    of_off: Ints
    of: Small

    @property
    def people(self) -> int:
        """Number of person codes."""
        return len(self.of_off) - 1

    @property
    def places(self) -> int:
        """Number of place codes."""
        return len(self.off) - 1

    def place_of(self, rows: npt.NDArray[np.integer]) -> Ints:
        """The place of each row."""
        return np.asarray(np.searchsorted(self.off, rows, side="right") - 1, np.int64)

    def rows_of(self, people: npt.NDArray[np.integer]) -> Ints:
        """The rows of some people, one after another."""
        first, last = self.of_off[people], self.of_off[np.asarray(people) + 1]
        count = last - first
        within = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
        return np.asarray(self.of[np.repeat(first, count) + within], np.int64)


def arrange(batches: Callable[[], Iterable[Batch]], people: int, places: int) -> Stays:
    """Arrange stays that are read twice, batch by batch, so that they never lie in memory a second time.

    Raises ValueError if a stay ends before it starts or names a code outside `people` and `places`.
    """
    off = np.zeros(places + 1, np.int64)
    for batch in batches():
        _check(batch, people, places)
        count_into(batch.place, off)
    np.cumsum(off, out=off)
    rows = int(off[-1])
    person, start, end = (np.empty(rows, np.int32) for _ in range(3))
    at = off[:-1].copy()
    for batch in batches():
        scatter_stays(batch.person, batch.place, batch.start, batch.end, at, person, start, end)
    sort_places(off, person, start, end)
    of_off, of = np.zeros(people + 1, np.int64), np.empty(rows, np.int32)
    rows_by_person(person, of_off, of)
    return Stays(off, person, start, end, longest_of(off, start, end), of_off, of)


def _check(batch: Batch, people: int, places: int) -> None:
    if len(batch.person) == 0:
        return
    if bool((np.asarray(batch.end) < np.asarray(batch.start)).any()):
        raise ValueError("停留的结束早于开始 / a stay ends before it starts")
    for codes, count, zh, en in ((batch.person, people, "人员", "person"), (batch.place, places, "场所", "place")):
        if int(codes.min()) < 0 or int(codes.max()) >= count:
            raise ValueError(f"{zh}编码须在 0 到 {count - 1} 之间 / {en} codes must be 0 to {count - 1}")
