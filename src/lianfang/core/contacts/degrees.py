"""First and second degree: who met an infected person while infectious, and who met those afterwards."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lianfang.core.contacts.overlap import meet, meetings
from lianfang.core.contacts.stays import Ints, Stays

NOBODY = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Visits:
    """Times that count: who was where, from when to when (exclusive)."""

    place: Ints
    who: Ints
    begin: Ints
    until: Ints


@dataclass(frozen=True, slots=True)
class Restriction:
    """What a plan lets count: overlaps of `least` seconds, at places that are `allowed` (None: all), and no visit that
    met more than `most` others (0: no bound), for such crowds are called up publicly instead.
    """

    least: int = 1
    allowed: npt.NDArray[np.bool_] | None = None
    most: int = 0


@dataclass(frozen=True, slots=True)
class Met:
    """People who were met, by code: first meeting, longest meeting in seconds, number of meetings."""

    person: Ints
    since: Ints
    longest: Ints
    meetings: Ints


def visits_of(stays: Stays, people: Ints, begin: Ints, until: Ints, restriction: Restriction) -> Visits:
    """The stays of people cut to the time each of them counts (for a case: while infectious)."""
    rows = stays.rows_of(people)
    each = np.repeat(np.arange(len(people)), np.diff(stays.of_off)[people])
    start = np.maximum(stays.start[rows], begin[each])
    end = np.minimum(stays.end[rows], until[each])
    place = stays.place_of(rows)
    keep = end - start >= restriction.least
    if restriction.allowed is not None:
        keep &= restriction.allowed[place]
    return Visits(place[keep], stays.person[rows][keep].astype(np.int64), start[keep], end[keep])


def first_degree(stays: Stays, cases: Ints, begin: Ints, until: Ints, restriction: Restriction) -> Met:
    """Everybody who shared a place with a case during its infectious time; cases themselves are left out."""
    tally = Tally.of(stays.people, cases)
    tally.add(stays, visits_of(stays, cases, begin, until, restriction), restriction)
    return tally.met()


AT_ONCE = 32_768
"""So many contacts are followed at once: their visits, not everybody's, lie in memory."""


def second_degree(stays: Stays, cases: Ints, first: Met, until: int, restriction: Restriction) -> Met:
    """Everybody who shared a place with a contact after that contact's own first meeting.

    Only stays that begin after the meeting count; cases and contacts are left out.
    """
    tally = Tally.of(stays.people, np.concatenate([cases, first.person]))
    for start in range(0, len(first.person), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        tally.add(stays, _later_visits(stays, first.person[part], first.since[part], until, restriction), restriction)
    return tally.met()


def _later_visits(stays: Stays, people: Ints, since: Ints, until: int, restriction: Restriction) -> Visits:
    rows = stays.rows_of(people)
    from_when = np.repeat(since, np.diff(stays.of_off)[people])
    place = stays.place_of(rows)
    keep = (stays.start[rows] >= from_when) & (stays.start[rows] < until)
    if restriction.allowed is not None:
        keep &= restriction.allowed[place]
    rows = rows[keep]
    end = np.minimum(stays.end[rows], until).astype(np.int64)
    return Visits(place[keep], stays.person[rows].astype(np.int64), stays.start[rows].astype(np.int64), end)


@dataclass(frozen=True, slots=True)
class Tally:
    """What is added up by person while visits are gone through; `skip` marks people who are never met."""

    skip: npt.NDArray[np.bool_]
    since: Ints
    longest: Ints
    count: Ints

    @staticmethod
    def of(people: int, skip: Ints) -> Tally:
        """Nothing yet."""
        marked = np.zeros(people, np.bool_)
        marked[skip] = True
        return Tally(marked, np.full(people, NOBODY, np.int64), np.zeros(people, np.int64), np.zeros(people, np.int64))

    def add(self, stays: Stays, visits: Visits, restriction: Restriction) -> None:
        """Everybody met at these visits."""
        by_place = np.argsort(visits.place, kind="stable")  # neighbours in memory one after another
        meet(
            *(stays.off, stays.person, stays.start, stays.end, stays.longest),
            *(column[by_place] for column in (visits.place, visits.who, visits.begin, visits.until)),
            *(restriction.least, restriction.most, self.skip, self.since, self.longest, self.count),
        )

    def met(self) -> Met:
        """Those who were met at all."""
        person = np.flatnonzero(self.count)
        return Met(person, self.since[person], self.longest[person], self.count[person])


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting: the case, the other, the place, and the shared time."""

    case: int
    other: int
    place: int
    begin: int
    until: int


def meetings_with(stays: Stays, visits: Visits, people: Ints, restriction: Restriction) -> list[Meeting]:
    """Every meeting of the visits with some people, as evidence for each of them."""
    wanted = np.zeros(stays.people, np.bool_)
    wanted[people] = True
    given = (
        *(stays.off, stays.person, stays.start, stays.end, stays.longest),
        *(visits.place, visits.who, visits.begin, visits.until, restriction.least, wanted),
    )
    none = np.empty(0, np.int64)
    count = meetings(*given, none, none)
    visit, row = np.empty(count, np.int64), np.empty(count, np.int64)
    meetings(*given, visit, row)
    begin = np.maximum(stays.start[row], visits.begin[visit])
    until = np.minimum(stays.end[row], visits.until[visit])
    columns = (visits.who[visit], stays.person[row], visits.place[visit], begin, until)
    found = [Meeting(*map(int, line)) for line in zip(*columns, strict=True)]
    return sorted(found, key=lambda m: (m.begin, m.case, m.other, m.place))
