"""The proof that elements run their clauses: take one out, and a case citing one of its clauses must fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lianfang.core.cases import Prepared, holds, misuse, opened, prepare
from lianfang.core.coverage.elements import Element, Sort, elements
from lianfang.core.coverage.without import without
from lianfang.core.language.measure import Words
from lianfang.core.language.plan import Plan
from lianfang.core.obligations.evaluate import program_of

Progress = Callable[[int, int, Element], None]
"""Called before each element with its number (from 1), the number of all, and the element."""


LARGE = 500
"""Cases with more facts than this are tried last."""


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


@dataclass(frozen=True, slots=True)
class _Ready:
    """The cases that can prove something: they pass with the plan whole; `opened` says which measures each touches."""

    cases: tuple[Prepared, ...]
    opened: Mapping[str, frozenset[str]]
    failing: tuple[str, ...]

    def citing(self, element: Element) -> list[Prepared]:
        """The cases that cite one of the element's clauses."""
        return [p for p in self.cases if set(p.case.clauses) & set(element.clauses)]

    def touching(self, element: Element) -> list[Prepared]:
        """Those of them that could notice its absence: its measure has a loop there, or figures are expected."""
        if element.sort == Sort.INDICATOR:
            return [p for p in self.citing(element) if any("indicators" in s.expect for s in p.case.steps)]
        return [p for p in self.citing(element) if element.measure in self.opened[p.case.id]]


def prove(plan: Plan, progress: Progress | None = None, only: Sequence[str] | None = None) -> Proof:
    """Take every citing element out of the plan, one at a time, and run the cases that cite its clauses.

    `only` limits the proof to elements citing one of these clauses. Cost: a few milliseconds a case and element.
    """
    wanted = [e for e in elements(plan) if e.clauses and (only is None or set(only) & set(e.clauses))]
    ready = _ready(plan, frozenset(c for e in wanted for c in e.clauses))
    verdicts = []
    for number, element in enumerate(wanted, 1):
        if progress is not None:
            progress(number, len(wanted), element)
        verdicts.append(_verdict(plan, element, ready))
    return Proof(tuple(verdicts), ready.failing)


def _ready(plan: Plan, cited: frozenset[str]) -> _Ready:
    """Run the cases concerned with the plan whole; the quickest and most particular come first."""
    program = program_of(plan)
    ready: list[Prepared] = []
    touched: dict[str, frozenset[str]] = {}
    failing: list[str] = []
    for case in plan.cases:
        if not cited & set(case.clauses):
            continue
        prepared = prepare(plan, case)
        if misuse(plan, case) or not holds(plan, prepared, program):
            failing.append(case.id)
            continue
        ready.append(prepared)
        touched[case.id] = opened(plan, prepared, program)
    ready.sort(key=lambda p: (p.size > LARGE, len(p.case.clauses), p.size))
    return _Ready(tuple(ready), touched, tuple(failing))


def _verdict(plan: Plan, element: Element, ready: _Ready) -> Proven:
    noticed = dict(_noticed(plan, element, ready.touching(element)))
    reason = None if noticed else _reason(plan, element, ready)
    return Proven(element, tuple((c, noticed[c]) for c in element.clauses if c in noticed), reason)


def _noticed(plan: Plan, element: Element, usable: Sequence[Prepared]) -> Iterator[tuple[str, str]]:
    """Clause by clause the first case that fails; a case is run only while it can still tell something new."""
    if not usable:
        return
    reduced = without(plan, element)
    program = program_of(reduced)
    open_clauses = set(element.clauses)
    for prepared in usable:
        fresh = open_clauses & set(prepared.case.clauses)
        if fresh and not holds(reduced, prepared, program):
            open_clauses -= fresh
            yield from ((clause, prepared.case.id) for clause in sorted(fresh))


def _reason(plan: Plan, element: Element, ready: _Ready) -> Words:
    citing = [c for c in plan.cases if set(c.clauses) & set(element.clauses)]
    usable = ready.citing(element)
    if not citing:
        return Words("没有案例引用它的条文", "no case cites its clauses")
    if not usable:
        names = ", ".join(c.id for c in citing)
        return Words(f"引用它的案例本身没有通过：{names}", f"the cases citing it do not pass: {names}")
    names = ", ".join(p.case.id for p in usable[:5])
    more = f" +{len(usable) - 5}" if len(usable) > 5 else ""
    return Words(f"去掉它，案例仍然通过：{names}{more}", f"the cases still pass without it: {names}{more}")
