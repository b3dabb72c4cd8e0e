"""Figures worked out of figures: need against what is held, current counts, combinations, obligations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from lianfang.core.indicators import Figure, indicator
from lianfang.core.language.load import load
from lianfang.core.language.plan import Plan
from lianfang.core.obligations.evaluate import evaluate
from tests.core.cases.sample_plan import at, facts_of
from tests.core.language.pack_fuzz import vocabulary_of

KINDS = ("stock", "place_target", "waiver", "outcome_count")
PLAN = "plan: trial\nname: {zh: 试, en: trial}\nissued: 2020-05-21\n"
RECOUNT = (
    "measure: recount\nname: {zh: 复盘, en: recount}\nbinds: unit\nopens: {on: stock, where: item == 'mask'}\n"
    "requires: [{requirement: r, name: {zh: 复盘, en: r}, evidence: outcome_count, anchor: opening, within: 1 d}]\n"
)


def plan_of(text: str) -> Plan:
    files = {"plan.yaml": PLAN, "m.yaml": RECOUNT, "i.yaml": f"indicator: i\nname: {{zh: 数, en: figure}}\n{text}\n"}
    plan, complaints = load(files, lambda name: None, vocabulary_of(KINDS))
    assert plan is not None, [complaint.show("en") for complaint in complaints]
    return plan


def figure(text: str, *given: Mapping[str, Any]) -> Figure:
    """The indicator over facts as of 10 June."""
    plan = plan_of(text)
    evaluation = evaluate(plan, facts_of(*given, kinds=plan.kinds), at("2020-06-10T00:00"))
    return indicator(plan, evaluation, plan.indicators[0])


def stock(unit: str, when: str, quantity: int, item: str = "mask") -> Mapping[str, Any]:
    return {"stock": {"unit": unit, "at": when, "item": item, "quantity": quantity}}


def target(place: str, when: str, left: str | None = None) -> Mapping[str, Any]:
    return {"place_target": {"place": place, "at": when, "set": "risk", "left_on": left}}


STOCK = "{of_facts: stock, take: sum, field: quantity, current: true}"


def test_only_the_newest_count_of_each_unit_is_held() -> None:
    found = figure(
        f"figures: {{need: 100, held: {STOCK}}}",
        stock("甲", "2020-06-01", 90),
        stock("甲", "2020-06-02", 30),
        stock("乙", "2020-06-01", 20),
        stock("乙", "2020-06-20", 500),
    )
    assert (found.need, found.held, found.gap, found.percent) == (100, 50, 50, 50.0)
    assert (found.met, found.total, found.missed) == (0, 1, 1)


def test_a_surplus_in_one_unit_does_not_cover_the_gap_of_another() -> None:
    found = figure(
        f"per: unit\nfigures: {{need: 100, held: {STOCK}}}\ntarget: {{at_least: 90}}",
        stock("甲", "2020-06-01", 300),
        stock("乙", "2020-06-01", 40),
    )
    assert (found.need, found.held, found.gap, found.percent, found.target_met) == (200, 340, 60, 70.0, False)
    assert [(p.period, p.held, p.gap, p.percent) for p in found.periods] == [
        ("乙", 40, 60, 40.0),
        ("甲", 300, 0, 100.0),
    ]


def test_members_of_a_register_count_while_they_are_on_it() -> None:
    found = figure(
        "figures: {now: {of_facts: place_target, current: true}, ever: {of_facts: place_target}}\nvalue: now / ever",
        target("甲", "2020-06-01"),
        target("乙", "2020-06-01", "2020-06-05"),
        target("丙", "2020-06-01", "2020-06-30"),
        target("丁", "2020-06-20"),
    )
    assert dict(found.parts) == {"now": 2.0, "ever": 3.0}


def test_a_condition_may_compare_with_the_instant_itself() -> None:
    text = "figures: {n: {of_facts: stock, where: at + 5 d > as_of}}\nvalue: n"
    assert figure(text, stock("甲", "2020-06-04", 1), stock("甲", "2020-06-06", 1)).value == 1.0


def test_different_combinations_are_counted_once_and_unknown_ones_each_for_itself() -> None:
    text = "figures: {n: {of_facts: stock, distinct: [unit, daily_use]}}\nvalue: n"
    used = {"at": "2020-06-01", "item": "mask", "quantity": 1}
    given = [
        {"stock": {"unit": unit, **used, "daily_use": n}} for unit, n in (("甲", 1), ("甲", 1), ("甲", 2), ("乙", 1))
    ]
    assert figure(text, *given).value == 3.0
    unknown = [{"stock": {"unit": "甲", **used}} for _ in range(2)]
    assert figure(text, *unknown).value == 2.0


@pytest.mark.parametrize(("take", "expected"), [("met", 1), ("total", 3), ("missed", 2), ("percent", 100 / 3)])
def test_obligations_are_figures_too(take: str, expected: float) -> None:
    found = figure(
        f"figures: {{n: {{of: recount/r, take: {take}}}}}\nvalue: n",
        *(stock(unit, "2020-06-01", 1) for unit in ("甲", "乙", "丙")),
        {"outcome_count": {"unit": "甲", "at": "2020-06-01T12:00", "what": "masks", "value": 1}},
    )
    assert found.value == pytest.approx(expected)


def test_what_cannot_be_worked_out_has_no_value_and_no_verdict() -> None:
    text = "figures: {n: {of_facts: stock, take: mean, field: quantity}}\nvalue: 100 / n\ntarget: {at_most: 5}"
    found = figure(text)
    assert (found.value, found.target_met) == (None, None)
    assert figure("figures: {need: 0, held: 3}").percent is None
