"""Dates and lengths of time as an office writes them, in the district's own time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from lianfang.web.parts import moments

NOW = datetime(2026, 11, 22, 13, 40, tzinfo=UTC)  # 21:40 in the district


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0分"),
        (55 * 60 + 59, "55分"),
        (36 * 3600 + 28 * 60, "36小时28分"),
        (3600, "1小时00分"),
        (3 * 86400 - 60, "71小时59分"),
        (3 * 86400 + 5 * 3600 + 59, "3天5小时"),
        (4 * 86400, "4天"),
        (-60, "0分"),
    ],
)
def test_a_length_of_time_in_hours_and_from_three_days_in_days(seconds: int, said: str) -> None:
    assert moments.span(seconds) == said
    assert moments.span(timedelta(seconds=seconds)) == said


def test_a_moment_is_told_in_the_districts_time_without_the_year() -> None:
    assert moments.moment(NOW, NOW) == "11-22 21:40"


def test_the_year_is_told_when_it_is_another_one() -> None:
    assert moments.day(datetime(2027, 5, 25, 20, tzinfo=UTC), NOW) == "2027-05-26"


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (-36.5, "昨日09:10到期"),
        (-2, "今日19:40到期"),
        (-60, "11-20 09:40到期"),
        (1, "22:40前"),
        (12, "明日09:40前"),
        (60, "11-25 09:40前"),
    ],
)
def test_a_due_time_in_plain_words(hours: float, said: str) -> None:
    assert moments.by_when(NOW + timedelta(hours=hours), NOW) == said


def test_overdue_begins_the_instant_after_the_due_time() -> None:
    assert moments.remaining(NOW, NOW) == "剩 0分"
    assert moments.remaining(NOW - timedelta(seconds=1), NOW).startswith("逾期")


def test_what_has_no_due_time_has_nothing_remaining() -> None:
    assert moments.by_when(None, NOW) == "无时限"
    assert moments.remaining(None, NOW) == ""
    assert moments.moment(None, NOW) == ""


def test_the_head_of_a_page_names_the_weekday() -> None:
    assert moments.dated(NOW) == "11月22日 周日 21:40"


def test_the_same_in_english() -> None:
    with translation.override("en"):
        assert moments.remaining(NOW - timedelta(hours=36, minutes=28), NOW) == "overdue 36 h 28 min"
        assert moments.span(3 * 86400 + 3600) == "3 days 1 h"
        assert moments.dated(NOW) == "Sun 11-22 21:40"
