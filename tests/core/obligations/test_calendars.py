"""School days and working days: what is owed on them, and what happens in a year nobody wrote down."""

from __future__ import annotations

import pytest

from lianfang.core.cases import run
from lianfang.core.days.calendar import UnknownYear
from lianfang.core.days.civil import day_of
from lianfang.core.days.text import parse_instant
from lianfang.core.facts.facts import Facts
from lianfang.core.language.load import load
from lianfang.core.language.plan import Plan
from lianfang.core.obligations.evaluate import evaluate
from tests.core.language.pack_fuzz import vocabulary_of

DAYS = "calendar: days\nname: {zh: 工作日, en: working days}\nyears:\n"
YEAR = "  2020: {rests: [2020-10-01/2020-10-08], works: [2020-09-27, 2020-10-10]}\n"
LAST_DAYS = "  2020: {terms: [2020-12-28/2020-12-31]}\n"
MEASURE = """
measure: duty
name: {zh: 值守, en: duty}
binds: place
opens: {on: inspection}
stages: [{stage: open, name: {zh: 值守, en: duty}, days: open}]
requires:
  - {requirement: done, name: {zh: 已做, en: done}, evidence: disinfection, every: days, anchor: opening}
"""
CASE = """
case: next-year
given: [{inspection: {place: 甲, at: 2020-12-30T12:00}}]
as_of: 2021-01-04T12:00
expect: {obligations: [{measure: duty, number: 1}]}
"""


def plan_of(calendar: str = YEAR, measure: str = MEASURE, case: str = "") -> Plan:
    files = {
        "plan.yaml": "plan: trial\nname: {zh: 试行, en: trial}\nissued: 2020-01-01\n",
        "calendar.yaml": DAYS + calendar,
        "measure.yaml": measure,
        **({"case.yaml": case} if case else {}),
    }
    plan, complaints = load(files, lambda name: None, vocabulary_of(("inspection", "disinfection")))
    assert plan is not None, [complaint.show("en") for complaint in complaints]
    return plan


def days_owed(plan: Plan, opened: str, as_of: str) -> list[str]:
    facts, complaints = Facts.from_rows(plan.kinds, [("inspection", {"place": "甲", "at": opened})], plan.zone)
    assert facts is not None, complaints
    owed = evaluate(plan, facts, parse_instant(as_of, plan.zone)).obligations().to_pylist()
    return [str((row["from"] + plan.zone) // 86_400 - day_of(2020, 9, 1) + 1) for row in owed]


def test_over_a_holiday_the_working_days_are_those_of_the_calendar() -> None:
    assert days_owed(plan_of(), "2020-09-25T00:00", "2020-09-30T08:00") == ["25", "27", "28", "29", "30"]
    assert days_owed(plan_of(), "2020-09-30T00:00", "2020-10-12T08:00") == ["30", "39", "40", "42"]


def test_a_day_that_has_begun_is_not_owed_any_more() -> None:
    assert days_owed(plan_of(), "2020-09-28T00:00:01", "2020-09-30T08:00") == ["29", "30"]


def test_a_year_that_nobody_wrote_down_is_refused_and_not_guessed() -> None:
    plan = plan_of()
    assert days_owed(plan, "2020-12-30T12:00", "2020-12-31T23:59:59") == ["122"]
    with pytest.raises(UnknownYear, match=r"2021-01-01.*工作日.*2020"):
        days_owed(plan, "2020-12-30T12:00", "2021-01-01T00:00")
    with pytest.raises(UnknownYear, match="2019-01-01"):
        days_owed(plan, "2019-12-31T12:00", "2020-01-02T00:00")


def test_more_days_than_the_calendar_has_are_refused() -> None:
    thrice = MEASURE.replace("every: days", "every: days, times: 3")
    assert days_owed(plan_of(LAST_DAYS, thrice), "2020-12-28T12:00", "2020-12-29T00:00") == ["120", "121", "122"]
    with pytest.raises(UnknownYear, match="2021-01-01"):
        days_owed(plan_of(LAST_DAYS, thrice), "2020-12-29T12:00", "2020-12-30T00:00")


def test_a_case_in_a_year_nobody_wrote_down_fails_with_the_reason() -> None:
    plan = plan_of(case=CASE)
    (mismatch,) = run(plan, plan.cases[0])
    assert "2021" in mismatch.en
    assert "工作日" in mismatch.zh
