"""Who is put under observation when: the courses that arrivals and contacts begin, and the dates they keep."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lianfang.core.city.columns import DAY, Flags, Ints

MEDIUM, HIGH, CONTACT, ABROAD = 1, 2, 3, 4
CENTRAL_DAYS = {MEDIUM: 14, HIGH: 14, CONTACT: 14, ABROAD: 14}
TOTAL_DAYS = {MEDIUM: 21, HIGH: 28, CONTACT: 21, ABROAD: 28}
TEST_DAYS = {MEDIUM: (1, 7, 13), HIGH: (1, 4, 7, 14, 20), CONTACT: (1, 4, 7, 13), ABROAD: (1, 4, 7, 13, 20)}


@dataclass(frozen=True, slots=True)
class Courses:
    """Courses of observation: one row a person and opening; `start` in seconds."""

    person: Ints
    start: Ints
    course: Ints  # MEDIUM, HIGH, CONTACT or ABROAD

    def of(self, course: int) -> Courses:
        """The courses of one class."""
        return self.rows(self.course == course)

    def rows(self, chosen: Flags | Ints) -> Courses:
        """Some of the courses."""
        return Courses(self.person[chosen], self.start[chosen], self.course[chosen])

    def days(self, table: dict[int, int]) -> Ints:
        """What the table says for each course's class, in days."""
        by_class = np.zeros(max(table) + 1, np.int64)
        by_class[list(table)] = list(table.values())
        return by_class[self.course]


@dataclass(frozen=True, slots=True)
class Habits:
    """How well dates are kept: the share of dates kept at all, and of those the share kept late."""

    kept: float
    late: float


def keep_dates(rng: np.random.Generator, begin: Ints, due: Ints, until: Ints, habits: Habits) -> tuple[Ints, Ints]:
    """(which dates were kept, when): mostly inside [begin, due], sometimes in [due, until], some not at all."""
    kept = np.flatnonzero(rng.random(len(begin)) < habits.kept)
    begin, due, until = begin[kept], due[kept], until[kept]
    late = rng.random(len(kept)) < habits.late
    low, high = np.where(late, due, begin), np.where(late, until, due)
    return kept, low + (rng.random(len(kept)) * (high - low)).astype(np.int64)


def daily(courses: Courses, days: int) -> tuple[Ints, Ints]:
    """(person, first second of the day) for each of the first days of each course, days counted from the start."""
    starts = courses.start[:, None] + np.arange(days, dtype=np.int64) * DAY
    return np.repeat(courses.person, days), starts.ravel()
