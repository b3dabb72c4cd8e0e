"""Working days: weekdays, less public holidays, plus the weekend days that were made working days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lianfang.core.days.civil import day_of, week_day, year_of
from lianfang.core.days.text import show_day


class UnknownYear(LookupError):
    """A working day or a school day was asked for in a year the calendar does not cover.

    `zh` and `en` say so in words, with what the calendar has and what to do.
    """

    def __init__(
        self, day: int, years: tuple[int, ...], zh: str = "工作日表", en: str = "table of working days"
    ) -> None:
        self.day, self.years = day, years
        listed = ", ".join(map(str, years)) or "-"
        self.zh = f"{show_day(day)}：“{zh}”没有该年份，现有 {listed}，请补充该年的安排。"
        self.en = f"{show_day(day)}: “{en}” does not cover this year (it has {listed}); add the days of that year."
        super().__init__(f"{self.zh} / {self.en}")


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The years a table covers and its exceptions: day number -> works (True) or rests (False)."""

    years: frozenset[int]
    exceptions: Mapping[int, bool]

    def works(self, day: int) -> bool:
        """Is it a working day? Raises UnknownYear."""
        if year_of(day) not in self.years:
            raise UnknownYear(day, tuple(sorted(self.years)))
        return self.exceptions.get(day, week_day(day) <= 5)

    def add(self, day: int, count: int) -> int:
        """The day `count` working days after (before, if negative) `day`; with 0 the day itself. Raises UnknownYear."""
        step = 1 if count > 0 else -1
        left = abs(count)
        while left:
            day += step
            left -= self.works(day)
        return day

    def next(self, day: int) -> int:
        """The day itself if it is a working day, otherwise the first one after it. Raises UnknownYear."""
        while not self.works(day):
            day += 1
        return day

    def between(self, first: int, last: int) -> int:
        """How many working days there are from the first to the last day, both included. Raises UnknownYear."""
        return sum(self.works(day) for day in range(first, last + 1))


def working_days(years: Mapping[int, tuple[frozenset[tuple[int, int]], frozenset[tuple[int, int]]]]) -> WorkingDays:
    """A table from year -> ((month, day) that rest, (month, day) that work); everything else follows the week."""
    exceptions: dict[int, bool] = {}
    for year, (rests, works) in years.items():
        exceptions |= {day_of(year, *date): False for date in rests}
        exceptions |= {day_of(year, *date): True for date in works}
    return WorkingDays(frozenset(years), exceptions)
