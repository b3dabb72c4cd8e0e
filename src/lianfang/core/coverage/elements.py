"""Every element of a plan that can carry out a clause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from lianfang.core.language.lower import walk
from lianfang.core.language.measure import Measure, Shape, Words
from lianfang.core.language.plan import Plan


class Sort(StrEnum):
    """What an element is."""

    MEASURE = "measure"
    STAGE = "stage"
    REQUIREMENT = "requirement"
    CHECK = "check"
    EXIT = "exit"
    SUSPENSION = "suspension"
    INDICATOR = "indicator"


SORT_WORDS = {
    Sort.MEASURE: Words("措施", "measure"),
    Sort.STAGE: Words("阶段", "stage"),
    Sort.REQUIREMENT: Words("要求", "requirement"),
    Sort.CHECK: Words("条件", "check"),
    Sort.EXIT: Words("出口", "exit"),
    Sort.SUSPENSION: Words("中止", "suspension"),
    Sort.INDICATOR: Words("指标", "indicator"),
}


IMPLIED = "handling"
"""The stage of a measure that names none: nobody wrote it, so nobody can take it out."""


@dataclass(frozen=True, slots=True)
class Element:
    """One element: what it is, of which measure, by which id (a requirement by its path), and the clauses it cites."""

    sort: Sort
    measure: str
    id: str
    words: Words
    clauses: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """How the element is written in lists: `measure/high-risk-arrival`, `stage/high-risk-arrival/central`."""
        return "/".join(part for part in (self.sort.value, self.measure, self.id) if part)


def elements(plan: Plan) -> tuple[Element, ...]:
    """All elements in plan order; the dated versions of a measure count once, with the clauses of all of them."""
    found: dict[str, Element] = {}
    for element in _all(plan):
        known = found.get(element.key)
        cited = () if known is None else known.clauses
        merged = tuple(dict.fromkeys([*cited, *element.clauses]))
        found[element.key] = Element(element.sort, element.measure, element.id, element.words, merged)
    return tuple(found.values())


def _all(plan: Plan) -> Iterator[Element]:
    for measure in plan.measures:
        yield from _of_measure(measure)
    for i in plan.indicators:
        yield Element(Sort.INDICATOR, "", i.id, i.words, i.clauses)


def _of_measure(m: Measure) -> Iterator[Element]:
    yield Element(Sort.MEASURE, m.id, "", m.words, m.clauses)
    for stage in m.stages:
        if stage.id == IMPLIED and not stage.clauses:
            continue
        yield Element(Sort.STAGE, m.id, stage.id, stage.words, stage.clauses)
    for path, r in walk(m.requirements):
        sort = Sort.CHECK if r.shape == Shape.CHECK else Sort.REQUIREMENT
        yield Element(sort, m.id, path, r.words, r.clauses)
    for way in m.exits:
        yield Element(Sort.EXIT, m.id, way.id, way.words, way.clauses)
    if m.suspend_on is not None:
        yield Element(Sort.SUSPENSION, m.id, "", SORT_WORDS[Sort.SUSPENSION], m.suspend_clauses)
