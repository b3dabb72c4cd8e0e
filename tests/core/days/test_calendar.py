"""Working days from a table of holidays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.core.days.calendar import UnknownYear, WorkingDays, working_days
from lianfang.core.days.text import parse_day, show_day

# First days of May 2020: 1 to 5 May off, the Saturday 9 May and the Sunday 26 April worked instead.
TABLE = working_days(
    {2020: (frozenset({(5, d) for d in range(1, 6)}), frozenset({(4, 26), (5, 9)})), 2021: (frozenset(), frozenset())}
)


@pytest.mark.parametrize(
    ("day", "works"),
    [("2020-04-30", True), ("2020-05-01", False), ("2020-05-09", True), ("2020-05-10", False), ("2020-04-26", True)],
)
def test_holidays_rest_and_make_up_days_work(day: str, works: bool) -> None:
    assert TABLE.works(parse_day(day)) is works


def test_three_working_days_over_a_holiday_take_a_week() -> None:
    assert show_day(TABLE.add(parse_day("2020-04-30"), 3)) == "2020-05-08"
    assert show_day(TABLE.add(parse_day("2020-05-08"), -3)) == "2020-04-30"
    assert show_day(TABLE.next(parse_day("2020-05-01"))) == "2020-05-06"
    assert TABLE.between(parse_day("2020-05-01"), parse_day("2020-05-10")) == 4


def test_a_year_outside_the_table_is_never_guessed() -> None:
    with pytest.raises(UnknownYear, match="2020, 2021"):
        TABLE.works(parse_day("2022-01-04"))
    with pytest.raises(UnknownYear, match="2022"):
        TABLE.add(parse_day("2021-12-31"), 1)


days_of_both_years = st.integers(parse_day("2020-02-01"), parse_day("2021-10-31"))


@given(days_of_both_years, st.integers(1, 30))
def test_adding_working_days_lands_on_one_and_counts_them(day: int, count: int) -> None:
    landed = TABLE.add(day, count)
    assert TABLE.works(landed)
    assert TABLE.between(day + 1, landed) == count


def test_without_exceptions_the_week_decides() -> None:
    table = WorkingDays(frozenset({2020}), {})
    assert [table.works(parse_day("2020-06-01") + i) for i in range(7)] == [True] * 5 + [False] * 2
