"""A spoilt pack is answered with complaints that have a place, never with an exception."""

from __future__ import annotations

import random

import pytest

from lianfang.core.language.load import load
from tests.core.language.pack_fuzz import FIXTURES, KINDS, run, spoil, text_of, vocabulary_of


@pytest.mark.parametrize("first", range(0, 300, 50))
def test_a_spoilt_pack_is_answered_with_places(first: int) -> None:
    plans, complained = run(50, first)
    assert complained > 25
    assert plans < 50


def test_the_same_seed_spoils_a_pack_the_same_way() -> None:
    files = text_of(FIXTURES / "packs" / "demo")
    assert spoil(files, random.Random(7)) == spoil(files, random.Random(7))
    assert spoil(files, random.Random(7)) != files


def test_a_pack_that_is_not_spoilt_has_no_complaints() -> None:
    plan, complaints = load(text_of(FIXTURES / "packs" / "demo"), lambda name: None, vocabulary_of(KINDS))
    assert plan is not None
    assert complaints == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "---\n---\n",
        "null",
        "plan:",
        "plan: []",
        "plan: {}",
        "measure: {}\nopens: []\n",
        "measure: m\nopens: {on: [a]}\nstages: [1, {}]\nrequires: [x, {}, []]\nexits: {}\n",
        "parameter: p\nvalues: {}\n",
        "parameter: p\nvalues: {2020-05-21: [1]}\n",
        "clauses: [1]\n",
        "case: c\ngiven: [[], x]\nas_of: []\nexpect: []\n",
        "kind: k\ncolumns: {a: b}\nsubject: []\n",
        "indicator: i\nof: []\nof_facts: {}\ntarget: x\n",
        "selection: s\nof: s\n",
        "kind: loop\nsubject: person\n",
        "[" * 5000,
        "{a: " * 5000,
        "- " * 5000,
        "? " * 5000,
        "'" + "x" * 100_000,
        "a: |\n" + " " * 50_000,
        "%YAML 3.0\n---\na: b\n",
        "%TAG ! tag:x,2020:\n---\n!y {a: b}\n",
        'a: "\\UFFFFFFFF"\n',
    ],
)
def test_odd_texts_are_refused_and_not_fatal(text: str) -> None:
    plan, complaints = load({"plan.yaml": text}, lambda name: None, {"people.yaml": text})
    assert plan is None
    assert complaints
    assert all(complaint.line is not None and complaint.line >= 1 for complaint in complaints)
