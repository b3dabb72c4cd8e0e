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
    """How a clause stands: proved to run, only claimed by elements, a principle that nothing has to run, or not yet."""

    RUNNING = "running"
    CLAIMED = "claimed"
    PRINCIPLE = "principle"
    NOT_YET = "not_yet"


STANDING_WORDS: Mapping[Standing, Words] = {
    Standing.RUNNING: Words("已运行", "running"),
    Standing.CLAIMED: Words("已写入、未证实", "claimed, not proved"),
    Standing.PRINCIPLE: Words("原则", "principle"),
    Standing.NOT_YET: Words("尚未", "not yet"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One clause with its standing, the elements that cite it, the cases that cite it, and what is still unproved."""

    clause: Clause
    standing: Standing
    elements: tuple[Element, ...]
    cases: tuple[str, ...]
    unproved: tuple[Proven, ...] = ()


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
    noticed = any(clause.id == cited for v in judged for cited, _ in v.noticed_by)
    return Row(clause, _standing(clause, citing, noticed and not unproved), citing, cases, unproved)


def _standing(clause: Clause, citing: tuple[Element, ...], proved: bool) -> Standing:
    if not citing:
        return Standing.PRINCIPLE if clause.kind == "principle" else Standing.NOT_YET
    return Standing.RUNNING if proved else Standing.CLAIMED
