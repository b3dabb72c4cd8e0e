"""From the words of a pack to the meaning of a measure: windows, versions, counting, waivers, inheritance."""

from __future__ import annotations

from pathlib import Path

import pytest

from lianfang.core.complaint import Complaint
from lianfang.core.days.text import parse_instant
from lianfang.core.language.load import load
from lianfang.core.language.measure import Again, Fixed, Floor, Input, Measure, Mode, Offset, Requirement, Shape, Words
from lianfang.core.language.plan import Plan
from lianfang.core.language.predicate import Expression, evaluate_row
from lianfang.reach.packs import load_pack

FIXTURES = Path(__file__).parents[2] / "fixtures"
VOCABULARY = {"people.yaml": (FIXTURES / "broken_packs/vocabulary/people.yaml").read_text(encoding="utf-8")}
PLAN = "plan: trial\nname: {zh: 试, en: trial}\nissued: 2020-05-21\n"
CLAUSES = 'clauses:\n  "1": {kind: rule, zh: 甲, en: a}\n  1.10: {kind: rule, zh: 乙, en: b}\n'
HEAD = "measure: m\nname: {zh: 措施, en: measure}\nbinds: person\nopens: {on: arrival}\n"
STAGES = (
    "stages:\n"
    "  - {stage: central, name: {zh: 集中, en: central}, days: 14}\n"
    "  - {stage: home, name: {zh: 居家, en: home}, days: 7}\n"
)
DAY, HOUR = 86_400, 3_600


def told(**files: str) -> tuple[Plan | None, tuple[Complaint, ...]]:
    named = {f"{name}.yaml": text for name, text in files.items()}
    return load({"plan.yaml": PLAN, "clauses.yaml": CLAUSES, **named}, lambda name: None, VOCABULARY)


def plan_of(**files: str) -> Plan:
    plan, complaints = told(**files)
    assert plan is not None, [complaint.show("en") for complaint in complaints]
    return plan


def measure_of(text: str, **files: str) -> Measure:
    return plan_of(measure=HEAD + text, **files).measures[0]


def requirement_of(text: str, stages: str = STAGES) -> Requirement:
    written = f"requires:\n  - {{requirement: r, name: {{zh: 要求, en: r}}, {text}}}\n"
    return measure_of(stages + written).requirements[0]


def window_of(text: str, stages: str = STAGES) -> tuple[Offset | None, Offset | None, Offset | None]:
    requirement = requirement_of(f"evidence: check, {text}", stages)
    return requirement.start, requirement.due, requirement.until


def start(days: int, months: int = 0) -> Offset:
    return Offset(months, days * DAY, Mode.DAY_START)


def end(days: int, months: int = 0) -> Offset:
    return Offset(months, days * DAY, Mode.DAY_END)


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("on: day 1", (start(0), end(0), None)),
        ("on: day 14", (start(13), end(13), None)),
        ("within: 24 h", (Offset(), Offset(0, 24 * HOUR), None)),
        ("within: 3 d", (Offset(), end(3), None)),
        ("within: 30 min", (Offset(), Offset(0, 1800), None)),
        ("by: -3 d", (None, end(-3), None)),
        ("from: any, due: 0 h", (None, Offset(), None)),
        ("from: -48 h, due: 1 mo, until: none", (Offset(0, -48 * HOUR), end(0, months=1), None)),
        ("from: 2 d, due: none, until: end of day 5", (start(2), None, end(4))),
        ("from: any, due: 1 mo - 1 d", (None, Offset(1, -DAY, Mode.DAY_END), None)),
        ("by: 2 d - 6 h", (None, Offset(0, 2 * DAY - 6 * HOUR), None)),
        ("from: day 3", (start(2), None, None)),
        ("on: day 1, every: 1 d", (start(0), end(0), start(1))),
        ("every: 7 d, times: 2", (start(0), end(6), start(7))),
        ("every: 1 mo", (start(0), Offset(1, -DAY, Mode.DAY_END), start(0, months=1))),
        ("every: 12 h", (Offset(), Offset(0, 12 * HOUR), Offset(0, 12 * HOUR))),
        ("on: day 1, every: 1 d, until: 3 d", (start(0), end(0), end(3))),
    ],
)
def test_a_window_means_whole_civil_days_or_exact_hours(
    text: str, window: tuple[Offset | None, Offset | None, Offset | None]
) -> None:
    assert window_of(text) == window


