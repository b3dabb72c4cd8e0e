"""What one plan changes against another, in the words of the plan."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from lianfang.core.difference import Op, Paired, Sort, diff
from lianfang.core.difference import elements as elements_of_plans
from lianfang.core.language.measure import (
    Again,
    Exit,
    Fixed,
    Floor,
    Input,
    Lookup,
    Measure,
    Mode,
    Offset,
    Requirement,
    Shape,
    Stage,
    Take,
    Words,
)
from lianfang.core.language.plan import Clause, Indicator, Parameter, Plan, Target
from lianfang.reach.packs import plan_ids
from tests.core.difference.plans_compared import (
    DAY,
    at,
    change,
    plan,
    plus_requirement,
    said,
    with_days,
    with_measure,
    with_requirement,
    with_stage,
)

FOURTEEN, SEVEN = plan("fourteen"), plan("seven")


def others(of: Plan, known: Plan) -> set[str]:
    """Ids of the changed elements."""
    return {c.id for c in diff(known, of).changes}


@pytest.mark.parametrize("pack", plan_ids())
def test_a_plan_against_itself_changes_nothing(pack: str) -> None:
    found = diff(plan(pack), plan(pack))
    assert found.changes == ()
    assert {pair.how for pair in found.pairs} == {Paired.ID}


def test_a_shorter_stage_is_said_in_days_with_the_parameter_behind_it() -> None:
    found = change(diff(FOURTEEN, SEVEN), "central")
    assert (found.op, found.sort, found.measure) == (Op.CHANGED, Sort.STAGE, "arrival-isolation")
    assert said(found) == {"length": ("14 天", "7 天")}
    assert found.fields[0].after.en == "7 days"
    assert found.because == ("central_days",)
    assert found.clauses == ("1.a",)


def test_a_parameter_tells_its_value_its_date_and_whether_the_text_gives_it() -> None:
    found = said(change(diff(FOURTEEN, SEVEN), "result_hours"))
    assert found["value"] == ("24 小时", "12 小时")
    assert found["date"] == ("2020-05-21", "2020-11-11")
    assert found["from_text"] == ("条文", "本系统设定")
    assert found["clause"] == ("1.b", "")
    assert found["why"] == ("", "新文没有写时限")


def test_parameters_come_and_go() -> None:
    spare = Parameter("rooms", Words("房间", "rooms"), "count", "1.a", ((date(2020, 11, 11), 50),))
    more = replace(FOURTEEN, parameters={**FOURTEEN.parameters, "rooms": spare})
    assert (change(diff(FOURTEEN, more), "rooms").op, said(change(diff(FOURTEEN, more), "rooms"))["value"]) == (
        Op.ADDED,
        ("", "50"),
    )
    assert said(change(diff(more, FOURTEEN), "rooms"))["value"] == ("50", "")


def test_clauses_are_added_removed_and_reworded() -> None:
    found = {c.id: (c.op, said(c)) for c in diff(FOURTEEN, SEVEN).changes if c.sort is Sort.CLAUSE}
    assert {id: op for id, (op, _) in found.items()} == {"1.a": Op.CHANGED, "1.f": Op.REMOVED, "1.g": Op.ADDED}
    assert found["1.a"][1] == {
        "wording": ("来返人员集中隔离十四天，再居家七天。", "来返人员集中隔离七天，再居家三天。")
    }


def test_a_clause_with_the_same_number_and_another_matter_is_another_text() -> None:
    gist = Words("市场每月消杀一次。", "Markets are disinfected every month.")
    other = replace(FOURTEEN, clauses={**FOURTEEN.clauses, "1.e": Clause("1.e", "rule", gist)})
    assert set(said(change(diff(FOURTEEN, other), "1.e"))) == {"other_text"}


def test_a_measure_that_goes_takes_what_it_requires_along() -> None:
    gone = {c.id for c in diff(FOURTEEN, SEVEN).changes if c.op is Op.REMOVED and c.measure == "red-code"}
    assert gone == {"red-code", "registered"}


def test_a_new_requirement_says_what_when_and_of_whom() -> None:
    found = change(diff(FOURTEEN, SEVEN), "fifth-day")
    assert (found.op, found.clauses) == (Op.ADDED, ("1.g",))
    assert said(found)["evidence"] == ("", "核酸检测")
    assert said(found)["due"] == ("", "第 5 天末")


def test_a_chained_requirement_is_named_by_its_path() -> None:
    found = change(diff(FOURTEEN, SEVEN), "first-sample/first-result")
    assert said(found) == {"due": ("24 小时之后", "12 小时之后")}
    assert found.because == ("result_hours",)


def test_an_indicator_tells_its_new_target() -> None:
    assert said(change(diff(FOURTEEN, SEVEN), "first-samples")) == {"target": ("≥ 95", "≥ 100")}


def test_changes_stand_under_their_first_clause_in_the_order_of_the_document() -> None:
    groups = {g.clause: [c.id for c in g.changes] for g in diff(FOURTEEN, SEVEN).by_clause()}
    assert list(groups) == ["1.a", "1.b", "1.g", "1.f", None]
    assert groups["1.a"] == ["1.a", "central_days", "home_days", "central", "home"]
    assert groups[None] == ["seven"]


def test_every_change_stands_in_exactly_one_group() -> None:
    found = diff(plan(plan_ids()[0]), plan(plan_ids()[1]))
    grouped = [c for g in found.by_clause() for c in g.changes]
    assert len(grouped) == len(found.changes)
    assert set(grouped) == set(found.changes)


@pytest.mark.parametrize(("first", "second"), [("fourteen", "seven"), (plan_ids()[0], plan_ids()[2])])
def test_what_is_added_one_way_is_removed_the_other_way(first: str, second: str) -> None:
    there, back = diff(plan(first), plan(second)), diff(plan(second), plan(first))
    for op, opposite in ((Op.ADDED, Op.REMOVED), (Op.REMOVED, Op.ADDED), (Op.CHANGED, Op.CHANGED)):
        assert Counter(c.sort for c in there.changes if c.op is op) == Counter(
            c.sort for c in back.changes if c.op is opposite
        )
    turned = {
        (c.sort, c.id, f.field, f.before, f.after) for c in there.changes for f in c.fields if c.id in {"central"}
    }
    assert turned == {
        (c.sort, c.id, f.field, f.after, f.before) for c in back.changes for f in c.fields if c.id in {"central"}
    }


def test_a_renamed_measure_is_paired_by_its_clauses() -> None:
    renamed = with_measure(FOURTEEN, "arrival-isolation", lambda m: replace(m, id="returnees"))
    (pair,) = [p for p in diff(FOURTEEN, renamed).pairs if p.after == "returnees"]
    assert (pair.before, pair.how) == ("arrival-isolation", Paired.CLAUSES)
    assert said(change(diff(FOURTEEN, renamed), "returnees")) == {"id": ("arrival-isolation", "returnees")}


def test_without_common_clauses_a_measure_is_paired_by_what_opens_it() -> None:
    def other(m: Measure) -> Measure:
        bare = replace(m, id="returnees", clauses=("9.z",), stages=tuple(replace(s, clauses=()) for s in m.stages))
        return replace(bare, requirements=tuple(replace(r, clauses=()) for r in m.requirements))

    renamed = with_measure(FOURTEEN, "arrival-isolation", other)
    (pair,) = [p for p in diff(FOURTEEN, renamed).pairs if p.after == "returnees"]
    assert (pair.before, pair.how) == ("arrival-isolation", Paired.OPENING)


def test_measures_about_different_subjects_are_never_paired() -> None:
    moved = with_measure(FOURTEEN, "arrival-isolation", lambda m: replace(m, subject="place"))
    ops = {c.op for c in diff(FOURTEEN, moved).changes if c.sort is Sort.MEASURE}
    assert ops == {Op.ADDED, Op.REMOVED}


def test_a_change_that_holds_only_for_later_openings_is_dated() -> None:
    later = at("2020-07-01")
    (old,) = [m for m in FOURTEEN.measures if m.id == "arrival-isolation"]
    short = next(m for m in with_days(FOURTEEN, (7, 7)).measures if m.id == "arrival-isolation")
    rest = [m for m in FOURTEEN.measures if m.id != "arrival-isolation"]
    dated = replace(FOURTEEN, measures=(replace(old, valid_to=later), replace(short, valid_from=later), *rest))
    (found,) = diff(FOURTEEN, dated).changes
    assert (found.id, found.since, found.until) == ("central", later, None)
    (back,) = diff(dated, with_days(FOURTEEN, (7, 7))).changes
    assert (back.id, back.since, back.until) == ("central", None, later)


def test_a_change_that_holds_for_a_while_has_a_beginning_and_an_end() -> None:
    first, second, third = at("2020-07-01"), at("2020-08-01"), at("2020-09-01")
    old, short = (
        next(m for m in p.measures if m.id == "arrival-isolation") for p in (FOURTEEN, with_days(FOURTEEN, (7, 7)))
    )
    longer = replace(short, requirements=())
    versions = (
        replace(old, valid_to=first),
        replace(short, valid_from=first, valid_to=second),
        replace(longer, valid_from=second, valid_to=third),
        replace(old, valid_from=third),
    )
    dated = replace(FOURTEEN, measures=(*versions, *(m for m in FOURTEEN.measures if m.id == "red-code")))
    found = {c.id: (c.since, c.until) for c in diff(FOURTEEN, dated).changes}
    assert found["central"] == (first, third)
    assert found["daily"] == (second, third)


def test_a_look_up_over_another_window_is_a_change_of_the_measure() -> None:
    def over(days: int) -> Plan:
        lookup = Lookup("stays", "stay", Take.COUNT, since=Offset(0, -days * DAY, Mode.DAY_START))
        return with_measure(FOURTEEN, "red-code", lambda m: replace(m, opening=replace(m.opening, lookups=(lookup,))))

    found = said(change(diff(over(14), over(21)), "red-code"))
    assert found == {"with/stays": ("次数 stay；前 14 天 … 不限", "次数 stay；前 21 天 … 不限")}


def test_a_plan_that_builds_on_another_has_the_clauses_of_the_other() -> None:
    base = {f"fourteen:{id}": replace(c, id=f"fourteen:{id}") for id, c in FOURTEEN.clauses.items()}

    def citing(m: Measure) -> Measure:
        return replace(m, clauses=tuple(f"fourteen:{c}" for c in m.clauses))

    upper = replace(FOURTEEN, id="upper", packs=("fourteen", "upper"), clauses=base)
    found = diff(FOURTEEN, with_measure(upper, "red-code", citing))
    assert [c for c in found.changes if c.measure == "red-code" and c.sort is Sort.MEASURE] == []
    assert [c for c in found.changes if c.sort is Sort.CLAUSE] == []


def test_a_selection_that_means_something_else_is_told_with_the_clauses_that_rest_on_it() -> None:
    negative = FOURTEEN.selections["nat_negative"]
    wider = replace(negative, where=FOURTEEN.selections["nat"].where, by_result=False)
    other = replace(FOURTEEN, selections={**FOURTEEN.selections, "nat_negative": wider})
    (found,) = diff(FOURTEEN, other).changes
    assert (found.sort, found.id, found.clauses) == (Sort.SELECTION, "nat_negative", ("1.c",))
    assert {"where", "seen"} <= set(said(found))


def test_the_order_of_the_stages_is_part_of_the_plan() -> None:
    turned = with_measure(FOURTEEN, "arrival-isolation", lambda m: replace(m, stages=m.stages[::-1]))
    assert said(change(diff(FOURTEEN, turned), "arrival-isolation"))["stage_order"] == (
        "central, home",
        "home, central",
    )


MORE: dict[str, Any] = {
    "words": Words("另名", "another name"),
    "shape": Shape.COUNT,
    "clauses": ("1.e",),
    "by": Words("街道", "subdistrict"),
    "evidence": "nat_positive",
    "first_stage": 1,
    "last_stage": 0,
    "anchor": Fixed.STAGE_END,
    "floor": Floor.WEEK,
    "start": Offset(0, DAY, Mode.DAY_START),
    "due": Offset(1, 0, Mode.DAY_END),
    "until": Offset(0, 3_600),
    "times": Input("ordered"),
    "to_stage_end": True,
    "every": Offset(0, DAY),
    "gates": True,
    "ends_with_exit": False,
    "carries": True,
    "trigger": "nat_positive",
    "condition": FOURTEEN.selections["nat"].where,
    "applies": FOURTEEN.selections["nat"].where,
    "waiver": "nat",
}
STAGE_MORE: dict[str, Any] = {
    "words": Words("另名", "another name"),
    "clauses": ("1.e",),
    "place": "hotel",
    "days": None,
    "months": 2,
    "counted_from": Fixed.OPENING,
    "cut_by": "nat_negative",
    "binding": False,
}
MEASURE_MORE: dict[str, Any] = {
    "words": Words("另名", "another name"),
    "clauses": ("1.e",),
    "civil": False,
    "holding": False,
    "stops_clock": True,
    "suspend_on": "nat_positive",
    "clear_on": "nat_negative",
    "suspend_clauses": ("1.e",),
    "again": Again.RESTART,
    "supersedes": ("red-code",),
    "gate": True,
    "released_as": "closed",
}


@pytest.mark.parametrize("field", MORE)
def test_no_field_of_a_requirement_changes_unseen(field: str) -> None:
    changed = with_requirement(FOURTEEN, "first-sample", **{field: MORE[field]})
    assert "first-sample" in others(changed, FOURTEEN)


@pytest.mark.parametrize("field", STAGE_MORE)
def test_no_field_of_a_stage_changes_unseen(field: str) -> None:
    changed = with_stage(FOURTEEN, "central", **{field: STAGE_MORE[field]})
    (found,) = [c for c in diff(FOURTEEN, changed).changes if c.id == "central"]
    assert all(f.before != f.after for f in found.fields)


@pytest.mark.parametrize("field", MEASURE_MORE)
def test_no_field_of_a_measure_changes_unseen(field: str) -> None:
    changed = with_measure(FOURTEEN, "arrival-isolation", lambda m: replace(m, **{field: MEASURE_MORE[field]}))
    found = change(diff(FOURTEEN, changed), "arrival-isolation")
    assert all(f.before != f.after for f in found.fields)


@pytest.mark.parametrize(
    ("sort", "said_fields"),
    [
        (Measure, elements_of_plans.MEASURE_SAID),
        (Stage, elements_of_plans.STAGE_SAID),
        (Requirement, elements_of_plans.REQUIREMENT_SAID),
        (Exit, elements_of_plans.EXIT_SAID),
        (Indicator, elements_of_plans.INDICATOR_SAID),
    ],
)
def test_the_fields_said_in_words_are_fields_of_the_language(sort: Any, said_fields: list[str]) -> None:
    assert set(said_fields) <= {f.name for f in fields(sort)}


def test_an_exit_that_leads_elsewhere_is_told() -> None:
    def elsewhere(m: Measure) -> Measure:
        return replace(m, exits=tuple(replace(x, to="red-code", state="handed_over") for x in m.exits))

    found = change(diff(FOURTEEN, with_measure(FOURTEEN, "arrival-isolation", elsewhere)), "positive")
    assert said(found) == {"to": ("", "红码人员登记"), "as": ("", "handed_over")}


def test_a_requirement_with_a_new_id_and_the_old_name_is_the_same_requirement() -> None:
    renamed = with_requirement(FOURTEEN, "daily", id="daily-check")
    (found,) = diff(FOURTEEN, renamed).changes
    assert (found.op, said(found)) == (Op.CHANGED, {"id": ("daily", "daily-check")})


def test_a_target_may_go() -> None:
    (indicator,) = FOURTEEN.indicators
    loose = replace(FOURTEEN, indicators=(replace(indicator, target=None),))
    assert said(change(diff(FOURTEEN, loose), "first-samples")) == {"target": ("≥ 95", "")}
    capped = replace(FOURTEEN, indicators=(replace(indicator, target=Target(at_most=3)),))
    assert said(change(diff(FOURTEEN, capped), "first-samples")) == {"target": ("≥ 95", "≤ 3")}


def test_an_added_requirement_is_one_change() -> None:
    extra = Requirement(
        "visit", Words("入户", "visit"), Shape.WINDOW, ("1.d",), evidence="home_check", due=Offset(0, DAY)
    )
    (found,) = diff(FOURTEEN, plus_requirement(FOURTEEN, extra)).changes
    assert (found.op, found.id, found.clauses) == (Op.ADDED, "visit", ("1.d",))
