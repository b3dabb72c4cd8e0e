"""Whose facts a measure asks about besides its own subject's: a fact there touches everybody who asks for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lianfang.core.language.loops import is_loop_kind
from lianfang.core.language.measure import Lookup, Measure
from lianfang.core.language.plan import Plan


def named_columns(plan: Plan) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """The columns through which measures get from one subject to another: kind of fact -> (column, kind of subject)."""
    found: dict[str, dict[tuple[str, str], None]] = {}
    for measure, lookup in _lookups(plan):
        kind = plan.kinds[kind_of(plan, lookup.kind)]
        if lookup.of is not None:
            source, column = _source(plan, measure, lookup)
            found.setdefault(source, {})[column, kind.subject] = None
        if lookup.through is not None and not is_loop_kind(kind.id):
            to = kind.columns[lookup.through].to or kind.subject
            found.setdefault(kind.id, {})[lookup.through, to] = None
    return {kind: tuple(columns) for kind, columns in found.items()}


def looked_up_kinds(plan: Plan) -> Mapping[str, frozenset[str]]:
    """The kinds of fact that others look up, by the subject they are about: area -> {area_level}."""
    found: dict[str, set[str]] = {}
    for _, lookup in _lookups(plan):
        if lookup.of is not None:
            kind = kind_of(plan, lookup.kind)
            found.setdefault(plan.kinds[kind].subject, set()).add(kind)
    return {subject: frozenset(kinds) for subject, kinds in found.items()}


def through_kinds(plan: Plan) -> frozenset[str]:
    """The kinds of fact that are looked for under a subject they name, and not under their own."""
    asked = (kind_of(plan, lookup.kind) for _, lookup in _lookups(plan) if lookup.through is not None)
    return frozenset(kind for kind in asked if not is_loop_kind(kind))


def asked_everywhere(plan: Plan) -> Mapping[str, frozenset[str]]:
    """The kinds of fact of which a measure looks at all there are -> the kinds of fact that open such a measure.

    Loops of other subjects count here too, however they are looked for: there are few measures that ask.
    """
    found: dict[str, set[str]] = {}
    for measure, lookup in _lookups(plan):
        kind = kind_of(plan, lookup.kind)
        others = lookup.of or lookup.through or plan.kinds[kind].subject != measure.subject
        if lookup.everywhere or (is_loop_kind(kind) and others):
            found.setdefault(kind, set()).add(kind_of(plan, measure.opening.on))
    return {kind: frozenset(openings) for kind, openings in found.items()}


def opening_kinds(plan: Plan) -> Mapping[str, frozenset[int]]:
    """Which measures (by their place in the plan) a kind of fact can open."""
    found: dict[str, set[int]] = {}
    for number, measure in enumerate(plan.measures):
        found.setdefault(kind_of(plan, measure.opening.on), set()).add(number)
    return {kind: frozenset(numbers) for kind, numbers in found.items()}


def kind_of(plan: Plan, name: str) -> str:
    """The kind of fact of a selection, or of that name."""
    selection = plan.selections.get(name)
    return name if selection is None else selection.kind


def _lookups(plan: Plan) -> Iterator[tuple[Measure, Lookup]]:
    for measure in plan.measures:
        for lookup in measure.opening.lookups:
            yield measure, lookup


def _source(plan: Plan, measure: Measure, lookup: Lookup) -> tuple[str, str]:
    """Kind and column that name the other subject: of the opening fact, or of the fact an earlier look-up found."""
    for earlier in measure.opening.lookups:
        if earlier.name == lookup.of and earlier.field is not None:
            return kind_of(plan, earlier.kind), earlier.field
    return kind_of(plan, measure.opening.on), lookup.of or ""
