"""Figures an officer reports: who was counted, who is missing, to one decimal, half up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.core.indicators import Figure, indicator
from lianfang.core.indicators.figure import percent
from lianfang.core.language.measure import Words
from lianfang.core.language.plan import Indicator, Target
from tests.core.cases.sample_plan import INDICATORS, PLAN, arrival, evaluated, expression, sample

CHECKS, TEMPERATURE = INDICATORS


def figure(wanted: Indicator, as_of: str, *given_facts: Any) -> Figure:
    """One indicator over facts at an instant."""
    return indicator(PLAN, evaluated(as_of, *given_facts), wanted)


def named(**more: Any) -> Indicator:
    """An indicator with these properties."""
    return replace(Indicator("i", Words("指标", "indicator")), **more)


def check(times: int, checked: bool) -> dict[str, Any]:
    """So many people at an entrance, with or without a check."""
    return {"code_check": {"at": "2020-06-01T08:00", "checked": checked, "times": times}}


def warm(person: str, when: str, temperature: float | None) -> dict[str, Any]:
    """A measured temperature."""
    return {"health_check": {"person": person, "at": when, "temperature": temperature}}


@pytest.mark.parametrize(
    ("met", "total", "expected"),
    [(39, 40, 97.5), (1, 3, 33.3), (2, 3, 66.7), (1, 16, 6.3), (1, 2000, 0.1), (1, 2001, 0.0), (0, 5, 0.0)],
)
def test_shares_carry_one_decimal_half_up(met: int, total: int, expected: float) -> None:
    assert percent(met, total) == expected


def test_nothing_to_count_is_no_percentage() -> None:
    assert percent(0, 0) is None
    empty = figure(CHECKS, "2020-06-02T00:00", arrival("甲", "2020-05-25T14:00"))
    assert (empty.total, empty.percent, empty.target_met) == (0, None, None)


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_share_is_never_further_than_half_a_decimal_from_the_truth(met: int, total: int) -> None:
    met = min(met, total)
    found = percent(met, total)
    assert found is not None
    assert abs(found - 100 * met / total) <= 0.05 + 1e-9


def test_a_share_names_who_is_missing_and_fails_its_target() -> None:
    found = figure(CHECKS, "2020-06-02T00:00", check(39, True), check(1, False))
    assert (found.met, found.total, found.percent, found.missed, found.target_met) == (39, 40, 97.5, 1, False)
    (miss,) = found.misses
    assert (miss.subject, miss.measure, miss.requirement, miss.status) == (
        "person-40",
        "entry-check",
        "checked",
        "overdue",
    )


def test_a_share_just_under_its_target_does_not_pass_by_rounding() -> None:
    nearly = figure(CHECKS, "2020-06-02T00:00", check(4_999, True), check(1, False))
    assert (nearly.percent, nearly.target_met) == (100.0, False)


def test_late_counts_as_done_and_superseded_is_nobodys_debt() -> None:
    first = named(of="high-risk-arrival/first-result")
    late = sample("甲", "2020-05-25T18:00", "2020-05-28T08:00")
    found = figure(first, "2020-06-02T00:00", arrival("甲", "2020-05-25T14:00"), late)
    assert (found.met, found.total) == (1, 1)
    tests = named(of="high-risk-arrival/tests")
    twice = (arrival("甲", "2020-05-25T14:00"), arrival("甲", "2020-05-30T14:00"))
    absorbed = figure(tests, "2020-06-02T00:00", *twice)
    assert absorbed.total == 2


def test_one_requirement_is_counted_without_its_neighbours() -> None:
    facts = (arrival("甲", "2020-05-25T14:00"), warm("甲", "2020-05-25T20:00", 36.5))
    daily = figure(named(of="high-risk-arrival/daily-check", per="day"), "2020-05-29T00:00", *facts)
    assert (daily.met, daily.total) == (1, 3)
    assert [(p.period, p.met, p.total) for p in daily.periods] == [
        ("2020-05-25", 1, 1),
        ("2020-05-26", 0, 1),
        ("2020-05-27", 0, 1),
    ]
    whole = figure(named(of="high-risk-arrival"), "2020-05-29T00:00", *facts)
    assert whole.total == 6


def test_facts_are_taken_over_days_weeks_and_months() -> None:
    facts = (
        warm("甲", "2020-05-31T23:00", 36.5),
        warm("乙", "2020-06-01T00:30", 37.6),
        warm("丙", "2020-06-01T08:00", None),
    )
    found = figure(TEMPERATURE, "2020-06-02T00:00", *facts)
    assert (found.value, found.target_met) == (37.6, False)
    assert [(p.period, p.value) for p in found.periods] == [("2020-05-31", 36.5), ("2020-06-01", 37.6)]
    weeks = figure(replace(TEMPERATURE, per="week"), "2020-06-02T00:00", *facts)
    assert [p.period for p in weeks.periods] == ["2020-W22", "2020-W23"]
    months = figure(replace(TEMPERATURE, per="month"), "2020-06-02T00:00", *facts)
    assert [p.period for p in months.periods] == ["2020-05", "2020-06"]
    people = figure(replace(TEMPERATURE, per="person"), "2020-06-02T00:00", *facts)
    assert sorted(p.period for p in people.periods) == ["丙", "乙", "甲"]


@pytest.mark.parametrize(
    ("take", "expected"),
    [("count", 4.0), ("sum", 148.0), ("mean", 37.0), ("median", 36.8), ("highest", 38.0), ("lowest", 36.4)],
)
def test_each_way_of_taking_a_number(take: str, expected: float) -> None:
    facts = [warm("甲", f"2020-06-01T0{i}:00", t) for i, t in enumerate((36.4, 38.0, 36.6, 37.0))]
    field = None if take == "count" else "temperature"
    found = figure(named(of_facts="health_check", take=take, field=field), "2020-06-02T00:00", *facts)
    assert found.value == pytest.approx(expected)


def test_what_has_not_happened_yet_is_not_counted() -> None:
    later = figure(
        named(of_facts="health_check", take="count"), "2020-06-01T00:00", warm("甲", "2020-06-01T08:00", 36.5)
    )
    assert later.value == 0.0


def test_a_share_of_facts_counts_those_that_pass_its_condition() -> None:
    wanted = named(
        of_facts="test", take="share", where=expression("test", "result == 'negative'"), target=Target(at_least=50)
    )
    facts = (
        sample("甲", "2020-06-01T08:00", "2020-06-01T20:00"),
        sample("乙", "2020-06-01T08:00", "2020-06-03T20:00"),
        sample("丙", "2020-06-01T08:00", "2020-06-01T20:00", "positive"),
    )
    found = figure(wanted, "2020-06-02T00:00", *facts)
    assert (found.met, found.total, found.percent, found.target_met) == (1, 3, 33.3, False)
    assert figure(wanted, "2020-06-04T00:00", *facts).met == 2


def test_nothing_measured_has_no_value_and_no_verdict() -> None:
    found = figure(TEMPERATURE, "2020-06-02T00:00", arrival("甲", "2020-05-25T14:00"))
    assert (found.total, found.value, found.target_met) == (0, None, None)
