"""Indicators as written: what a share and what a figure over facts may say."""

from __future__ import annotations

from pathlib import Path

import pytest

from lianfang.core.language.load import load
from lianfang.core.language.plan import Indicator, Target

WORDS = Path(__file__).parents[2] / "fixtures" / "broken_packs" / "vocabulary" / "people.yaml"
FILES = {
    "plan.yaml": "plan: trial\nname: {zh: 试, en: trial}\nissued: 2020-05-21\n",
    "limit.yaml": (
        "parameter: limit\nname: {zh: 线, en: line}\nunit: count\nfrom_text: false\nwhy: 试\n"
        "values: {2020-05-21: 30, 2020-06-01: 20}\n"
    ),
    "measure.yaml": (
        "measure: m\nname: {zh: 措施, en: measure}\nbinds: person\nopens: {on: arrival}\n"
        "requires:\n  - {requirement: r, name: {zh: 甲, en: a}, evidence: test, within: $limit h,\n"
        "     then: [{requirement: done, name: {zh: 乙, en: b}, result_within: 24 h}]}\n"
    ),
}


def told(text: str) -> tuple[Indicator | None, list[tuple[str, str]]]:
    written = f"indicator: i\nname: {{zh: 率, en: share}}\n{text}\n"
    vocabulary = {"people.yaml": WORDS.read_text(encoding="utf-8")}
    plan, complaints = load({**FILES, "i.yaml": written}, lambda name: None, vocabulary)
    return (plan.indicators[0] if plan else None), [(complaint.id, complaint.found) for complaint in complaints]


def indicator_of(text: str) -> Indicator:
    indicator, complaints = told(text)
    assert indicator is not None, complaints
    return indicator


def test_an_indicator_over_a_measure_is_a_share() -> None:
    share = indicator_of("of: m/r/done\ntarget: {at_least: 97.5}\nper: by")
    assert (share.of, share.take, share.target, share.per) == ("m/r/done", "share", Target(97.5), "by")


def test_a_target_takes_the_newest_value_of_its_parameter() -> None:
    figure = indicator_of("of_facts: check\ntake: mean\nfield: temperature\ntarget: {at_most: $limit}")
    assert (figure.of_facts, figure.take, figure.target) == ("check", "mean", Target(None, 20.0))


def test_an_indicator_over_facts_counts_unless_it_says_otherwise() -> None:
    figure = indicator_of("of_facts: check\nwhere: temperature > 37\nper: week")
    assert (figure.take, figure.per) == ("count", "week")
    assert figure.where is not None
    assert figure.where.columns == {"temperature"}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("of: m/q", ("pack:unknown-requirement", "q")),
        ("of: n", ("pack:unknown-measure", "n")),
        ("of: m\ntake: mean", ("pack:not-a-choice", "mean")),
        ("of: m\nfield: temperature", ("pack:no-meaning", "field")),
        ("of: m\nper: temperature", ("pack:unknown-column", "temperature")),
        ("of_facts: check\ntake: share", ("pack:not-a-choice", "share")),
        ("of_facts: check\ntake: mean", ("pack:missing-key", "mean")),
        ("of_facts: check\ntake: sum\nfield: at", ("pack:unknown-column", "at")),
        ("of_facts: check\nper: nothing", ("pack:unknown-column", "nothing")),
        ("of_facts: checks", ("pack:unknown-selection", "checks")),
        ("of_facts: check\ntarget: {at_most: $limits}", ("pack:unknown-parameter", "$limits")),
        ("take: count", ("pack:one-figure", "i")),
    ],
)
def test_what_an_indicator_cannot_say_is_refused(text: str, complaint: tuple[str, str]) -> None:
    indicator, complaints = told(text)
    assert indicator is None
    assert complaints == [complaint]
