"""A case says what must be true; a mismatch says what was found instead, in words its author understands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianfang.core.cases import Mismatch, differences, prepare, run
from lianfang.core.cases.fit import Look, Unreadable, last_day, lateness, number, path, span
from lianfang.core.cases.sections import SECTIONS
from lianfang.core.language.plan import Case
from lianfang.core.obligations.evaluate import program_of
from tests.core.cases.sample_plan import DAY, ON_TIME, PLAN, ZONE, Given, arrival, at, case, sample

PROGRAM = program_of(PLAN)
LOOK = Look(ZONE, at("2020-06-20T00:00"))


def expecting(given: Given, as_of: str, **expect: Any) -> tuple[Mismatch, ...]:
    """What a case with these facts and expectations complains of."""
    return run(PLAN, case("c", ("1.2",), (given, as_of, expect)), PROGRAM)


def test_a_plan_that_does_what_the_author_expects_gives_no_mismatch() -> None:
    assert not expecting(
        ON_TIME,
        "2020-06-20T00:00",
        loops=[{"measure": "high-risk-arrival", "subject": "甲", "state": "released", "release": "2020-06-15"}],
        stages=[
            {"stage": "central", "from": "2020-05-25", "to": "2020-06-07"},
            {"stage": "home", "from": "2020-06-08", "to": "2020-06-14"},
        ],
        obligations=[
            {"requirement": "first-sample", "due": "2020-05-25T23:59", "status": "met", "by": "县疾控中心"},
            {"requirement": "first-sample/first-result", "due": "2020-05-26T18:00", "status": "met"},
            {"requirement": "tests", "number": 2, "status": "met"},
        ],
        no_loops=["medium-risk-arrival", {"measure": "high-risk-arrival", "subject": "乙"}],
    )


def test_a_wrong_release_day_is_named_with_the_day_that_was_found() -> None:
    (found,) = expecting(ON_TIME, "2020-06-20T00:00", loops=[{"subject": "甲", "release": "2020-06-08"}])
    assert (found.step, found.place) == (1, "cases/sample.yaml:10")
    assert "解除为 2020-06-15T00:00，应为 2020-06-08" in found.zh
    assert "release is 2020-06-15T00:00, expected 2020-06-08" in found.en
    assert found.nearest == ("subject: 甲, release: 2020-06-15T00:00",)
    assert found.show("zh").startswith("cases/sample.yaml:10 c: ")


def test_the_nearest_lines_come_first_and_are_at_most_three() -> None:
    (found,) = expecting(
        ON_TIME, "2020-06-20T00:00", obligations=[{"requirement": "tests", "occurrence": 1, "status": "late"}]
    )
    assert found.nearest[0] == "requirement: tests, occurrence: 1, status: met, subject: 甲"
    assert len(found.nearest) == 3


def test_a_loop_that_should_not_be_there_is_shown() -> None:
    (found,) = expecting(ON_TIME, "2020-06-20T00:00", no_loops=["high-risk-arrival"])
    assert "expected no loop {measure: high-risk-arrival}, found 1" in found.en
    assert "subject: 甲" in found.nearest[0]


def test_number_asks_for_exactly_so_many_lines() -> None:
    assert not expecting(ON_TIME, "2020-06-20T00:00", obligations=[{"requirement": "daily-check", "number": 3}])
    (found,) = expecting(ON_TIME, "2020-06-20T00:00", obligations=[{"requirement": "daily-check", "number": 2}])
    assert "found 3" in found.en
    assert "实际 3 条" in found.zh
    assert not expecting(ON_TIME, "2020-06-20T00:00", loops=[{"measure": "entry-check", "number": 0}])


def test_later_steps_add_facts_to_the_earlier_ones() -> None:
    early: Given = ON_TIME[:2]
    steps: tuple[tuple[Given, str, Mapping[str, Any]], ...] = (
        (early, "2020-06-15T12:00", {"loops": [{"state": "held", "waits_for": "tests"}]}),
        (
            (sample("甲", "2020-06-16T09:00", "2020-06-16T20:00"),),
            "2020-06-18T00:00",
            {"loops": [{"state": "released", "release": "2020-06-16T20:00", "number": 1}]},
        ),
    )
    assert not run(PLAN, case("held", ("1.6",), *steps), PROGRAM)


def test_a_fact_recorded_after_the_look_is_not_known_yet() -> None:
    late = {"arrival": {**arrival("甲", "2020-05-25T14:00")["arrival"], "recorded_at": "2020-05-27T00:00"}}
    assert not expecting((late,), "2020-05-26T00:00", loops=[{"number": 0}])
    assert not expecting((late,), "2020-05-28T00:00", loops=[{"number": 1, "opened": "2020-05-25T14:00"}])


def test_times_makes_up_subjects_and_unnamed_ones_are_all_different() -> None:
    checked = {"code_check": {"at": "2020-06-01T08:00", "checked": True, "times": 39}}
    missed = {"code_check": {"at": "2020-06-01T09:00", "checked": False, "times": 1}}
    assert not expecting(
        (checked, missed),
        "2020-06-02T00:00",
        loops=[{"measure": "entry-check", "number": 40}, {"subject": "person-40"}],
        obligations=[{"subject": "person-40", "status": "overdue"}],
        indicators=[{"indicator": "code-checks", "met": 39, "total": 40, "percent": 97.5, "target_met": False}],
    )


def test_times_with_a_name_numbers_that_name() -> None:
    twice = {"arrival": {"person": "甲", "at": "2020-05-25T14:00", "level": "high", "times": 2}}
    assert not expecting(
        (twice, sample("甲-2", "2020-05-25T18:00")),
        "2020-05-27T00:00",
        loops=[{"subject": "甲-1"}, {"subject": "甲-2"}, {"number": 2}],
        obligations=[
            {"requirement": "first-sample", "subject": "甲-1", "status": "overdue"},
            {"requirement": "first-sample", "subject": "甲-2", "status": "met"},
        ],
    )


def test_a_gate_is_allowed_or_refused() -> None:
    request = {"opening_request": {"place": "店", "at": "2020-06-01T08:00"}}
    cleaned = {"disinfection": {"place": "店", "at": "2020-05-31T08:00"}}
    refused = {"outcome": "refused", "waits_for": "disinfected"}
    assert not expecting((request,), "2020-06-01T09:00", loops=[refused])
    assert not expecting((request, cleaned), "2020-06-01T09:00", loops=[{"outcome": "allowed"}])


@pytest.mark.parametrize(
    ("expect", "zh", "en"),
    [
        ({"loop": [{}]}, "expect 里没有 loop 这个键，是否想写 loops", "did you mean loops?"),
        ({"loops": [{"sate": "held"}]}, "loops 里没有 sate 这个键，是否想写 state", "loops has no key sate"),
        ({"loops": [{"measure": "high-risk-arival"}]}, "方案里没有 measure high-risk-arival", "did you mean high-risk"),
        ({"no_loops": ["high-risk-arival"]}, "方案里没有 measure high-risk-arival", "the plan has no measure"),
        ({"obligations": [{"status": "done"}]}, "方案里没有 status done", "the plan has no status done"),
        ({"loops": [{"release": "soon"}]}, "loops 的 release 写作 soon，应为日期", "release of loops is written soon"),
        ({"obligations": [{"late_by": "long"}]}, "late_by 写作 long，应为如 150 min", "write such as 150 min"),
        ({"loops": [{"number": "few"}]}, "number 写作 few", "a whole number"),
        ({"loops": [{}]}, "空的一行符合任何结果", "an empty line fits anything"),
        ({}, "这一步没有写明应有什么结果", "this step expects nothing"),
        ({"loops": []}, "这一步没有写明应有什么结果", "this step expects nothing"),
        ({"loops": ["held"]}, "held 应写成 {字段: 值}", "held must be written {field: value}"),
    ],
)
def test_a_case_that_means_something_else_is_told_so(expect: Mapping[str, Any], zh: str, en: str) -> None:
    found = expecting(ON_TIME, "2020-06-20T00:00", **expect)
    assert len(found) == 1
    assert zh in found[0].zh
    assert en in found[0].en


def test_facts_that_cannot_be_read_name_the_step() -> None:
    one = {"loops": [{"number": 1}]}
    broken: Case = case("b", ("1.2",), (ON_TIME, "2020-06-20T00:00", one), (({"arival": {}},), "2020-06-21T00:00", one))
    found = run(PLAN, broken, PROGRAM)
    assert [m.step for m in found] == [2]
    assert "arival" in found[0].en


def test_a_date_stands_for_its_whole_day_and_a_time_for_its_minute() -> None:
    assert span("2020-05-25", ZONE) == (at("2020-05-25"), at("2020-05-26") - 1)
    assert span("2020-05-25T14:00", ZONE) == (at("2020-05-25T14:00"), at("2020-05-25T14:00") + 59)
    assert span("2020-05-25T14:00:07", ZONE) == (at("2020-05-25T14:00") + 7,) * 2
    with pytest.raises(Unreadable):
        span("2020-05-32", ZONE)


def test_the_end_of_a_stage_is_its_last_day() -> None:
    row = {"from": at("2020-05-25"), "to": at("2020-06-08")}
    assert last_day("2020-06-07", row, "to", LOOK)
    assert not last_day("2020-06-08", row, "to", LOOK)
    assert last_day("2020-06-08T00:00", row, "to", LOOK)
    assert last_day(None, {"from": at("2020-05-25"), "to": None}, "to", LOOK)
    assert not last_day(None, row, "to", LOOK)


def test_lateness_counts_minutes_after_the_due_time_or_whole_days() -> None:
    due = at("2020-05-26") - 1
    early = {"due": due, "evidence_at": due - 60}
    late = {"due": due, "evidence_at": at("2020-05-26T02:30")}
    assert lateness("150 min", late, "late_by", LOOK)
    assert lateness("2.5 h", late, "late_by", LOOK)
    assert lateness("2 h 30 min", late, "late_by", LOOK)
    assert lateness("1 d", late, "late_by", LOOK)
    assert not lateness("151 min", late, "late_by", LOOK)
    assert not lateness("2 d", late, "late_by", LOOK)
    assert lateness(None, early, "late_by", LOOK)
    assert not lateness("1 min", early, "late_by", LOOK)
    still_owed = {"due": LOOK.as_of - 3 * DAY, "evidence_at": None}
    assert lateness("3 d", still_owed, "late_by", LOOK)


def test_a_number_fits_as_exactly_as_it_is_written() -> None:
    assert number(97.5, {"percent": 97.49}, "percent", LOOK)
    assert number("12.35", {"value": 12.345}, "value", LOOK)
    assert not number(97.5, {"percent": 97.4}, "percent", LOOK)
    assert not number(3, {"met": None}, "met", LOOK)


def test_a_requirement_is_named_by_its_path_or_its_last_part() -> None:
    row = {"requirement": "first-sample/first-result"}
    assert path("first-result", row, "requirement", LOOK)
    assert path("first-sample/first-result", row, "requirement", LOOK)
    assert not path("result", row, "requirement", LOOK)
    assert not path("first-sample", row, "requirement", LOOK)


@pytest.mark.parametrize("times", [0, -1, "many", 2.5, True, 100_001])
def test_an_impossible_repetition_is_refused(times: object) -> None:
    odd = {"code_check": {"at": "2020-06-01T08:00", "checked": True, "times": times}}
    (found,) = expecting((odd,), "2020-06-02T00:00", loops=[{"number": 1}])
    assert "a whole number 1–100000" in found.en


_ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(["2020-05-25", "1e999", "9999999999 d", "none", "2020-13-01T99:00", "held"]),
)
_LINE = st.dictionaries(
    st.sampled_from(sorted({name for fields in SECTIONS.values() for name in fields} | {"x"})), _ODD
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(st.sampled_from([*SECTIONS, "no_loops", "y"]), st.one_of(_ODD, _LINE, st.lists(_LINE, max_size=3)))
)
def test_whatever_a_case_expects_it_gets_an_answer(expect: Mapping[str, Any]) -> None:
    for found in expecting(ON_TIME, "2020-06-20T00:00", **expect):
        assert found.zh
        assert found.en
    odd = case("odd", ("1.2",), (ON_TIME, "2020-06-20T00:00", expect))
    assert all(m.show("zh") for m in differences(PLAN, prepare(PLAN, odd), PROGRAM))