def test_an_exact_measure_counts_days_as_24_hours() -> None:
    assert window_of("within: 3 d", "clock: exact\n" + STAGES) == (Offset(), Offset(0, 3 * DAY), None)
    assert window_of("on: day 2", "clock: exact\n" + STAGES) == (start(1), end(1), None)


def test_the_last_day_is_the_one_before_the_stage_ends() -> None:
    requirement = requirement_of("evidence: check, on: last day, during: central")
    assert (requirement.anchor, requirement.first_stage, requirement.last_stage) == (Fixed.STAGE_END, 0, 0)
    assert (requirement.start, requirement.due) == (Offset(0, -1, Mode.DAY_START), Offset(0, -1, Mode.DAY_END))


def test_a_requirement_runs_through_all_stages_unless_it_says_otherwise() -> None:
    assert requirement_of("evidence: check, on: day 1").last_stage == 1
    assert requirement_of("evidence: check, on: day 1, during: home").first_stage == 1
    both = requirement_of("evidence: check, on: day 1, during: [central, home]")
    assert (both.first_stage, both.last_stage) == (0, 1)


def test_a_recurring_requirement_goes_on_to_the_end_unless_it_is_counted() -> None:
    assert requirement_of("evidence: check, every: 1 d").to_stage_end
    counted = requirement_of("evidence: check, every: 1 d, times: 3")
    assert (counted.to_stage_end, counted.times) == (False, 3)


def test_a_count_invents_no_days() -> None:
    requirement = requirement_of("evidence: test, count: 3, gap: 24 h, gates: true")
    assert (requirement.shape, requirement.times, requirement.gap) == (Shape.COUNT, 3, 24 * HOUR)
    assert requirement.gates
    assert requirement.due is None


def test_what_follows_an_exit_does_not_end_with_it() -> None:
    requirement = requirement_of("after_exit: true, evidence: check, within: 2 h")
    assert (requirement.shape, requirement.trigger, requirement.ends_with_exit) == (Shape.EVENT, None, False)
    each = requirement_of("after_each: test, evidence: check, within: 2 h, anchored_to: week")
    assert (each.trigger, each.ends_with_exit, each.floor) == ("test", False, Floor.WEEK)


def test_a_result_and_a_follow_up_stand_under_their_requirement() -> None:
    children = (
        "[{requirement: result, name: {zh: 结果, en: r}, result_within: 24 h},"
        " {requirement: visit, name: {zh: 走访, en: v}, evidence: check, within: 2 d, gates: true}]"
    )
    requirement = requirement_of(f"evidence: test, on: day 1, during: home, then: {children}")
    result, visit = requirement.then
    assert (result.shape, result.due, result.first_stage) == (Shape.RESULT, Offset(0, 24 * HOUR), 1)
    assert (visit.shape, visit.due, visit.gates) == (Shape.FOLLOW, end(2), True)


def test_by_is_an_owner_unless_it_is_a_time() -> None:
    assert requirement_of("evidence: check, on: day 1, by: 县卫健局").by == Words("县卫健局", "县卫健局")
    assert requirement_of("evidence: check, on: day 1, by: {zh: 县卫健局, en: county}").by == Words(
        "县卫健局", "county"
    )
    assert requirement_of("evidence: check, by: 3 d").by is None
    lead = requirement_of("evidence: check, on: day 1, by: {of: first_listed(units)}").by
    assert isinstance(lead, Expression)
    assert evaluate_row(lead, {"units": "卫健局、公安局"}, 0) == "卫健局"


def test_a_measure_without_stages_ends_when_its_requirements_are_met() -> None:
    (stage,) = measure_of("").stages
    assert (stage.id, stage.days, stage.binding) == ("handling", 0, True)


def test_every_requirement_of_a_gate_gates() -> None:
    measure = measure_of(
        "gate: true\nrequires:\n  - {requirement: r, name: {zh: 甲, en: a}, evidence: test, from: any, due: 0 h}\n"
        "  - {requirement: c, name: {zh: 甲, en: a}, check: crew}\n"
    )
    assert measure.gate
    assert [(r.shape, r.gates) for r in measure.requirements] == [(Shape.WINDOW, True), (Shape.CHECK, True)]


def test_what_is_not_said_is_the_usual() -> None:
    measure = measure_of("")
    assert (measure.civil, measure.holding, measure.again, measure.gate) == (True, True, Again.ABSORBED, False)
    assert (measure.released_as, measure.valid_from, measure.valid_to) == ("released", None, None)


