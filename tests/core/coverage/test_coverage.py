"""A clause runs only if a case would notice the absence of what carries it out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lianfang.core.cases import prepare, run
from lianfang.core.cases.run import differences
from lianfang.core.coverage import Element, Sort, Standing, coverage, elements, prove, without
from lianfang.core.language.lower import walk
from lianfang.core.language.plan import Case, Plan
from lianfang.core.obligations.evaluate import evaluate, program_of
from tests.core.cases.sample_plan import ON_TIME, PLAN, arrival, at, case, facts_of, sample, with_cases

LOOK = "2020-06-20T00:00"
RELEASED = {"loops": [{"measure": "high-risk-arrival", "subject": "甲", "state": "released", "release": "2020-06-15"}]}
FIRST = case("first", ("1.4",), (ON_TIME, LOOK, {"obligations": [{"requirement": "first-sample", "status": "met"}]}))
CHAIN = case("chain", ("1.5",), (ON_TIME, LOOK, {"obligations": [{"requirement": "first-result", "status": "met"}]}))
CENTRAL = case("central", ("1.2",), (ON_TIME, LOOK, RELEASED))
LOOSE = case("loose", ("1.8",), (ON_TIME, LOOK, RELEASED))
EMPTY = case("empty", ("1.9",), (ON_TIME, LOOK, {"no_loops": ["medium-risk-arrival"]}))
GATE = case(
    "gate",
    ("2.2",),
    (({"opening_request": {"place": "店", "at": "2020-06-01T08:00"}},), LOOK, {"loops": [{"outcome": "refused"}]}),
)
RATE = case(
    "rate",
    ("2.3",),
    (
        ({"code_check": {"at": "2020-06-01T08:00", "checked": True, "times": 1}},),
        LOOK,
        {"indicators": [{"percent": 100}]},
    ),
)
WRONG = case("wrong", ("1.3",), (ON_TIME, LOOK, {"loops": [{"release": "2020-06-01"}]}))


def element(key: str, plan: Plan = PLAN) -> Element:
    """An element of the sample plan by its key."""
    return next(e for e in elements(plan) if e.key == key)


def test_every_element_is_listed_once_with_its_clauses() -> None:
    found = {e.key: e.clauses for e in elements(PLAN)}
    assert found["measure/high-risk-arrival"] == ("1.1",)
    assert found["stage/high-risk-arrival/home"] == ("1.3",)
    assert found["requirement/high-risk-arrival/first-sample/first-result"] == ("1.5",)
    assert found["exit/high-risk-arrival/positive"] == ("1.8",)
    assert found["suspension/high-risk-arrival"] == ("1.10",)
    assert found["check/entry-check/checked"] == ("2.1",)
    assert found["indicator/code-checks"] == ("2.3",)
    assert len(found) == len(elements(PLAN)) == 17


def test_dated_versions_of_a_measure_are_one_element() -> None:
    first, *rest = PLAN.measures
    versions = (
        replace(first, valid_to=at("2020-06-01")),
        replace(first, valid_from=at("2020-06-01"), clauses=("1.1", "3.2")),
        *rest,
    )
    plan = replace(PLAN, measures=versions)
    assert element("measure/high-risk-arrival", plan).clauses == ("1.1", "3.2")
    assert all(m.id != "high-risk-arrival" for m in without(plan, element("measure/high-risk-arrival", plan)).measures)


@pytest.mark.parametrize("taken", elements(PLAN), ids=lambda e: e.key)
def test_the_plan_still_runs_without_any_one_element(taken: Element) -> None:
    reduced = without(PLAN, taken)
    left = {e.key for e in elements(reduced)}
    assert taken.key not in left
    assert left < {e.key for e in elements(PLAN)}
    facts = facts_of(*ON_TIME, arrival("乙", "2020-05-25T10:00", "medium"))
    found = evaluate(reduced, facts, at(LOOK))
    assert found.obligations().num_rows + found.loops().num_rows > 0


def test_a_requirement_takes_its_chain_along_and_a_stage_only_what_is_its_own() -> None:
    plan = without(PLAN, element("requirement/high-risk-arrival/first-sample"))
    assert "first-sample/first-result" not in dict(walk(plan.measures[0].requirements))
    kept = without(PLAN, element("stage/high-risk-arrival/central")).measures[0]
    assert [s.id for s in kept.stages] == ["home"]
    assert {r.id: (r.first_stage, r.last_stage) for r in kept.requirements} == {"first-sample": (0, 0), "tests": (0, 0)}


def test_the_only_stage_gives_way_to_one_without_days() -> None:
    kept = next(
        m for m in without(PLAN, element("stage/medium-risk-arrival/home")).measures if m.id.startswith("medium")
    )
    assert [(s.id, s.days, s.binding) for s in kept.stages] == [("handling", 0, True)]


def test_what_counts_a_removed_measure_goes_too_and_nobody_supersedes_it() -> None:
    plan = without(PLAN, element("measure/entry-check"))
    assert [i.id for i in plan.indicators] == ["temperature"]
    assert without(PLAN, element("measure/medium-risk-arrival")).measures[0].supersedes == ()


def test_an_element_is_proved_by_the_case_that_misses_it() -> None:
    proof = prove(with_cases(FIRST, CHAIN, CENTRAL, GATE, RATE))
    verdict = {v.element.key: v for v in proof.verdicts}
    assert verdict["requirement/high-risk-arrival/first-sample"].noticed_by == (("1.4", "first"),)
    assert verdict["stage/high-risk-arrival/central"].proved
    assert verdict["requirement/opening/disinfected"].proved
    assert verdict["indicator/code-checks"].noticed_by == (("2.3", "rate"),)


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("exit/high-risk-arrival/positive", "the cases still pass without it: loose"),
        ("stage/medium-risk-arrival/home", "the cases still pass without it: empty"),
        ("stage/high-risk-arrival/home", "the cases citing it do not pass: wrong"),
        ("suspension/high-risk-arrival", "no case cites its clauses"),
    ],
)
def test_an_unproved_element_says_why(key: str, reason: str) -> None:
    proof = prove(with_cases(LOOSE, EMPTY, WRONG))
    verdict = next(v for v in proof.unproved if v.element.key == key)
    assert verdict.reason is not None
    assert verdict.reason.en == reason
    assert verdict.reason.zh != reason
    assert proof.failing == ("wrong",)


def test_a_case_that_only_says_what_is_absent_proves_nothing() -> None:
    plan = with_cases(EMPTY)
    assert not run(plan, EMPTY)
    standing = {r.clause.id: r.standing for r in coverage(plan, prove(plan)).rows}
    assert standing["1.9"] == Standing.CLAIMED


def test_a_clause_runs_only_when_all_that_cite_it_are_proved() -> None:
    plan = with_cases(FIRST, GATE, RATE)
    rows = {r.clause.id: r for r in coverage(plan, prove(plan)).rows}
    assert rows["1.4"].standing == Standing.RUNNING
    assert rows["2.2"].standing == Standing.RUNNING
    assert rows["1.5"].standing == Standing.CLAIMED
    assert rows["3.1"].standing == Standing.PRINCIPLE
    assert rows["3.2"].standing == Standing.NOT_YET
    with_another = replace(plan, measures=(replace(plan.measures[0], clauses=("1.1", "1.4")), *plan.measures[1:]))
    again = {r.clause.id: r for r in coverage(with_another, prove(with_another)).rows}
    assert again["1.4"].standing == Standing.RUNNING
    exit_citing = replace(plan.measures[0].exits[0], clauses=("1.4",))
    unnoticed = replace(plan, measures=(replace(plan.measures[0], exits=(exit_citing,)), *plan.measures[1:]))
    row = next(r for r in coverage(unnoticed, prove(unnoticed)).rows if r.clause.id == "1.4")
    assert row.standing == Standing.CLAIMED
    assert [v.element.id for v in row.unproved] == ["positive"]


def test_a_clause_cited_by_no_case_is_not_running_even_if_a_neighbour_proves_its_element() -> None:
    both = replace(PLAN.measures[0].requirements[0], clauses=("1.4", "3.2"))
    measure = replace(PLAN.measures[0], requirements=(both, *PLAN.measures[0].requirements[1:]))
    plan = replace(with_cases(FIRST), measures=(measure, *PLAN.measures[1:]))
    rows = {r.clause.id: r.standing for r in coverage(plan, prove(plan)).rows}
    assert (rows["1.4"], rows["3.2"]) == (Standing.RUNNING, Standing.CLAIMED)


def test_without_a_proof_nothing_is_running() -> None:
    found = coverage(with_cases(FIRST))
    assert found.count(Standing.RUNNING) == 0
    assert found.count(Standing.CLAIMED) == 13
    assert found.count(Standing.CLAIMED, "schedule") == 3
    assert "principle" in found.kinds()


def test_only_the_named_clauses_are_proved_and_progress_is_told() -> None:
    seen: list[tuple[int, int, str]] = []
    proof = prove(with_cases(FIRST, GATE), lambda i, n, e: seen.append((i, n, e.key)), only=("2.2",))
    assert [v.element.sort for v in proof.verdicts] == [Sort.MEASURE, Sort.REQUIREMENT]
    assert seen == [(1, 2, "measure/opening"), (2, 2, "requirement/opening/disinfected")]


def test_a_case_is_not_disturbed_by_the_removal_of_what_it_does_not_look_at() -> None:
    positive: Case = case(
        "positive",
        ("1.8",),
        (
            (*ON_TIME[:2], sample("甲", "2020-05-30T09:00", "2020-05-30T20:00", "positive")),
            LOOK,
            {"loops": [{"exit": "positive"}]},
        ),
    )
    prepared = prepare(PLAN, positive)
    harmless = without(PLAN, element("requirement/high-risk-arrival/daily-check"))
    assert not list(differences(harmless, prepared, program_of(harmless)))
    needed = without(PLAN, element("exit/high-risk-arrival/positive"))
    assert len(list(differences(needed, prepared, program_of(needed)))) == 1
