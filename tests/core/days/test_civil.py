"""Days, weeks and months against Python's own calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from numba import njit

from lianfang.core.days.civil import (
    DAY,
    DAY_END,
    DAY_START,
    EXACT,
    add_months,
    day_of,
    day_of_month,
    days_between,
    days_in_month,
    end_of_day,
    floor_day,
    floor_month,
    floor_week,
    iso_week,
    month_of,
    shift,
    week_day,
    year_of,
)

EPOCH = date(1970, 1, 1)
CHINA = 28800
dates = st.dates(date(1, 3, 1), date(9998, 12, 31))
instants = st.integers(-(10**10), 10**11)
zones = st.integers(-14 * 4, 14 * 4).map(lambda quarters: quarters * 900)


def number(day: date) -> int:
    return (day - EPOCH).days


def local(t: int, zone: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=t + zone)


@given(dates)
def test_every_day_has_the_number_and_the_name_of_the_calendar(day: date) -> None:
    n = number(day)
    assert day_of(day.year, day.month, day.day) == n
    assert (year_of(n), month_of(n), day_of_month(n)) == (day.year, day.month, day.day)
    assert week_day(n) == day.isoweekday()
    assert iso_week(n) == day.isocalendar().year * 100 + day.isocalendar().week


@given(st.integers(1, 9998), st.integers(1, 12))
def test_a_month_ends_the_day_before_the_next_begins(year: int, month: int) -> None:
    following = day_of(year + 1, 1, 1) if month == 12 else day_of(year, month + 1, 1)
    assert days_in_month(year, month) == following - day_of(year, month, 1)


@given(instants, zones)
def test_a_day_a_week_and_a_month_begin_at_local_midnight(t: int, zone: int) -> None:
    here = local(t, zone)
    assert local(floor_day(t, zone), zone) == datetime(here.year, here.month, here.day, tzinfo=UTC)
    assert end_of_day(t, zone) - floor_day(t, zone) == DAY - 1
    monday = (here - timedelta(days=here.weekday())).date()
    assert local(floor_week(t, zone), zone) == datetime(monday.year, monday.month, monday.day, tzinfo=UTC)
    assert local(floor_month(t, zone), zone) == datetime(here.year, here.month, 1, tzinfo=UTC)


@given(instants, st.integers(-600, 600), zones)
def test_a_shift_by_months_keeps_the_time_of_day_and_never_leaves_the_target_month(
    t: int, months: int, zone: int
) -> None:
    before, after = local(t, zone), local(shift(t, months, 0, EXACT, zone), zone)
    assert after.time() == before.time()
    assert (after.year * 12 + after.month) - (before.year * 12 + before.month) == months
    assert after.day == min(before.day, days_in_month(after.year, after.month))


@given(instants, st.integers(-(10**7), 10**7), zones)
def test_a_shift_lands_in_the_day_as_its_mode_says(t: int, seconds: int, zone: int) -> None:
    assert shift(t, 0, seconds, EXACT, zone) == t + seconds
    assert shift(t, 0, seconds, DAY_START, zone) == floor_day(t + seconds, zone)
    assert shift(t, 0, seconds, DAY_END, zone) == end_of_day(t + seconds, zone)


@given(instants, instants, zones)
def test_days_between_two_instants_are_those_of_their_dates(a: int, b: int, zone: int) -> None:
    assert days_between(a, b, zone) == (local(b, zone).date() - local(a, zone).date()).days


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2020, 1, 31), 1, date(2020, 2, 29)),
        (date(2021, 1, 31), 1, date(2021, 2, 28)),
        (date(2020, 2, 29), 12, date(2021, 2, 28)),
        (date(2020, 3, 31), -1, date(2020, 2, 29)),
        (date(2020, 12, 15), 1, date(2021, 1, 15)),
    ],
)
def test_the_last_day_of_a_long_month_becomes_the_last_of_a_short_one(day: date, months: int, expected: date) -> None:
    assert add_months(number(day), months) == number(expected)


def test_the_compiled_kernel_reckons_days_as_python_does() -> None:
    compiled = njit(
        lambda t, months, zone: shift(t, months, 3600, 2, zone) + floor_week(t, zone) + floor_month(t, zone)
    )
    for t in range(1_500_000_000, 1_700_000_000, 3_456_789):
        for months in (-13, 0, 1, 25):
            plain = shift(t, months, 3600, 2, CHINA) + floor_week(t, CHINA) + floor_month(t, CHINA)
            assert compiled(t, months, CHINA) == plain
