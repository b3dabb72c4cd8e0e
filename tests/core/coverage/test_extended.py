"""A composed plan takes over the proofs of what it leaves unchanged, and of nothing else."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from lianfang.core.coverage import Standing, coverage, prove, taken_over
from lianfang.core.language.load import load
from lianfang.core.language.plan import Plan
from tests.core.language.pack_fuzz import vocabulary_of

PLAN = "plan: {id}\nname: {{zh: 预案, en: plan}}\nissued: 2020-01-01\n{more}"
CLAUSES = "clauses:\n  a: {kind: rule, zh: 检查后消毒, en: disinfected after an inspection}\n"
LIMIT = "parameter: limit\nname: {zh: 时限, en: limit}\nunit: d\nclause: a\nvalues: {2020-01-01: 2}\n"
MEASURE = """
measure: cleaning
name: {zh: 消毒, en: cleaning}
clauses: [a]
binds: place
opens: {on: failed}
requires:
  - {requirement: done, name: {zh: 已消毒, en: done}, clauses: [a], evidence: disinfection, within: $limit d}
---
selection: failed
name: {zh: 不合格, en: failed}
of: inspection
where: not ok
---
indicator: done
name: {zh: 消毒率, en: share}
clauses: [a]
of: cleaning
"""
CASE = """
case: cleaned-in-two-days
clauses: [a]
given:
  - inspection: {place: 甲, at: 2020-02-01T08:00, ok: false}
  - disinfection: {place: 甲, at: 2020-02-02T08:00}
as_of: 2020-02-05T00:00
expect:
  obligations: [{measure: cleaning, requirement: done, due: 2020-02-03T23:59:59, status: met}]
  indicators: [{indicator: done, met: 1, total: 1}]
"""
BASE: Mapping[str, str] = {
    "plan.yaml": PLAN.format(id="base", more=""),
    "clauses.yaml": CLAUSES,
    "p.yaml": LIMIT,
    "m.yaml": MEASURE,
    "c.yaml": CASE,
}


def plan_of(files: Mapping[str, str]) -> Plan:
    plan, complaints = load(files, {"base": BASE}.get, vocabulary_of(("inspection", "disinfection")))
    assert plan is not None, [complaint.show("en") for complaint in complaints]
    return plan


def standing(more: str, **files: str) -> Standing:
    """How the clause of the base stands in a plan that extends it."""
    own = {f"{name}.yaml": text for name, text in files.items()}
    plan = plan_of({"plan.yaml": PLAN.format(id="district", more=f"extends: [base]\n{more}"), **own})
    base = plan_of(BASE)
    proof = taken_over(plan, prove(plan), {"base": (base, prove(base))})
    (row,) = (row for row in coverage(plan, proof).rows if row.clause.id == "base:a")
    if row.standing is Standing.RUNNING:
        assert row.proofs == ("base/cleaned-in-two-days",)
    else:
        assert all(v.reason is not None and "base/cleaned-in-two-days" in v.reason.en for v in row.unproved)
    return row.standing


def test_what_stands_unchanged_is_proved_by_the_case_of_the_base() -> None:
    assert standing("") is Standing.RUNNING


@pytest.mark.parametrize(
    ("more", "text"),
    [
        (
            "overrides: {parameter: [limit]}\n",
            LIMIT.replace("clause: a", "from_text: false\nwhy: x").replace(" 2}", " 3}"),
        ),
        (
            "overrides: {selection: [failed]}\n",
            "selection: failed\nname: {zh: 不合格, en: failed}\nof: inspection\nwhere: ok\n",
        ),
        (
            "",
            "measure: closing\nname: {zh: 关闭, en: closing}\nbinds: place\nopens: {on: inspection}\n"
            "requires: [{requirement: done, name: {zh: 甲, en: a}, evidence: disinfection, within: 1 d}]\n"
            "supersedes: [cleaning]\n",
        ),
    ],
    ids=["another number", "another selection", "superseded by another measure"],
)
def test_what_was_changed_has_to_be_proved_anew(more: str, text: str) -> None:
    assert standing(more, x=text) is Standing.CLAIMED
