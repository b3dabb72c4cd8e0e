"""All figures of a plan that have anything to count at an instant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from lianfang.core.indicators.figure import Figure
from lianfang.core.indicators.indicator import indicator
from lianfang.core.language.plan import Indicator, Plan
from lianfang.core.obligations.evaluation import Evaluation

Owed = Callable[[tuple[str, ...]], pa.Table]


@dataclass(frozen=True, slots=True)
class Counted:
    """An indicator of the plan with its figure."""

    indicator: Indicator
    figure: Figure


def present(plan: Plan, evaluation: Evaluation, obligations: pa.Table) -> tuple[Counted, ...]:
    """The figures an officer can report today: those whose facts or obligations are there, in the plan's order.

    `obligations` is the evaluation's table of that name, of all subjects.
    """
    measures = frozenset(pc.unique(obligations["measure"]).to_pylist())
    of_measures = _by_measure(obligations)
    found = []
    for wanted in plan.indicators:
        if _has_facts(plan, evaluation, wanted) or measures & _measures(wanted):
            figure = indicator(plan, evaluation, wanted, of_measures(tuple(sorted(measures & _measures(wanted)))))
            if _counts(wanted, figure):
                found.append(Counted(wanted, figure))
    return tuple(found)


def _by_measure(obligations: pa.Table) -> Owed:
    """The obligations of some measures; each is looked for once, for a city has millions of rows."""
    codes = obligations["measure"].combine_chunks().dictionary_encode()
    places = {word: place for place, word in enumerate(codes.dictionary.to_pylist())}
    known: dict[tuple[str, ...], pa.Table] = {}

    def of(measures: tuple[str, ...]) -> pa.Table:
        if measures not in known:
            wanted = pa.array([places[m] for m in measures], codes.indices.type)
            known[measures] = obligations.filter(pc.is_in(codes.indices, value_set=wanted))
        return known[measures]

    return of


def _measures(wanted: Indicator) -> frozenset[str]:
    return frozenset(of.partition("/")[0] for of in wanted.duties)


def _has_facts(plan: Plan, evaluation: Evaluation, wanted: Indicator) -> bool:
    """Whether there is a fact of any kind the figure is taken over."""
    for name in (wanted.of_facts, *(part.of_facts for part in wanted.parts)):
        selection = plan.selections.get(name or "")
        table = evaluation.facts.tables.get(name or "" if selection is None else selection.kind)
        if table is not None and table.num_rows:
            return True
    return False


def _counts(wanted: Indicator, figure: Figure) -> bool:
    """Nothing counted is a figure only where a line is held against it: none found of what must not be."""
    if figure.total or any(amount for _, amount in figure.parts):
        return True
    return wanted.of_facts is not None and figure.target_met is not None
