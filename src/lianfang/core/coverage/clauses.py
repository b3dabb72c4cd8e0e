"""Clause by clause: what runs it, and whether that is proved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from lianfang.core.coverage.elements import Element, elements
from lianfang.core.coverage.prove import Proof, Proven
from lianfang.core.language.measure import Words
from lianfang.core.language.plan import Clause, Plan


class Standing(StrEnum):
    """How a clause stands: proved to run, only claimed by elements, only to be seen on a page, a principle that nothing
    has to run, or not yet.
    """

    RUNNING = "running"
    CLAIMED = "claimed"
    PAGE = "page"
    PRINCIPLE = "principle"
    NOT_YET = "not_yet"


MECHANISM_WORDS: Mapping[str, Words] = {
    "measure": Words("措施", "measure"),
    "gate": Words("关口", "gate"),
    "indicator": Words("指标", "indicator"),
    "post": Words("岗位", "post"),
    "task": Words("任务", "task"),
    "round": Words("轮次", "round"),
    "checklist": Words("检查表", "checklist"),
    "resource": Words("资源", "resource"),
    "workflow": Words("流程", "workflow"),
    "register": Words("台账", "register"),
    "report": Words("报告", "report"),
    "release": Words("发布", "release"),
}
STANDING_WORDS: Mapping[Standing, Words] = {
    Standing.RUNNING: Words("已运行", "running"),
    Standing.CLAIMED: Words("已写入、未证实", "claimed, not proved"),
    Standing.PAGE: Words("只能在页面上看", "only on a page"),
    Standing.PRINCIPLE: Words("原则", "principle"),
    Standing.NOT_YET: Words("尚未", "not yet"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One clause with its standing, the elements that cite it, the cases that cite it, and what is still unproved.

    `mechanisms`: the kinds of document that carry it out (task, round, measure, gate …); `proofs`: the cases that fail
    when one of its elements is taken out.
    """

    clause: Clause
    standing: Standing
    elements: tuple[Element, ...]
    cases: tuple[str, ...]
    unproved: tuple[Proven, ...] = ()
    mechanisms: tuple[str, ...] = ()
    proofs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """Every clause of a plan with its standing; `rows` in the order of the document."""

    plan: str
    rows: tuple[Row, ...]
    proof: Proof | None = None

    def count(self, standing: Standing, kind: str | None = None) -> int:
        """How many clauses (of one kind) have a standing."""
        return sum(r.standing == standing and (kind is None or r.clause.kind == kind) for r in self.rows)

    def kinds(self) -> tuple[str, ...]:
        """The kinds of clause that occur, in the order of their first clause."""
        return tuple(dict.fromkeys(r.clause.kind for r in self.rows))


def coverage(plan: Plan, proof: Proof | None = None) -> Coverage:
    """What runs each clause of the plan.

    A clause is running only with a proof (`prove(plan)`): every element citing it is noticed by a case when it is taken
    out, and at least one of them by a case that cites this very clause. Without, a cited clause is claimed.
    """
    citing: dict[str, list[Element]] = {c: [] for c in plan.clauses}
    for element in elements(plan):
        for clause in element.clauses:
            citing.setdefault(clause, []).append(element)
    verdicts = {} if proof is None else {v.element.key: v for v in proof.verdicts}
    rows = (_row(plan, c, tuple(citing[c.id]), verdicts) for c in plan.clauses.values())
    return Coverage(plan.id, tuple(rows), proof)


def _row(plan: Plan, clause: Clause, citing: tuple[Element, ...], verdicts: Mapping[str, Proven]) -> Row:
    cases = tuple(case.id for case in plan.cases if clause.id in case.clauses)
    judged = [verdicts[e.key] for e in citing if e.key in verdicts]
    unproved = tuple(v for v in judged if not v.proved)
    proofs = tuple(dict.fromkeys(case for v in judged for cited, case in v.noticed_by if cited == clause.id))
    standing = _standing(clause, citing, bool(proofs) and not unproved)
    return Row(clause, standing, citing, cases, unproved, _mechanisms(plan, citing), proofs)


def _mechanisms(plan: Plan, citing: tuple[Element, ...]) -> tuple[str, ...]:
    """What the author wrote: a task, a round …, otherwise a gate, a measure or an indicator."""
    gates = {measure.id for measure in plan.measures if measure.gate}
    plain = ("gate" if e.measure in gates else "measure" if e.measure else "indicator" for e in citing)
    names = (f"measure/{e.measure}" if e.measure else f"indicator/{e.id}" for e in citing)
    return tuple(dict.fromkeys(plan.made_from.get(n, p) for n, p in zip(names, plain, strict=True)))


def _standing(clause: Clause, citing: tuple[Element, ...], proved: bool) -> Standing:
    if clause.page is not None:
        return Standing.PAGE
    if not citing:
        return Standing.PRINCIPLE if clause.kind == "principle" else Standing.NOT_YET
    return Standing.RUNNING if proved else Standing.CLAIMED