def test_civil_law_counting_releases_one_day_later_once() -> None:
    stages = STAGES + "  - {stage: watch, name: {zh: 观察, en: w}, days: 30, counted_from: day_one}\n"
    usual = plan_of(measure=HEAD + stages)
    later = plan_of(plan=PLAN + "first_day: not_counted\n", measure=HEAD + stages)
    assert [stage.days for stage in usual.measures[0].stages] == [14, 7, 30]
    assert [stage.days for stage in later.measures[0].stages] == [15, 7, 31]
    assert not later.first_day_counted


def test_civil_law_counting_adds_a_day_to_ordered_days_and_none_to_handling() -> None:
    text = "inputs: {ordered: count_listed(units)}\nstages: [{stage: s, name: {zh: 甲, en: a}, days: ordered}]\n"
    measure = plan_of(plan=PLAN + "first_day: not_counted\n", measure=HEAD + text).measures[0]
    days = measure.stages[0].days
    assert days == Input("ordered+1")
    assert evaluate_row(measure.opening.inputs["ordered+1"], {"units": "甲、乙"}, 0) == 3
    handling = plan_of(plan=PLAN + "first_day: not_counted\n", measure=HEAD).measures[0]
    assert handling.stages[0].days == 0


PARAMETER = (
    "parameter: days\nname: {zh: 天数, en: days}\nunit: d\nclause: 1.10\n"
    "values: {2020-07-01: 21, 2020-05-21: 14, 2020-08-01: 21}\n"
)
DATED = HEAD + "stages: [{stage: s, name: {zh: 甲, en: a}, days: $days}]\n"


def test_a_measure_has_one_version_for_each_stretch_of_equal_values() -> None:
    versions = plan_of(days=PARAMETER, measure=DATED).measures
    july = parse_instant("2020-07-01", 28_800)
    assert [(m.stages[0].days, m.valid_from, m.valid_to) for m in versions] == [(14, None, july), (21, july, None)]
    assert versions[0].parameters == {"stages/s/days": "days"}


def test_a_selection_keeps_the_values_of_its_measures_version() -> None:
    selection = "selection: hot\nname: {zh: 热, en: hot}\nof: check\nwhere: temperature >= $days\n"
    text = HEAD + "exits: [{exit: x, name: {zh: 出, en: out}, on: hot}]\n"
    plan = plan_of(days=PARAMETER, selections=selection, measure=text)
    used = [measure.exits[0].on[0] for measure in plan.measures]
    assert used == ["hot@2020-05-21", "hot@2020-07-01"]
    old, new = (plan.selections[name].where for name in used)
    assert old is not None
    assert new is not None
    assert evaluate_row(old, {"temperature": 15}, 0) is True
    assert evaluate_row(new, {"temperature": 15}, 0) is False


def test_clause_numbers_keep_their_zeros() -> None:
    plan = plan_of(days=PARAMETER, measure=DATED)
    assert set(plan.clauses) == {"1", "1.10"}
    assert plan.parameters["days"].clause == "1.10"


def test_a_selection_that_reads_a_result_is_seen_with_the_result() -> None:
    text = "selection: {0}\nname: {{zh: 甲, en: a}}\nof: test\nwhere: {1}\n"
    both = text.format("late", "result == 'positive'") + "---\n" + text.format("early", "is_known(sampled_at)")
    plan = plan_of(selections=both, measure=HEAD)
    assert plan.selections["late"].by_result
    assert not plan.selections["early"].by_result
    assert plan.selections["test"].where is None


def test_a_waiver_names_its_measure_and_requirement() -> None:
    text = "requires:\n  - {requirement: r, name: {zh: 甲, en: a}, evidence: check, on: day 1, waivable: true}\n"
    plan = plan_of(measure=HEAD + text)
    waiver = plan.selections[plan.measures[0].requirements[0].waiver or ""]
    assert waiver.kind == "waiver"
    assert waiver.where is not None
    assert evaluate_row(waiver.where, {"measure": "m", "requirement": "r"}, 0) is True
    assert evaluate_row(waiver.where, {"measure": "m", "requirement": "q"}, 0) is False


def test_a_measure_may_open_on_the_result_of_another() -> None:
    text = (
        "measure: next\nname: {zh: 后续, en: next}\nbinds: person\n"
        "opens: {on: loop, where: measure == 'm' and state == 'released', at: ended_at}\n"
    )
    plan = plan_of(measure=HEAD, next=text)
    assert plan.measures[1].opening.on == "loop"
    _, complaints = told(measure=HEAD, next=text.replace("'m'", "'n'"))
    assert [complaint.id for complaint in complaints] == ["expression:no-such-choice"]


