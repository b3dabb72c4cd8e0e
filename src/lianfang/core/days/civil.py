"""Civil days, ISO weeks and months in whole seconds: the same plain functions for Python and for the compiled kernel.

`zone` is the plan's distance from UTC in seconds; days are numbered from 1970-01-01 = 0, in the Gregorian calendar
also before its time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from numba.extending import register_jitable

DAY = 86400
EXACT, DAY_START, DAY_END = 0, 1, 2
"""Where a shifted instant lands; the numbers of `measure.Mode`."""

F = TypeVar("F", bound=Callable[..., int])


def _shared(function: F) -> F:
    """Usable in Python as it is and callable from compiled code."""
    return cast(F, register_jitable(function))


@_shared
def day_number(t: int, zone: int) -> int:
    """The civil day an instant falls on, as a day number."""
    return (t + zone) // DAY


@_shared
def start_of(day: int, zone: int) -> int:
    """The first second of a civil day."""
    return day * DAY - zone


@_shared
def floor_day(t: int, zone: int) -> int:
    """The first second of the civil day of t."""
    return (t + zone) // DAY * DAY - zone


@_shared
def end_of_day(t: int, zone: int) -> int:
    """The last second (23:59:59) of the civil day of t."""
    return (t + zone) // DAY * DAY - zone + DAY - 1


@_shared
def floor_week(t: int, zone: int) -> int:
    """The first second of the Monday of t's ISO week (1970-01-01 was a Thursday)."""
    day = (t + zone) // DAY
    return (day - (day + 3) % 7) * DAY - zone


@_shared
def year_of(day: int) -> int:
    """The year of a day number. Years are counted from March, so that a leap day is the last day of its year."""
    z = day + 719468
    era = z // 146097
    doe = z - era * 146097
    yoe = (doe - doe // 1460 + doe // 36524 - doe // 146096) // 365
    doy = doe - (365 * yoe + yoe // 4 - yoe // 100)
    return yoe + era * 400 + (1 if doy >= 306 else 0)


@_shared
def month_of(day: int) -> int:
    """The month (1 to 12) of a day number."""
    doe = (day + 719468) % 146097
    yoe = (doe - doe // 1460 + doe // 36524 - doe // 146096) // 365
    doy = doe - (365 * yoe + yoe // 4 - yoe // 100)
    since_march = (5 * doy + 2) // 153
    return since_march + 3 if since_march < 10 else since_march - 9


@_shared
def day_of_month(day: int) -> int:
    """The day of the month (1 to 31) of a day number."""
    doe = (day + 719468) % 146097
    yoe = (doe - doe // 1460 + doe // 36524 - doe // 146096) // 365
    doy = doe - (365 * yoe + yoe // 4 - yoe // 100)
    since_march = (5 * doy + 2) // 153
    return doy - (153 * since_march + 2) // 5 + 1


@_shared
def day_of(year: int, month: int, day: int) -> int:
    """The day number of a date."""
    y = year - (1 if month <= 2 else 0)
    era = y // 400
    yoe = y - era * 400
    doy = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return era * 146097 + yoe * 365 + yoe // 4 - yoe // 100 + doy - 719468


@_shared
def days_in_month(year: int, month: int) -> int:
    """How many days a month has."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month == 4 or month == 6 or month == 9 or month == 11 else 31


@_shared
def add_months(day: int, months: int) -> int:
    """The same day of another month, or that month's last day if it has no such day."""
    ahead = year_of(day) * 12 + month_of(day) - 1 + months
    year, month = ahead // 12, ahead % 12 + 1
    return day_of(year, month, min(day_of_month(day), days_in_month(year, month)))


@_shared
def floor_month(t: int, zone: int) -> int:
    """The first second of the civil month of t."""
    day = (t + zone) // DAY
    return (day - day_of_month(day) + 1) * DAY - zone


@_shared
def shift(t: int, months: int, seconds: int, mode: int, zone: int) -> int:
    """Move t by calendar months, then seconds, then to its place in the day.

    A day the target month lacks becomes the month's last day; the time of day is kept.
    """
    if months != 0:
        local = t + zone
        day = local // DAY
        t = add_months(day, months) * DAY + (local - day * DAY) - zone
    t += seconds
    if mode == DAY_START:
        return floor_day(t, zone)
    return end_of_day(t, zone) if mode == DAY_END else t


@_shared
def days_between(a: int, b: int, zone: int) -> int:
    """Civil days from the day of a to the day of b."""
    return (b + zone) // DAY - (a + zone) // DAY


@_shared
def week_day(day: int) -> int:
    """The day of the ISO week: 1 Monday to 7 Sunday."""
    return (day + 3) % 7 + 1


@_shared
def iso_week(day: int) -> int:
    """ISO year times 100 plus week, as 202053; the week belongs to the year of its Thursday."""
    thursday = day - (day + 3) % 7 + 3
    year = year_of(thursday)
    return year * 100 + (thursday - day_of(year, 1, 1)) // 7 + 1
