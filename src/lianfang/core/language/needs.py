"""Which columns of which kinds of fact a plan ever looks at, so that nothing else need be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lianfang.core.language.addressees import ADDRESSEE, REGISTER
from lianfang.core.language.leaving import LEFT
from lianfang.core.language.measure import Measure, Requirement
from lianfang.core.language.openings import OF_OPENING
from lianfang.core.language.plan import Indicator, Plan
from lianfang.core.language.predicate import Expression


@dataclass(slots=True)
class _Needs:
    """Columns by kind, while they are collected."""

    plan: Plan
    columns: dict[str, set[str]] = field(default_factory=dict)

    def selection(self, name: str | None) -> str | None:
        """A selection's kind with the columns its predicate reads -> the kind, None for no selection."""
        if name is None:
            return None
        selection = self.plan.selections.get(name)
        kind = name if selection is None else selection.kind
        self.kind(kind, () if selection is None else (selection.where,))
        return kind

    def kind(self, kind: str, expressions: Iterable[Expression | None], names: Iterable[str | None] = ()) -> None:
        """Columns of a kind that expressions or names mention; what is no column of it (a look-up) is left out."""
        declared = self.plan.kinds[kind]
        mentioned = {c for e in expressions if e is not None for c in e.columns}
        mentioned |= {n for n in (*names, declared.time, declared.known_at, declared.period_end) if n is not None}
        self.columns.setdefault(kind, set()).update(mentioned & set(declared.columns))


def needed_columns(plan: Plan) -> Mapping[str, frozenset[str]]:
    """Kind of fact -> the columns that measures and indicators of the plan read; kinds not named are never looked at.

    The columns every kind has (`id`, `recorded_at`, `corrects`) are not in it: they are always needed.
    """
    needs = _Needs(plan)
    for measure in plan.measures:
        _measure(needs, measure)
    for indicator in plan.indicators:
        _indicator(needs, indicator)
    _built_in(needs)
    return {kind: frozenset(columns) for kind, columns in needs.columns.items()}


def _built_in(needs: _Needs) -> None:
    """What the built-in kinds are made from: the register of units, and registers that somebody leaves."""
    kinds = needs.plan.kinds
    if ADDRESSEE in needs.columns and REGISTER in kinds:
        needs.columns.setdefault(REGISTER, set()).update(kinds[REGISTER].columns)
    for id in [id for id in needs.columns if id.endswith(LEFT) and id.removesuffix(LEFT) in kinds]:
        needs.kind(id.removesuffix(LEFT), (), needs.columns[id])


def _measure(needs: _Needs, measure: Measure) -> None:
    opening = measure.opening
    kind = needs.selection(opening.on)
    every = list(_requirements(measure.requirements))
    own = [opening.where, opening.at, opening.day_one, *opening.inputs.values()]
    own += [e for r in every for e in (r.by, r.condition, r.applies) if isinstance(e, Expression)]
    asked = [name for lookup in opening.lookups for name in (lookup.of, lookup.around)]
    if kind is not None:
        needs.kind(kind, own, asked)
    for lookup in opening.lookups:
        about = needs.selection(lookup.kind)
        if about is not None:
            needs.kind(about, (lookup.where, lookup.matches), (lookup.field, lookup.through))
    if kind is not None:
        said = {name for lookup in opening.lookups if lookup.matches for name in lookup.matches.columns}
        needs.kind(kind, (), (name.removeprefix(OF_OPENING) for name in said if name.startswith(OF_OPENING)))
    selections = [name for r in every for name in (r.evidence, r.trigger, r.waiver)]
    selections += [name for e in measure.exits for name in e.on] + [s.cut_by for s in measure.stages]
    for name in (*selections, measure.suspend_on, measure.clear_on):
        needs.selection(name)


def _requirements(requirements: Iterable[Requirement]) -> Iterable[Requirement]:
    for requirement in requirements:
        yield requirement
        yield from _requirements(requirement.then)


def _indicator(needs: _Needs, indicator: Indicator) -> None:
    kind = needs.selection(indicator.of_facts)
    if kind is not None:
        needs.kind(kind, (indicator.where,), (indicator.field, indicator.per))
    for part in indicator.parts:
        about = needs.selection(part.of_facts)
        if about is not None:
            needs.kind(
                about, (part.where,), (part.field, indicator.per, *part.distinct, needs.plan.kinds[about].subject)
            )
