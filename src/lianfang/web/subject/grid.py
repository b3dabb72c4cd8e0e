"""The day grid of a file: where an instant lies on it, and how things are stacked so that no words cover each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone, tzinfo

FEWEST, MOST = 14, 28
WIDE = 1_150.0
"""Pixels the grid is about wide on a desk: by this the width of words is judged."""


@dataclass(frozen=True, slots=True)
class Head:
    """One day in the head of the grid, x in percent (middle and left edge)."""

    on: date
    x: float
    left: float
    today: bool
    text: str


@dataclass(frozen=True, slots=True)
class Days:
    """Consecutive days from `first`; `today` is the day of `now`."""

    first: date
    many: int
    now: datetime
    zone: tzinfo

    @property
    def start(self) -> datetime:
        """The first instant."""
        return datetime(self.first.year, self.first.month, self.first.day, tzinfo=self.zone)

    @property
    def end(self) -> datetime:
        """The first instant after the last day."""
        return self.start + timedelta(days=self.many)

    @property
    def today(self) -> date:
        """The day looked at."""
        return self.now.astimezone(self.zone).date()

    def day(self, when: datetime) -> date:
        """The civil day of an instant."""
        return when.astimezone(self.zone).date()

    def x(self, when: datetime) -> float:
        """Where an instant lies, in percent of the grid's width; held to its edges."""
        part = (when - self.start) / timedelta(days=self.many)
        return round(100 * min(1.0, max(0.0, part)), 3)

    def of_day(self, day: date) -> float:
        """Where a day begins."""
        return self.x(datetime(day.year, day.month, day.day, tzinfo=self.zone))

    def shows(self, since: datetime, until: datetime | None = None) -> bool:
        """Whether something between two instants (None: still going on) falls into the grid."""
        return since < self.end and (until is None or until > self.start)

    @property
    def line(self) -> float | None:
        """Where now lies, if it is on the grid."""
        return self.x(self.now) if self.start <= self.now < self.end else None

    @property
    def step(self) -> float:
        """The width of a day."""
        return 100 / self.many

    @property
    def heads(self) -> tuple[Head, ...]:
        """The days in the head; the first of the grid and of a month with its month."""
        found = []
        for place in range(self.many):
            day = self.first + timedelta(days=place)
            whole = place == 0 or day.day == 1
            text = f"{day.month}-{day.day:02d}" if whole else str(day.day)
            left = round(place * self.step, 3)
            found.append(Head(day, round(left + self.step / 2, 3), left, day == self.today, text))
        return tuple(found)


def zone_of(seconds: int) -> tzinfo:
    """The plan's clock."""
    return timezone(timedelta(seconds=seconds))


def days_for(times: Sequence[datetime], now: datetime, zone: tzinfo, first: date | None = None) -> Days:
    """The days that show the given instants and today with a margin; a long story is cut to those around today.

    `first` turns to other days.
    """
    today = now.astimezone(zone).date()
    on = sorted({*(time.astimezone(zone).date() for time in times), today})
    low, high = on[0] - timedelta(days=1), on[-1] + timedelta(days=2)
    high = min(max(high, today + timedelta(days=4)), today + timedelta(days=MOST // 2))
    many = max(FEWEST, min(MOST, (high - low).days + 1))
    begin = max(low, high - timedelta(days=many - 1))
    return Days(first or begin, many, now, zone)


def width_of(text: str, size: float = 12.0) -> float:
    """About how wide words are, in percent of the grid: a Chinese character is as wide as high, others half."""
    pixels = sum(size if ord(letter) > 0x2E7F else size * 0.56 for letter in text)
    return 100 * pixels / WIDE


class Stack:
    """Rows filled from the top: each thing goes into the first row where it covers nothing."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.ends: list[float] = []

    def row(self, left: float, right: float) -> int | None:
        """The row for something between two places (in percent); None when all rows are taken there."""
        for place, end in enumerate(self.ends):
            if left >= end:
                self.ends[place] = right
                return place
        if len(self.ends) >= self.most:
            return None
        self.ends.append(right)
        return len(self.ends) - 1

    @property
    def rows(self) -> int:
        """How many rows are used."""
        return len(self.ends)
