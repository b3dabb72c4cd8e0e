"""Run a case: put in its facts step by step, evaluate at each instant, hold the expected lines against the result."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lianfang.core.cases.compare import compare
from lianfang.core.cases.given import Fact, Naming, facts_given
from lianfang.core.cases.lines import lines_of
from lianfang.core.cases.mismatch import Mismatch
from lianfang.core.cases.misuse import misuse
from lianfang.core.complaint import Complaint
from lianfang.core.days.calendar import UnknownYear
from lianfang.core.facts.facts import Facts
from lianfang.core.language.plan import Case, Plan, Step
from lianfang.core.language.program import Program
from lianfang.core.obligations.evaluate import evaluate, program_of


@dataclass(frozen=True, slots=True)
class Prepared:
    """A case with its facts ready, step by step; `complaints` name the first step whose facts cannot be read."""

    case: Case
    facts: tuple[Facts, ...]
    complaints: tuple[Complaint, ...] = ()

    @property
    def size(self) -> int:
        """How many facts all steps hold together: about what running the case costs."""
        return sum(table.num_rows for facts in self.facts for table in facts.tables.values())


def run(plan: Plan, case: Case, program: Program | None = None) -> tuple[Mismatch, ...]:
    """Try a worked example against the plan; nothing comes back if everything is as the author expected.

    A case that names what the plan does not have is not run: only those lines come back. `program` (from
    `program_of(plan)`) saves lowering the plan for every case.
    """
    wrong = misuse(plan, case)
    return wrong or tuple(differences(plan, prepare(plan, case), program_of(plan) if program is None else program))


def run_all(plan: Plan, only: str | None = None) -> Iterator[tuple[Case, tuple[Mismatch, ...]]]:
    """Every case of a plan (or the one named), each with its mismatches."""
    program = program_of(plan)
    for case in plan.cases:
        if only is None or case.id == only:
            yield case, run(plan, case, program)


def prepare(plan: Plan, case: Case) -> Prepared:
    """Read the facts of all steps; later steps add to the former."""
    given: list[Fact] = []
    ready: list[Facts] = []
    naming = Naming()
    for step in case.steps:
        given += facts_given(step.given, plan.kinds, naming)
        facts, complaints = Facts.from_rows(plan.kinds, given, plan.zone)
        if facts is None or complaints:
            return Prepared(case, tuple(ready), tuple(complaints))
        ready.append(facts)
    return Prepared(case, tuple(ready))


def holds(plan: Plan, prepared: Prepared, program: Program) -> bool:
    """Whether a case fits a plan, perhaps one it was not written for (an element taken out); stops at the first no."""
    return next(differences(plan, prepared, program), None) is None


def opened(plan: Plan, prepared: Prepared, program: Program) -> frozenset[str]:
    """The measures that have a loop at some step of a case; what the others say cannot matter to it."""
    found: set[str] = set()
    for step, facts in zip(prepared.case.steps, prepared.facts, strict=False):
        result = evaluate(plan, facts, step.as_of, program=program).result
        found |= {program.measures[m].id for m in set(result.loops.measure.tolist())}
    return frozenset(found)


def differences(plan: Plan, prepared: Prepared, program: Program) -> Iterator[Mismatch]:
    """Expected lines that no result line fits, step by step."""
    case = prepared.case
    for number, (step, facts) in enumerate(zip(case.steps, prepared.facts, strict=False), 1):
        try:
            evaluation = evaluate(plan, facts, step.as_of, program=program)
        except UnknownYear as unknown:
            yield Mismatch(case.id, number, step.place, "as_of", unknown.zh, unknown.en)
            return
        yield from compare(case, number, step, lines_of(evaluation), plan.zone)
    for complaint in prepared.complaints:
        at = len(prepared.facts)
        yield _complained(case, at + 1, case.steps[at], complaint)


def _complained(case: Case, number: int, step: Step, complaint: Complaint) -> Mismatch:
    return Mismatch(case.id, number, step.place, "given", complaint.show("zh"), complaint.show("en"))
