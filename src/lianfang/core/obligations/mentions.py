"""Whose facts a measure asks about besides its own subject's: a fact there touches everybody who names that subject."""

from __future__ import annotations

from collections.abc import Mapping

from lianfang.core.language.measure import Lookup, Measure
from lianfang.core.language.plan import Plan


def named_columns(plan: Plan) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """The columns of each kind of fact through which look-ups reach another subject: kind -> (column, subject kind)."""
    found: dict[str, dict[tuple[str, str], None]] = {}
    for measure in plan.measures:
        for lookup in measure.opening.lookups:
            if lookup.of is not None:
                kind, column = _source(plan, measure, lookup)
                found.setdefault(kind, {})[column, plan.kinds[_kind(plan, lookup.kind)].subject] = None
    return {kind: tuple(columns) for kind, columns in found.items()}


def looked_up_kinds(plan: Plan) -> Mapping[str, frozenset[str]]:
    """The kinds of fact that others look up, by the subject they are about: area -> {area_level}."""
    found: dict[str, set[str]] = {}
    for measure in plan.measures:
        for lookup in measure.opening.lookups:
            if lookup.of is not None:
                kind = _kind(plan, lookup.kind)
                found.setdefault(plan.kinds[kind].subject, set()).add(kind)
    return {subject: frozenset(kinds) for subject, kinds in found.items()}


def opening_kinds(plan: Plan) -> Mapping[str, frozenset[int]]:
    """Which measures (by their place in the plan) a kind of fact can open."""
    found: dict[str, set[int]] = {}
    for number, measure in enumerate(plan.measures):
        found.setdefault(_kind(plan, measure.opening.on), set()).add(number)
    return {kind: frozenset(numbers) for kind, numbers in found.items()}


def _source(plan: Plan, measure: Measure, lookup: Lookup) -> tuple[str, str]:
    """Kind and column that name the other subject: of the opening fact, or of the fact an earlier look-up found."""
    for earlier in measure.opening.lookups:
        if earlier.name == lookup.of and earlier.field is not None:
            return _kind(plan, earlier.kind), earlier.field
    return _kind(plan, measure.opening.on), lookup.of or ""


def _kind(plan: Plan, name: str) -> str:
    selection = plan.selections.get(name)
    return name if selection is None else selection.kind
