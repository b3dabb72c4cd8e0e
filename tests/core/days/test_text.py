"""Times as people write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.core.days.text import (
    TimeError,
    parse_day,
    parse_instant,
    parse_zone,
    show_date,
    show_day,
    show_instant,
)

CHINA = 28800
TWO_IN_THE_AFTERNOON = int(datetime(2020, 5, 25, 6, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    "written",
    [
        "2020-05-25T14:00",
        "2020-05-25 14:00",
        "2020-05-25T14:00:00",
        "2020/5/25 14:00",
        "2020-5-25 14:00:00.000",
        "2020年5月25日14时",
        "2020年5月25日 14点00分",
        " 2020-05-25T06:00Z ",
        "2020-05-25T07:00+01:00",
        "2020-05-25T07:00+0100",
    ],
)
def test_the_same_instant_is_read_in_every_form(written: str) -> None:
    assert parse_instant(written, CHINA) == TWO_IN_THE_AFTERNOON


def test_a_bare_date_is_its_first_second_in_the_local_time_of_the_plan() -> None:
    assert parse_instant("2020-05-25", CHINA) == TWO_IN_THE_AFTERNOON - 14 * 3600
    assert parse_instant("2020-05-25", 0) == TWO_IN_THE_AFTERNOON - 6 * 3600


def test_midnight_may_be_written_as_the_end_of_the_day_before() -> None:
    assert parse_instant("2020-05-24T24:00", CHINA) == parse_instant("2020-05-25", CHINA)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "明天",
        "2020-02-30",
        "2020-13-01",
        "2020-05-25T25:00",
        "2020-05-25T14",
        "2020-05-25T14:60",
        "20200525",
        "0000-01-01",
        "２０２０-05-25",
        "2020-05-25T24:01",
        "2020-05-25T14:00+25:00",
        "2020-05-25+08:00",
    ],
)
def test_what_is_no_time_is_refused_in_both_languages(written: str) -> None:
    with pytest.raises(TimeError) as refused:
        parse_instant(written, CHINA)
    assert refused.value.found in (written, written[-6:])
    assert any("一" <= c <= "鿿" for c in refused.value.reason_zh)
    assert refused.value.reason_en.isascii()


def test_a_time_is_not_a_day() -> None:
    assert show_day(parse_day("2020/2/29")) == "2020-02-29"
    with pytest.raises(TimeError):
        parse_day("2020-02-29T10:00")


@given(st.integers(-2_000_000_000, 7_000_000_000), st.integers(-14, 14).map(lambda h: h * 3600))
def test_what_is_shown_is_read_back_as_the_same_instant(t: int, zone: int) -> None:
    shown = show_instant(t, zone)
    assert parse_instant(shown, zone) == t
    assert shown.startswith(show_date(t, zone))


@pytest.mark.parametrize(("written", "seconds"), [("+08:00", 28800), ("-03:30", -12600), ("Z", 0), ("+0000", 0)])
def test_a_distance_from_utc_is_read(written: str, seconds: int) -> None:
    assert parse_zone(written) == seconds


@pytest.mark.parametrize("written", ["8", "+15:00", "08:00", "+08:75", "UTC+8"])
def test_an_impossible_distance_from_utc_is_refused(written: str) -> None:
    with pytest.raises(TimeError):
        parse_zone(written)
