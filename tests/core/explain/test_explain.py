"""An explanation names clause, number, cause, time, evidence and conclusion, in Chinese and in English."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lianfang.core.explain import Explanation, Topic, explain
from lianfang.core.explain.conditions import in_words
from lianfang.core.explain.duty import late_for
from lianfang.core.explain.speech import amount, length, window
from lianfang.core.facts.vocabulary import Column, ColumnType
from lianfang.core.language.measure import Again, Input, Lookup, Offset, Requirement, Selection, Shape, Take, Words
from lianfang.core.language.plan import Plan
from lianfang.core.language.predicate import Type, parse
from tests.core.cases.sample_plan import KINDS, ON_TIME, PLAN, ZONE, arrival, at, evaluated, expression, sample

GOLDEN = Path(__file__).parents[2] / "golden"
UPDATE = "LIANFANG_UPDATE_GOLDEN"
HAN = re.compile(r"[\u4e00-\u9fff]")

CHECKED: Mapping[str, Any] = {
    "health_check": {
        "person": "甲",
        "at": "2020-05-25T20:00",
        "temperature": 36.6,
        "said_by": "网格员",
        "recorded_at": "2020-05-25T20:10",
    }
}
HELD = (*ON_TIME[:2], sample("甲", "2020-06-19T09:00"), CHECKED)
REPLACED = (
    arrival("乙", "2020-05-20T10:00", "medium"),
    arrival("乙", "2020-05-26T10:00"),
    sample("乙", "2020-05-27T12:30", "2020-05-27T20:00"),
    {"symptom": {"person": "乙", "at": "2020-05-28T10:00"}},
)


def told(as_of: str, subject: str, *given: Mapping[str, Any], plan: Plan = PLAN) -> Explanation:
    """The explanation of one subject of the sample plan."""
    return explain(evaluated(as_of, *given, plan=plan), subject)


def with_first_measure(**more: Any) -> Plan:
    """The sample plan, its first measure changed."""
    return replace(PLAN, measures=(replace(PLAN.measures[0], **more), *PLAN.measures[1:]))


@pytest.mark.parametrize(
    ("name", "subject", "as_of", "given"),
    [
        ("held-for-a-result", "甲", "2020-06-20T00:00", HELD),
        ("replaced-and-suspended", "乙", "2020-06-01T00:00", REPLACED),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_whole_text_is_as_agreed(name: str, subject: str, as_of: str, given: Any, lang: str) -> None:
    text = told(as_of, subject, *given).show(lang)
    agreed = GOLDEN / f"explain-{name}-{lang}.txt"
    if os.environ.get(UPDATE):
        agreed.write_text(text, encoding="utf-8")
    assert text == agreed.read_text(encoding="utf-8"), f"set {UPDATE}=1 to accept the new text"


@pytest.mark.parametrize(
    ("subject", "as_of", "given"), [("甲", "2020-06-20T00:00", HELD), ("乙", "2020-06-01T00:00", REPLACED)]
)
def test_topics_always_come_in_the_same_order(subject: str, as_of: str, given: Any) -> None:
    order = list(Topic)
    former = Topic.TITLE
    for line in told(as_of, subject, *given).lines:
        if line.topic != Topic.TITLE:
            assert order.index(line.topic) >= order.index(former) or former == Topic.CONCLUSION
        former = line.topic if line.topic != Topic.TITLE else Topic.TITLE


def test_english_lines_hold_no_chinese_but_names() -> None:
    text = told("2020-06-20T00:00", "甲", *HELD).show("en")
    kept = re.sub(r"甲|网格员|县疾控中心|按省里做法", "", text)
    assert not HAN.search(kept)


def test_every_obligation_has_cause_time_evidence_and_conclusion() -> None:
    found = told("2020-06-20T00:00", "甲", *HELD)
    below = [line.topic for line in found.lines if line.depth >= 3]
    windows = below.count(Topic.WINDOW)
    assert windows == below.count(Topic.EVIDENCE) == below.count(Topic.CONCLUSION) == 7
    assert below.count(Topic.CAUSE) == below.count(Topic.CLAUSE) == 4


def test_it_says_who_reported_the_evidence_and_when_it_was_entered() -> None:
    text = told("2020-06-20T00:00", "甲", *HELD)
    assert (
        "2020-05-25 20:00 体温监测（体温 36.6，记录 health_check-1，网格员 填报，2020-05-25 20:10 登记）"
        in text.show("zh")
    )
    assert "said by 网格员, recorded 2020-05-25 20:10" in text.show("en")


def test_a_setting_is_told_from_a_number_of_the_text_and_later_values_do_not_touch_the_loop() -> None:
    text = told("2020-06-20T00:00", "甲", *HELD)
    assert "集中隔离天数 = 14 天（2020-05-21 起执行，出自条文 1.2）" in text.show("zh")
    assert (
        "条文 1.6 没有定数，2020-05-21 起按设定执行：按省里做法），2020-06-01 起改为 48 小时，本闭环仍按开启日执行"
        in text.show("zh")
    )
    assert (
        "a setting since 2020-05-21: as the province does it), 48 hours since 2020-06-01, while this loop keeps"
        in text.show("en")
    )
    early = told("2020-05-30T00:00", "甲", *HELD[:2]).show("en")
    assert "48 hours" not in early


def test_an_outstanding_result_is_named_as_the_reason() -> None:
    text = told("2020-06-20T00:00", "甲", *HELD)
    assert "没有「核酸阴性」；2020-06-19 09:00 检测（结果未出，记录 test-2）不算：结果未出" in text.show("zh")
    assert "waits for “tests before release”. It is released the moment this is in" in text.show("en")


def test_a_result_that_comes_later_is_not_told_before() -> None:
    secret = sample("甲", "2020-06-19T09:00", "2020-06-21T09:00", "positive")
    text = told("2020-06-20T00:00", "甲", *ON_TIME[:2], secret)
    assert "阳性（" not in text.show("zh")
    assert "结果 阳性" not in text.show("zh")
    assert "result positive" not in text.show("en")


def test_a_fact_of_the_wrong_sort_is_shown_with_the_reason_it_does_not_count() -> None:
    positive = sample("甲", "2020-06-10T09:00", "2020-06-10T20:00", "positive")
    text = told("2020-06-20T00:00", "甲", *ON_TIME[:2], positive)
    assert "does not count: not a case of “negative test”" in text.show("en")
    assert "2020-06-10 20:00 经「核酸阳性」结束，转入 treatment" in text.show("zh")
    assert "Evidence: test of 2020-06-10 09:00 (result positive, known 2020-06-10 20:00" in text.show("en")


def test_a_second_sample_too_soon_after_the_first_does_not_count() -> None:
    soon = sample("甲", "2020-05-26T09:00", "2020-05-26T20:00")
    text = told("2020-06-01T00:00", "甲", *ON_TIME[:2], soon).show("en")
    assert "does not count: it is too close to the one before" in text


def test_release_put_off_names_what_came_late() -> None:
    late = sample("甲", "2020-06-16T09:00", "2020-06-16T20:00")
    text = told("2020-06-20T00:00", "甲", *ON_TIME[:2], late)
    assert (
        "released 2020-06-16 20:00; planned for 2020-06-15, put off because “tests before release” came late"
        in text.show("en")
    )
    assert "结论：迟 33 小时" in text.show("zh")


def test_what_replaces_what_and_why() -> None:
    text = told("2020-06-01T00:00", "乙", *REPLACED).show("en")
    assert (
        "superseded by arrival from a high-risk area [high-risk-arrival] on 2020-05-26 10:00: "
        "the plan gives it (clause 1.1) precedence" in text
    )
    assert "suspended until “medical clearance”, and these days do not count" in text
    assert "suspended by symptom of 2020-05-28 10:00" in text


def test_each_suspension_is_told_and_none_after_the_loop_has_ended() -> None:
    ill = [
        {"symptom": {"person": "甲", "at": f"2020-{when}"}} for when in ("05-28T10:00", "06-03T10:00", "06-12T10:00")
    ]
    well = {"clearance": {"person": "甲", "at": "2020-05-30T10:00"}}
    positive = sample("甲", "2020-06-05T09:00", "2020-06-05T20:00", "positive")
    text = told("2020-06-20T00:00", "甲", *ON_TIME[:2], positive, *ill, well).show("en")
    assert "suspended by symptom of 2020-05-28 10:00 (record symptom-1); suspension ended by medical clearance" in text
    assert "suspended by symptom of 2020-06-03 10:00" in text
    assert "symptom-3" not in text


def test_the_same_measure_again_is_joined_or_restarted() -> None:
    twice = (arrival("甲", "2020-05-25T14:00"), arrival("甲", "2020-05-27T14:00"))
    assert "was already running; this opening joins it" in told("2020-06-01T00:00", "甲", *twice).show("en")
    restart = with_first_measure(again=Again.RESTART)
    assert "opened again; the new loop counts" in told("2020-06-01T00:00", "甲", *twice, plan=restart).show("en")


def test_a_gate_says_what_is_missing() -> None:
    request = {"opening_request": {"place": "店", "at": "2020-06-01T08:00"}}
    cleaned = {"disinfection": {"place": "店", "at": "2020-05-31T08:00"}}
    refused = told("2020-06-02T00:00", "店", request).show("zh")
    assert "不准：缺「已消毒」" in refused
    allowed = told("2020-06-02T00:00", "店", request, cleaned).show("en")
    assert "everything is there: allowed" in allowed
    assert "by 2020-06-01 08:00 (any time before counts)" in allowed


def test_a_check_shows_its_condition_and_the_fact_it_was_held_against() -> None:
    unchecked = {"code_check": {"person": "丙", "at": "2020-06-01T08:00", "checked": False}}
    text = told("2020-06-02T00:00", "丙", unchecked)
    assert "开启时须符合：已查验" in text.show("zh")
    assert "（已查验 否，记录 code_check-1）：不成立" in text.show("zh")
    assert "Conclusion: not fulfilled" in text.show("en")


def test_loops_that_do_not_exist_are_not_explained() -> None:
    nobody = told("2020-06-01T00:00", "戊", *ON_TIME)
    assert len(nobody.lines) == 1
    assert "没有闭环" in nobody.show("zh")
    assert "no loop as of 2020-06-01 00:00" in nobody.show("en")
    assert len(told("2020-05-25T13:59", "甲", *ON_TIME).lines) == 1


def test_one_subject_reads_the_same_in_a_crowd() -> None:
    crowd = [arrival(f"路人{i}", "2020-05-25T14:00") for i in range(30)]
    alone = told("2020-06-20T00:00", "甲", *HELD).show("zh")
    among = told("2020-06-20T00:00", "甲", *crowd, *HELD).show("zh")
    assert re.sub(r"arrival-\d+", "", among) == re.sub(r"arrival-\d+", "", alone)
    assert "路人" not in among


def test_an_order_that_is_missing_is_what_the_loop_waits_for() -> None:
    first = replace(PLAN.measures[0].stages[0], days=Input("ordered_days"))
    days = parse("ordered", {"ordered": Type.NUMBER}, {})
    opening = replace(
        PLAN.measures[0].opening,
        inputs={"ordered_days": days},
        lookups=(Lookup("ordered", "health_check", Take.HIGHEST, "temperature"),),
    )
    plan = with_first_measure(stages=(first, PLAN.measures[0].stages[1]), opening=opening)
    text = told("2020-06-20T00:00", "甲", *ON_TIME, plan=plan)
    assert "阶段「集中隔离」的天数（ordered_days）尚未下达" in text.show("zh")
    assert "here ordered_days = unknown (temperature of the highest “health check”; found: " in text.show("en")


def test_what_look_ups_found_is_part_of_the_cause() -> None:
    look = Lookup("tests_before", "test", Take.COUNT, since=Offset(0, -14 * 86_400))
    last = Lookup("last_level", "arrival", Take.LATEST, "level", until=Offset())
    where = parse(
        "tests_before < 1 and last_level == 'high'", {"tests_before": Type.NUMBER, "last_level": Type.TEXT}, {}
    )
    opening = replace(PLAN.measures[0].opening, where=where, lookups=(look, last))
    text = told("2020-06-20T00:00", "甲", arrival("甲", "2020-05-25T14:00"), plan=with_first_measure(opening=opening))
    assert "found: number of “test” = 0; risk of the latest “arrival” = high" in text.show("en")
    assert "次数 = 0；最近的「" in text.show("zh")


def test_a_waiver_is_shown_in_the_place_of_evidence() -> None:
    waiver = Selection("waived", "clearance", Words("免除", "waiver"))
    first = replace(PLAN.measures[0].requirements[0], waiver="waived", then=())
    plan = replace(
        with_first_measure(requirements=(first,), suspend_on=None, clear_on=None),
        selections={**PLAN.selections, "waived": waiver},
    )
    approved_by = Column("approved_by", ColumnType.TEXT, "批准人", "approved by")
    columns = {**KINDS["clearance"].columns, "approved_by": approved_by}
    plan = replace(plan, kinds={**KINDS, "clearance": replace(KINDS["clearance"], columns=columns)})
    granted = {"clearance": {"person": "甲", "at": "2020-05-26T10:00", "approved_by": "县指挥部"}}
    text = told("2020-06-01T00:00", "甲", arrival("甲", "2020-05-25T14:00"), granted, plan=plan)
    assert "no evidence, but waived: medical clearance of 2020-05-26 10:00 (approved by 县指挥部" in text.show("en")
    assert "结论：已批准免除" in text.show("zh")


def test_reactions_and_follow_ups_say_what_they_hang_on() -> None:
    transfer = Requirement(
        "transfer",
        Words("转送", "transfer"),
        Shape.EVENT,
        evidence="clearance",
        trigger="symptom",
        due=Offset(0, 7_200),
        then=(
            Requirement(
                "seen", Words("复查", "seen again"), Shape.FOLLOW, evidence="health_check", due=Offset(0, 86_400)
            ),
        ),
        ends_with_exit=False,
    )
    plan = with_first_measure(requirements=(transfer,), suspend_on=None, clear_on=None)
    ill = {"symptom": {"person": "甲", "at": "2020-05-28T10:00"}}
    cleared = {"clearance": {"person": "甲", "at": "2020-05-28T12:30"}}
    text = told("2020-06-10T00:00", "甲", arrival("甲", "2020-05-25T14:00"), ill, cleared, plan=plan)
    assert "每有一次「症状」，自得知起算" in text.show("zh")
    assert "迟 30 分钟" in text.show("zh")
    assert "follows “transfer”, counted from its evidence" in text.show("en")
    assert "Time: 2020-05-28 12:30 to 2020-05-29 12:30" in text.show("en")


def test_identity_fields_are_never_shown() -> None:
    named = replace(KINDS["arrival"].columns["level"], name="level", personal="identity")
    kinds = {**KINDS, "arrival": replace(KINDS["arrival"], columns={**KINDS["arrival"].columns, "level": named})}
    text = told("2020-06-01T00:00", "甲", *ON_TIME, plan=replace(PLAN, kinds=kinds)).show("zh")
    assert "来返（记录 arrival-1）" in text


@pytest.mark.parametrize(
    ("seconds", "zh", "en"),
    [
        (30, "不到 1 分钟", "less than a minute"),
        (60, "1 分钟", "1 minute"),
        (9_000, "150 分钟", "150 minutes"),
        (90_000, "25 小时", "25 hours"),
        (95_400, "26 小时 30 分钟", "26 hours 30 minutes"),
        (176_400, "2 天 1 小时", "2 days 1 hour"),
    ],
)
def test_lengths_of_time_read_as_people_say_them(seconds: int, zh: str, en: str) -> None:
    assert length(seconds) == Words(zh, en)


def test_lateness_after_a_whole_day_counts_from_midnight() -> None:
    assert late_for(at("2020-05-26") - 1, at("2020-05-26T02:30"), ZONE).en == "150 minutes"
    assert late_for(at("2020-05-26T00:00"), at("2020-05-26T02:30"), ZONE).en == "150 minutes"


def test_windows_read_as_days_where_they_are_days() -> None:
    day, end = at("2020-05-25"), at("2020-05-26") - 1
    assert window(day, end, ZONE).zh == "2020-05-25 当天"
    assert window(day, at("2020-06-08") - 1, ZONE).en == "2020-05-25 to 2020-06-07"
    assert window(at("2020-05-25T14:00"), at("2020-05-25T16:00"), ZONE).en == "2020-05-25 14:00 to 2020-05-25 16:00"
    assert window(None, end, ZONE).zh == "最迟 2020-05-25（此前何时完成都算）"
    assert window(day, None, ZONE).en == "from 2020-05-25, no time limit of its own"


def test_amounts_carry_their_unit() -> None:
    assert amount(14, "d") == Words("14 天", "14 days")
    assert amount(1, "mo") == Words("1 个月", "1 month")
    assert amount(37.3, "celsius") == Words("37.3 ℃", "37.3 °C")
    assert amount(100.0, "percent") == Words("100%", "100%")
    assert amount("city", "text") == Words("city", "city")


def test_conditions_are_told_in_the_words_of_the_vocabulary() -> None:
    text = expression("arrival", "level in ['high', 'medium'] and not level == 'x'").text
    said = in_words(text, {"level": Words("风险", "risk")}, {"high": "高", "medium": "中"})
    assert said.zh == "风险 属于 [高, 中] 且 非 风险 为 x"
    assert said.en == "risk in [high, medium] and not risk is x"