def test_the_order_of_a_plan_is_the_one_it_lists_then_the_one_of_its_files() -> None:
    second = HEAD.replace("measure: m", "measure: b")
    third = HEAD.replace("measure: m", "measure: a")
    plan = plan_of(plan=PLAN + "order: [a]\n", measure=HEAD, z1=second, z2=third)
    assert [measure.id for measure in plan.measures] == ["a", "m", "b"]


def test_warnings_do_not_stand_in_the_way_of_a_plan() -> None:
    plan, complaints = told(days=PARAMETER, measure=HEAD)
    assert plan is not None
    assert [(complaint.id, complaint.level) for complaint in complaints] == [("pack:unused-parameter", "warning")]


def city() -> dict[str, str]:
    return {
        "plan.yaml": PLAN.replace("trial", "city") + "deviations: stricter\n",
        "clauses.yaml": CLAUSES,
        "days.yaml": PARAMETER,
        "measure.yaml": DATED.replace("stages", "clauses: [1.10]\nstages", 1),
        "case.yaml": "case: c\nas_of: 2020-06-01\nexpect: {loops: [{measure: m}]}\n",
    }


def district(**files: str) -> tuple[Plan | None, tuple[Complaint, ...]]:
    named = {f"{name}.yaml": text for name, text in files.items()}
    return load(named, lambda name: city() if name == "city" else None, VOCABULARY)


DISTRICT = PLAN + "extends: [city]\n"


def test_a_district_builds_on_its_city() -> None:
    plan, complaints = district(plan=DISTRICT, clauses=CLAUSES)
    assert complaints == ()
    assert plan is not None
    assert plan.packs == ("city", "trial")
    assert plan.measures[0].clauses == ("city:1.10",)
    assert set(plan.clauses) == {"1", "1.10", "city:1", "city:1.10"}
    assert plan.cases == ()


def test_a_district_replaces_on_purpose_only() -> None:
    stricter = PARAMETER.replace("14", "21")
    _, refused = district(plan=DISTRICT, clauses=CLAUSES, days=stricter)
    assert [(c.id, c.file, c.allowed) for c in refused] == [("pack:conflict", "days.yaml", "city/days.yaml:1:12")]
    meant = DISTRICT + "overrides: {parameter: [days]}\n"
    plan, complaints = district(plan=meant, clauses=CLAUSES, days=stricter)
    assert complaints == ()
    assert plan is not None
    assert [measure.stages[0].days for measure in plan.measures] == [21]


def test_a_laxer_value_is_refused_where_only_stricter_ones_are_allowed() -> None:
    meant = DISTRICT + "overrides: {parameter: [days]}\n"
    plan, complaints = district(plan=meant, clauses=CLAUSES, days=PARAMETER.replace("21,", "7,"))
    assert plan is None
    assert [(c.id, c.found) for c in complaints] == [("pack:deviation", "2020-07-01: 7")]


def test_the_values_of_a_case_keep_their_text() -> None:
    case = (
        "case: c\nas_of: 2020-06-01T08:00\nexpect: {loops: [{measure: m, number: 1}]}\n"
        "given: [{arrival: {person: 007, at: 2020-05-25, units: 1.10, crew: true, times: 2}}]\n"
    )
    (step,) = plan_of(measure=HEAD, case=case).cases[0].steps
    (fact,) = step.given
    assert fact == {"arrival": {"person": "007", "at": "2020-05-25", "units": "1.10", "crew": True, "times": 2}}
    assert step.as_of == parse_instant("2020-06-01T08:00", 28_800)
    assert step.expect == {"loops": [{"measure": "m", "number": 1}]}


def test_the_demonstration_pack_is_free_of_complaints() -> None:
    plan, complaints = load_pack(FIXTURES / "packs" / "demo")
    assert complaints == ()
    assert plan is not None
    assert [(m.id, m.valid_from is None) for m in plan.measures] == [
        ("high-risk-arrival", True),
        ("high-risk-arrival", False),
        ("medium-risk-arrival", True),
        ("entry-check", True),
    ]
    high = plan.measures[0]
    assert high.opening.lookups[0].since == start(-14)
    assert high.parameters["requires/transfer/within"] == "transfer.limit"
    assert high.parameters["requires/first-sample/first-result/result_within"] == "tests.result_limit"
    assert (high.clauses, high.suspend_clauses) == (("1.1",), ("1.5",))
