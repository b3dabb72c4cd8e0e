"""Contacts from records of pairs: who was near whom, as devices or interviews note it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lianfang.core.contacts.degrees import Met
from lianfang.core.contacts.stays import Ints


@dataclass(frozen=True, slots=True)
class Pairs:
    """Records of two people near each other, columns of equal length; seconds, the end exclusive."""

    one: Ints
    other: Ints
    begin: Ints
    until: Ints

    def both_ways(self) -> Pairs:
        """Each record once from either side."""
        a, b = np.concatenate([self.one, self.other]), np.concatenate([self.other, self.one])
        return Pairs(a, b, np.concatenate([self.begin, self.begin]), np.concatenate([self.until, self.until]))


def near(pairs: Pairs, people: Ints, since: Ints, skip: npt.NDArray[np.bool_], in_all: int = 1) -> Met:
    """Whom some people were near, each from `since` on, for at least `in_all` seconds with one of them together.

    `skip` marks people left out. `longest` of the result is the greatest total with one of them, `meetings` the number
    of records.
    """
    both = pairs.both_ways()
    from_when = np.full(len(skip), np.iinfo(np.int64).max, np.int64)
    from_when[people] = since
    keep = (both.begin >= from_when[both.one]) & ~skip[both.other]
    one, other = both.one[keep], both.other[keep]
    key = other * len(skip) + one
    different, place = np.unique(key, return_inverse=True)
    total = np.bincount(place, (both.until - both.begin)[keep], len(different)).astype(np.int64)
    first = np.full(len(different), np.iinfo(np.int64).max, np.int64)
    np.minimum.at(first, place, both.begin[keep])
    count = np.bincount(place, minlength=len(different))
    enough = total >= in_all
    return _by_person(different[enough] // len(skip), first[enough], total[enough], count[enough])


def _by_person(person: Ints, first: Ints, total: Ints, count: Ints) -> Met:
    people, place = np.unique(person, return_inverse=True)
    since = np.full(len(people), np.iinfo(np.int64).max, np.int64)
    longest, number = np.zeros(len(people), np.int64), np.zeros(len(people), np.int64)
    np.minimum.at(since, place, first)
    np.maximum.at(longest, place, total)
    np.add.at(number, place, count)
    return Met(people, since, longest, number)
