"""The day slider: consecutive days up to today, one chosen, no step beyond either end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from lianfang.web.parts.days import HIGH, Dayline, dayline

TODAY = date(2026, 11, 22)


def line(chosen: date, values: tuple[int, ...] = (0, 31, 4, 14)) -> Dayline:
    first = TODAY - timedelta(days=len(values) - 1)
    return dayline("逾期", tuple((first + timedelta(days=i), n) for i, n in enumerate(values)), chosen)


def test_today_has_no_day_after_and_the_first_day_none_before() -> None:
    assert line(TODAY).after is None
    assert line(TODAY).before == TODAY - timedelta(days=1)
    assert line(TODAY - timedelta(days=3)).before is None


def test_the_worst_day_is_the_tallest_and_a_day_without_trouble_is_flat() -> None:
    heights = [column.height for column in line(TODAY).columns]
    assert max(heights) == heights[1] == HIGH
    assert heights[0] == 0


def test_only_the_worst_and_the_chosen_day_carry_a_number() -> None:
    assert [column.labelled for column in line(TODAY).columns] == [False, True, False, True]


def test_a_number_beside_the_chosen_days_own_gives_way_to_it() -> None:
    assert [column.labelled for column in line(TODAY, (0, 4, 31, 14)).columns] == [False, False, False, True]


def test_every_day_is_a_link_to_that_day() -> None:
    page = rendered(line(TODAY))
    assert page.count('href="?as_of=2026-11-') >= 4
    assert 'value="3"' in page


def test_another_day_keeps_the_clause_one_is_looking_at() -> None:
    page = rendered(line(TODAY - timedelta(days=2)), "?clause=2.2.c2&as_of=2026-11-20")
    assert 'href="?clause=2.2.c2&amp;as_of=2026-11-19"' in page
    assert 'href="?clause=2.2.c2"' in page


def rendered(shown: Dayline, query: str = "") -> str:
    request = RequestFactory().get(f"/{query}")
    template = Template("{% dayline line %}")
    return template.render(Context({"line": shown, "request": request}))


def test_days_without_trouble_are_drawn_too() -> None:
    assert [column.height for column in line(TODAY, (0, 0)).columns] == [0, 0]


def test_a_slider_without_days_is_refused() -> None:
    with pytest.raises(ValueError, match="至少要有一天"):
        dayline("逾期", (), TODAY)
