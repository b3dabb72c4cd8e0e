"""A plan with one element taken out; what referred to the element goes with it, and the rest can still be evaluated."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from lianfang.core.coverage.elements import IMPLIED, Element, Sort
from lianfang.core.language.measure import Exit, Measure, Requirement, Stage, Words
from lianfang.core.language.plan import Indicator, Plan

HANDLING = Stage(IMPLIED, Words("办理", "handling"))
"""What a measure without stages has: it ends when its gating requirements are met."""


def without(plan: Plan, element: Element) -> Plan:
    """The same plan, but without this one element."""
    if element.sort == Sort.INDICATOR:
        return replace(plan, indicators=tuple(i for i in plan.indicators if i.id != element.id))
    if element.sort == Sort.MEASURE:
        kept = (m for m in plan.measures if m.id != element.measure)
        free = (replace(m, supersedes=tuple(s for s in m.supersedes if s != element.measure)) for m in kept)
        return _with(plan, tuple(free), element.measure)
    take_out = _TAKE_OUT[element.sort]
    measures = tuple(take_out(m, element.id) if m.id == element.measure else m for m in plan.measures)
    gone = f"{element.measure}/{element.id}" if element.sort in (Sort.REQUIREMENT, Sort.CHECK) else ""
    return _with(plan, measures, gone)


def _with(plan: Plan, measures: tuple[Measure, ...], gone: str) -> Plan:
    """Indicators over what is gone go too: there is nothing left for them to count."""
    kept = tuple(i for i in plan.indicators if not gone or not _counts(i, gone))
    return replace(plan, measures=measures, indicators=kept)


def _counts(indicator: Indicator, gone: str) -> bool:
    return any(of == gone or of.startswith(f"{gone}/") for of in indicator.duties)


def _without_stage(m: Measure, stage: str) -> Measure:
    at = next((i for i, s in enumerate(m.stages) if s.id == stage), None)
    if at is None:
        return m
    left = m.stages[:at] + m.stages[at + 1 :]
    if not any(s.binding for s in left):
        return replace(m, stages=(*m.stages[:at], HANDLING, *m.stages[at + 1 :]))
    return replace(
        m,
        stages=left,
        requirements=tuple(_moved(m.requirements, at)),
        exits=tuple(_moved_exits(m.exits, at, len(left))),
    )


def _moved(requirements: tuple[Requirement, ...], at: int) -> Iterator[Requirement]:
    """Requirements with the numbers that their stages now have; those of the removed stage alone are left out."""
    for r in requirements:
        if r.first_stage == r.last_stage == at:
            continue
        first, last = r.first_stage - (r.first_stage > at), r.last_stage - (r.last_stage >= at)
        yield replace(r, first_stage=first, last_stage=last, then=tuple(_moved(r.then, at)))


def _moved_exits(exits: tuple[Exit, ...], at: int, count: int) -> Iterator[Exit]:
    for way in exits:
        first = way.first_stage - (way.first_stage > at)
        if first < count:
            yield replace(way, first_stage=first)


def _without_requirement(m: Measure, path: str) -> Measure:
    return replace(m, requirements=_left(m.requirements, path))


def _left(requirements: tuple[Requirement, ...], path: str) -> tuple[Requirement, ...]:
    head, _, rest = path.partition("/")
    kept = (r for r in requirements if rest or r.id != head)
    return tuple(replace(r, then=_left(r.then, rest)) if rest and r.id == head else r for r in kept)


def _without_exit(m: Measure, way: str) -> Measure:
    return replace(m, exits=tuple(x for x in m.exits if x.id != way))


def _without_suspension(m: Measure, _: str) -> Measure:
    return replace(m, suspend_on=None, clear_on=None, stops_clock=False, suspend_clauses=())


_TAKE_OUT: Mapping[Sort, Callable[[Measure, str], Measure]] = {
    Sort.STAGE: _without_stage,
    Sort.REQUIREMENT: _without_requirement,
    Sort.CHECK: _without_requirement,
    Sort.EXIT: _without_exit,
    Sort.SUSPENSION: _without_suspension,
}
