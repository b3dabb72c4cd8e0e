"""Which records somebody sees: a small closed algebra that the database turns into a query."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from lianfang.core.access.actor import path_fault, well_formed
from lianfang.core.access.thing import Thing


@dataclass(frozen=True, slots=True)
class Everything:
    """All records."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No record."""


@dataclass(frozen=True, slots=True)
class PathUnder:
    """Records that belong to a unit or to one below it: their path starts with `prefix`."""

    prefix: str

    def __post_init__(self) -> None:
        if not self.prefix or not well_formed(self.prefix):
            raise ValueError(path_fault("PathUnder", self.prefix))


@dataclass(frozen=True, slots=True)
class OwnedBy:
    """Records that one of the units owes or owns, in the district `under`: two districts may name a unit alike."""

    units: frozenset[str]
    under: str


@dataclass(frozen=True, slots=True)
class SupervisedBy:
    """Records that the unit supervises, in the district `under`."""

    unit: str
    under: str


@dataclass(frozen=True, slots=True)
class IsSubject:
    """Records about one subject, in the district `under`."""

    kind: str
    id: str
    under: str


@dataclass(frozen=True, slots=True)
class OfKinds:
    """Records of some kinds (task, figure, …) among those of `inner`."""

    kinds: frozenset[str]
    inner: Filter


@dataclass(frozen=True, slots=True)
class OfSubjects:
    """Records about some kinds of subject (area, place, …) among those of `inner`."""

    kinds: frozenset[str]
    inner: Filter


@dataclass(frozen=True, slots=True)
class OfFacts:
    """Some kinds of fact (a test, …) among those of `inner`."""

    facts: frozenset[str]
    inner: Filter


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Records of at least one of the parts."""

    parts: tuple[Filter, ...]


Filter: TypeAlias = (
    Everything | Nothing | PathUnder | OwnedBy | SupervisedBy | IsSubject | OfKinds | OfSubjects | OfFacts | AnyOf
)


def any_of(parts: Iterable[Filter]) -> Filter:
    """The records of any part, each said once: a part that lies inside another is left out."""
    kept = tuple(dict.fromkeys(part for part in parts if part != Nothing()))
    if Everything() in kept:
        return Everything()
    prefixes = [part.prefix for part in kept if isinstance(part, PathUnder)]
    kept = tuple(part for part in kept if not _inside(part, prefixes))
    if len(kept) <= 1:
        return kept[0] if kept else Nothing()
    return AnyOf(kept)


def _inside(part: Filter, prefixes: Sequence[str]) -> bool:
    """Whether a part has no record that one of the paths does not have already: the query stays an index scan."""
    match part:
        case PathUnder(within):
            return any(within != prefix and within.startswith(prefix) for prefix in prefixes)
        case OwnedBy(under=within) | SupervisedBy(under=within) | IsSubject(under=within):
            return any(within.startswith(prefix) for prefix in prefixes)
        case OfKinds(inner=inner) | OfSubjects(inner=inner) | OfFacts(inner=inner):
            same = isinstance(inner, PathUnder) and inner.prefix in prefixes
            return same or _inside(inner, prefixes)
        case _:
            return False


def matches(filter: Filter, thing: Thing) -> bool:
    """Whether a record is among those of the filter."""
    match filter:
        case Everything():
            return True
        case Nothing():
            return False
        case PathUnder(prefix):
            return thing.path.startswith(prefix)
        case OwnedBy(units, under):
            return thing.owner in units and thing.path.startswith(under)
        case SupervisedBy(unit, under):
            return thing.supervisor == unit and thing.path.startswith(under)
        case IsSubject(kind, id, under):
            return (thing.subject_kind, thing.subject) == (kind, id) and thing.path.startswith(under)
        case OfKinds() | OfSubjects() | OfFacts():
            return _narrow(filter, thing)
        case AnyOf(parts):
            return any(matches(part, thing) for part in parts)
        case _:
            assert_never(filter)


def _narrow(filter: OfKinds | OfSubjects | OfFacts, thing: Thing) -> bool:
    match filter:
        case OfKinds(kinds, inner):
            return thing.kind in kinds and matches(inner, thing)
        case OfSubjects(kinds, inner):
            return thing.subject_kind in kinds and matches(inner, thing)
        case OfFacts(facts, inner):
            return thing.fact in facts and matches(inner, thing)
        case _:
            assert_never(filter)
