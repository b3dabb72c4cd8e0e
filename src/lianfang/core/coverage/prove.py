"""The proof that elements run their clauses: take one out, and a case citing one of its clauses must fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lianfang.core.cases import Prepared, holds, prepare, run
from lianfang.core.coverage.elements import Element, Sort, elements
from lianfang.core.coverage.without import without
from lianfang.core.language.measure import Words
from lianfang.core.language.plan import Case, Plan
from lianfang.core.obligations.evaluate import program_of

Progress = Callable[[int, int, Element], None]
"""Called before each element with its number (from 1), the number of all, and the element."""


@dataclass(frozen=True, slots=True)
class Proven:
    """The verdict on one element: for each of its clauses the case that noticed its absence, or why nothing did."""

    element: Element
    noticed_by: tuple[tuple[str, str], ...]  # clause, case
    reason: Words | None = None

    @property
    def proved(self) -> bool:
        """Whether at least one case citing a clause of the element fails without it."""
        return bool(self.noticed_by)


@dataclass(frozen=True, slots=True)
class Proof:
    """Verdicts on all elements that cite a clause, and the cases that fail with the plan whole (they prove nothing)."""

    verdicts: tuple[Proven, ...]
    failing: tuple[str, ...] = ()

    @property
    def unproved(self) -> tuple[Proven, ...]:
        """Elements whose absence nobody would notice."""
        return tuple(v for v in self.verdicts if not v.proved)


def prove(plan: Plan, progress: Progress | None = None, only: Sequence[str] | None = None) -> Proof:
    """Take every citing element out of the plan, one at a time, and run the cases that cite its clauses.

    `only` limits the proof to elements citing one of these clauses. Cost: a few milliseconds a case and element.
    """
    wanted = [e for e in elements(plan) if e.clauses and (only is None or set(only) & set(e.clauses))]
    cited = frozenset(c for e in wanted for c in e.clauses)
    program = program_of(plan)
    ready: dict[str, Prepared] = {}
    failing: list[str] = []
    for case in plan.cases:
        if not cited & set(case.clauses):
            continue
        if run(plan, case, program):
            failing.append(case.id)
        else:
            ready[case.id] = prepare(plan, case)
    verdicts = []
    for number, element in enumerate(wanted, 1):
        if progress is not None:
            progress(number, len(wanted), element)
        verdicts.append(_verdict(plan, element, ready, frozenset(failing)))
    return Proof(tuple(verdicts), tuple(failing))


def _verdict(plan: Plan, element: Element, ready: dict[str, Prepared], failing: frozenset[str]) -> Proven:
    citing = [c for c in plan.cases if set(c.clauses) & set(element.clauses)]
    usable = [ready[c.id] for c in citing if c.id in ready]
    noticed = dict(_noticed(plan, element, usable)) if usable else {}
    reason = None if noticed else _reason(citing, usable, failing)
    return Proven(element, tuple((c, noticed[c]) for c in element.clauses if c in noticed), reason)


def _noticed(plan: Plan, element: Element, usable: Sequence[Prepared]) -> Iterator[tuple[str, str]]:
    """Clause by clause the first case that fails; a case is run only while it can still tell something new."""
    reduced = without(plan, element)
    program = None if element.sort == Sort.INDICATOR else program_of(reduced)
    program = program_of(plan) if program is None else program
    open_clauses = set(element.clauses)
    for prepared in usable:
        fresh = open_clauses & set(prepared.case.clauses)
        if fresh and not holds(reduced, prepared, program):
            open_clauses -= fresh
            yield from ((clause, prepared.case.id) for clause in sorted(fresh))


def _reason(citing: Sequence[Case], usable: Sequence[Prepared], failing: frozenset[str]) -> Words:
    if not citing:
        return Words("没有案例引用它的条文", "no case cites its clauses")
    if not usable:
        names = ", ".join(c.id for c in citing if c.id in failing)
        return Words(f"引用它的案例本身没有通过：{names}", f"the cases citing it do not pass: {names}")
    names = ", ".join(p.case.id for p in usable[:5])
    more = f" +{len(usable) - 5}" if len(usable) > 5 else ""
    return Words(f"去掉它，案例仍然通过：{names}{more}", f"the cases still pass without it: {names}{more}")
