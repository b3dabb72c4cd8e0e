"""The day grid: where an instant lies, how many days are shown, and that words never cover each other."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from lianfang.web.subject.grid import MOST, Days, Stack, days_for

CHINA = timezone(timedelta(hours=8))
NOW = datetime(2021, 1, 10, 12, 0, tzinfo=CHINA)


def test_noon_lies_in_the_middle_of_its_day() -> None:
    days = Days(date(2021, 1, 9), 4, NOW, CHINA)

    assert days.x(NOW) == 37.5
    assert days.line == 37.5


def test_what_lies_outside_is_held_to_the_edge() -> None:
    days = Days(date(2021, 1, 9), 4, NOW, CHINA)

    assert (days.x(NOW - timedelta(days=9)), days.x(NOW + timedelta(days=9))) == (0, 100)


def test_the_grid_shows_the_whole_measure_with_a_margin() -> None:
    days = days_for([NOW - timedelta(days=5), NOW + timedelta(days=9)], NOW, CHINA)

    assert days.start < NOW - timedelta(days=5)
    assert days.end > NOW + timedelta(days=9)


@given(st.lists(st.integers(-400, 400), max_size=6))
def test_today_is_always_on_the_grid_and_it_never_grows_too_wide(offsets: list[int]) -> None:
    days = days_for([NOW + timedelta(days=offset) for offset in offsets], NOW, CHINA)

    assert days.line is not None
    assert days.many <= MOST


@given(st.lists(st.tuples(st.floats(0, 90), st.floats(0.5, 30)), max_size=30))
def test_things_in_one_row_never_overlap(spans: list[tuple[float, float]]) -> None:
    stack = Stack(3)
    rows: dict[int, list[tuple[float, float]]] = {}
    for left, width in sorted(spans):
        row = stack.row(left, left + width)
        if row is not None:
            rows.setdefault(row, []).append((left, left + width))

    for placed in rows.values():
        assert all(before[1] <= after[0] for before, after in pairwise(placed))


def test_a_month_begins_with_its_name() -> None:
    days = Days(date(2021, 1, 30), 4, NOW, CHINA)

    assert [head.text for head in days.heads] == ["1-30", "31", "2-01", "2"]
