"""A checked plan: everything a pack (and the packs it builds on) says, resolved and free of complaints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lianfang.core.facts.vocabulary import Kind
from lianfang.core.language.measure import Measure, Selection, Words
from lianfang.core.language.organisation import Organisation
from lianfang.core.language.predicate import Expression


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of the document, with its kind and gist."""

    id: str
    kind: str
    gist: Words
    page: Words | None = None  # why it can only be seen on a page and no case can show it


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number or word of the plan: its dated values, unit and source."""

    id: str
    words: Words
    unit: str
    clause: str
    values: tuple[tuple[date, float | int | str], ...]  # ascending by day
    from_text: bool = True
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """The line an indicator is held against."""

    at_least: float | None = None
    at_most: float | None = None


@dataclass(frozen=True, slots=True)
class FigurePart:
    """One named figure of an indicator: taken over facts, over obligations, or worked out of those before it."""

    id: str
    of: str | None = None  # measure or measure/requirement
    of_facts: str | None = None  # selection
    take: str = "count"  # facts: count sum mean median highest lowest; obligations: met total missed percent
    field: str | None = None
    where: Expression | None = None  # may read `as_of`
    current: bool = False  # only facts that hold at the instant: the newest of each subject, or a running period
    formula: Expression | None = None
    distinct: tuple[str, ...] = ()  # count different combinations of these columns instead of facts


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure over obligations (`of`), over facts (`of_facts`) or worked out of several figures (`parts`)."""

    id: str
    words: Words
    clauses: tuple[str, ...] = ()
    of: str | None = None  # measure or measure/requirement
    of_facts: str | None = None  # selection
    take: str = "share"  # share count sum mean median highest lowest
    field: str | None = None
    where: Expression | None = None
    per: str | None = None
    target: Target | None = None
    parts: tuple[FigurePart, ...] = ()
    value: Expression | None = None  # over the parts

    @property
    def duties(self) -> tuple[str, ...]:
        """The measures and requirements whose obligations it counts."""
        return tuple(of for of in (self.of, *(part.of for part in self.parts)) if of is not None)


@dataclass(frozen=True, slots=True)
class Step:
    """One look of a case: the facts that have come in, the instant, what must then be true."""

    given: tuple[Mapping[str, Any], ...]
    as_of: int
    expect: Mapping[str, Any]
    place: str


@dataclass(frozen=True, slots=True)
class Case:
    """A worked example in the words of the plan's author."""

    id: str
    clauses: tuple[str, ...]
    steps: tuple[Step, ...]
    place: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan ready to be evaluated. Measures come in plan order; versions of one measure stand side by side."""

    id: str
    words: Words
    issued: date
    zone: int = 28800
    first_day_counted: bool = True
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    selections: Mapping[str, Selection] = field(default_factory=dict)
    measures: tuple[Measure, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    clauses: Mapping[str, Clause] = field(default_factory=dict)
    headings: Mapping[str, Words] = field(default_factory=dict)  # of sections, called like clauses
    cases: tuple[Case, ...] = ()
    made_from: Mapping[str, str] = field(default_factory=dict)  # `measure/id`, `indicator/id` -> task, round …
    packs: tuple[str, ...] = ()
    organisation: Organisation = field(default_factory=Organisation)
