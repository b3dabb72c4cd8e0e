"""Leaving out and renaming parts of the plans one builds on: what else spoke of them follows or is told so."""

from __future__ import annotations

from collections.abc import Mapping

from lianfang.core.complaint import Complaint
from lianfang.core.language.load import load
from lianfang.core.language.plan import Plan

VOCABULARY = {
    "people.yaml": """
kind: stay
name: {zh: 旅居, en: stay}
subject: person
time: at
columns:
  at: {type: time, required: true, zh: 时间, en: at}
  patrol: {type: ref, to: area, zh: 片区, en: beat}
"""
}
CLAUSES = 'clauses:\n  "1": {kind: rule, zh: 一, en: one}\n'
PLAN = "plan: {id}\nname: {{zh: 预案, en: plan}}\nissued: 2020-05-01\n"
PATROL = """
kind: patrol
name: {zh: 巡视, en: patrol}
subject: area
time: at
columns:
  at: {type: time, required: true, zh: 时间, en: at}
  finding: {type: text, zh: 发现, en: finding}
"""
CITY = {
    "plan.yaml": PLAN.format(id="city") + "order: [second, first]\n",
    "clauses.yaml": CLAUSES,
    "patrol.yaml": PATROL,
    "days.yaml": """
parameter: days
name: {zh: 天数, en: days}
unit: d
clause: "1"
values: {2020-05-01: 14}
---
parameter: days.more
name: {zh: 天数, en: days}
unit: d
clause: "1"
values: {2020-05-01: 21}
""",
    "measures.yaml": """
measure: first
name: {zh: 一, en: first}
clauses: ["1"]
binds: person
opens:
  on: stay
  with: {seen: {latest: patrol.finding, of: patrol, until: 0 d}}
stages: [{stage: watch, name: {zh: 观察, en: watch}, days: $days}]
---
measure: second
name: {zh: 二, en: second}
binds: person
opens: {on: loop, where: measure == 'first'}
stages: [{stage: watch, name: {zh: 观察, en: watch}, days: $days.more}]
supersedes: [first]
---
indicator: share
name: {zh: 比例, en: share}
of_facts: patrol
take: count
""",
}


def district(says: str, **files: str) -> tuple[Plan | None, tuple[Complaint, ...]]:
    mine = {
        "plan.yaml": PLAN.format(id="district") + "extends: [city]\n" + says,
        "clauses.yaml": CLAUSES,
        **{f"{name}.yaml": text for name, text in files.items()},
    }
    library: Mapping[str, Mapping[str, str]] = {"city": CITY}
    return load(mine, library.get, VOCABULARY)


def built(says: str, **files: str) -> Plan:
    plan, complaints = district(says, **files)
    assert complaints == ()
    assert plan is not None
    return plan


def test_a_renamed_kind_is_followed_by_look_ups_and_indicators_but_no_column_is() -> None:
    own = PATROL.replace("subject: area", "subject: place")
    plan = built("rename: {city: {kind: {patrol: area_patrol}}}\n", patrol=own)
    (lookup,) = plan.measures[1].opening.lookups
    assert (lookup.kind, lookup.of) == ("area_patrol", "patrol")
    assert (plan.kinds["patrol"].subject, plan.kinds["area_patrol"].subject) == ("place", "area")
    assert [indicator.of_facts for indicator in plan.indicators] == ["area_patrol"]


def test_a_renamed_parameter_is_not_taken_for_a_longer_name() -> None:
    plan = built("rename: {city: {parameter: {days: city.days}}}\n")
    assert set(plan.parameters) == {"city.days", "days.more"}
    assert {m.id: m.stages[0].days for m in plan.measures} == {"first": 14, "second": 21}


def test_a_renamed_measure_is_followed_by_order_precedence_and_loops_on_it() -> None:
    plan = built("rename: {city: {measure: {first: city-first}}}\n")
    assert [measure.id for measure in plan.measures] == ["second", "city-first"]
    assert plan.measures[0].supersedes == ("city-first",)
    assert "city-first" in repr(plan.measures[0].opening.where)


def test_a_measure_left_out_falls_out_of_order_and_precedence() -> None:
    plan = built("without: {city: {measure: [second]}}\n")
    assert [measure.id for measure in plan.measures] == ["first"]


def test_what_still_speaks_of_something_left_out_is_told_so() -> None:
    plan, complaints = district("without: {city: {kind: [patrol]}}\n")
    assert plan is None
    assert {complaint.file for complaint in complaints} == {"city/measures.yaml"}


def test_a_measure_left_out_may_be_replaced_by_ones_own_of_that_name() -> None:
    own = CITY["measures.yaml"].split("---")[0].replace("$days", "30")
    plan = built("without: {city: {measure: [first]}}\n", measures=own)
    assert {m.id: m.stages[0].days for m in plan.measures} == {"first": 30, "second": 21}
    assert plan.measures[0].supersedes == ("first",)


def test_nothing_is_left_out_of_ones_own_pack_by_speaking_of_another() -> None:
    own = CITY["measures.yaml"].split("---")[0].replace("$days", "30")
    _, complaints = district("without: {town: {measure: [first]}}\n", measures=own)
    assert {complaint.id for complaint in complaints} == {"pack:adapts-no-pack", "pack:conflict"}
