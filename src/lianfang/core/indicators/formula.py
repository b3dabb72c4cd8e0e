"""Indicators worked out of several figures: what is needed, what is there, what is lacking, how many days it takes."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from lianfang.core.facts.vocabulary import Kind
from lianfang.core.indicators.figure import Figure, Period, within
from lianfang.core.indicators.over_facts import TAKES
from lianfang.core.indicators.share import counted
from lianfang.core.language.plan import FigurePart, Indicator, Plan
from lianfang.core.language.predicate import evaluate_row
from lianfang.core.language.predicate_tree import bound
from lianfang.core.obligations.evaluation import Evaluation
from lianfang.core.obligations.lookups import View, instants, texts

Floats = npt.NDArray[np.float64]
Amounts = Mapping[str, float | None]
NEED, HELD, AS_OF = "need", "held", "as_of"
_SUMMED = ("count", "sum", "met", "total", "missed")
"""Takes that give 0 where there is nothing to take them over."""


@dataclass(frozen=True, slots=True)
class _Rows:
    """What a figure is taken over: a number and a group for each fact or obligation."""

    amounts: Floats
    labels: npt.NDArray[np.str_]
    take: str

    def of(self, group: str | None) -> float | None:
        """The figure of one group (None: of all)."""
        here = self.amounts if group is None else self.amounts[self.labels == group]
        if len(here) == 0:
            return 0.0 if self.take in _SUMMED else None
        return _TAKE[self.take](here)


_TAKE: Mapping[str, Callable[[Floats], float]] = {
    **TAKES,
    "count": TAKES["sum"],
    "met": TAKES["sum"],
    "total": TAKES["sum"],
    "missed": TAKES["sum"],
    "percent": lambda v: 100 * float(v.mean()),
}


def worked_out(plan: Plan, evaluation: Evaluation, wanted: Indicator, obligations: pa.Table | None) -> Figure:
    """The named figures in order, the value over them, and what is lacking where `need` and `held` are among them."""
    view = View(evaluation.facts, plan.kinds, plan.selections, evaluation.as_of, plan.zone)
    rows = {p.id: _rows(view, p, wanted.per, obligations) for p in wanted.parts if p.formula is None}
    groups = sorted({str(g) for r in rows.values() for g in np.unique(r.labels)}) if wanted.per else []
    periods = tuple(_period(g, _amounts(wanted, rows, g, plan.zone), wanted, plan.zone) for g in groups)
    whole = dict(_amounts(wanted, rows, None, plan.zone))
    if wanted.per is not None and {NEED, HELD} <= set(whole):
        whole[NEED], whole[HELD] = _summed(p.need for p in periods), _summed(p.held for p in periods)
    parts = periods or (_period("", whole, wanted, plan.zone),)
    total = _period("", whole, wanted, plan.zone)
    gap = _summed(p.gap for p in parts) if {NEED, HELD} <= set(whole) else None
    covered = _covered(total.need, gap)
    lines = [p for p in parts if p.total]
    return Figure(
        wanted.id,
        sum(p.met for p in lines),
        len(lines),
        covered,
        total.value,
        wanted.target,
        within(wanted.target, total.value if wanted.value is not None else _exact(total.need, gap)),
        missed=sum(p.total - p.met for p in lines),
        periods=periods,
        need=total.need,
        held=total.held,
        gap=gap,
        parts=tuple(whole.items()),
    )


def _amounts(wanted: Indicator, rows: Mapping[str, _Rows], group: str | None, zone: int) -> Amounts:
    """Every figure of one group, each formula over those before it."""
    found: dict[str, float | None] = {}
    for part in wanted.parts:
        formula = part.formula
        found[part.id] = rows[part.id].of(group) if formula is None else _number(evaluate_row(formula, found, zone))
    return found


def _period(group: str, amounts: Amounts, wanted: Indicator, zone: int) -> Period:
    need, held = amounts.get(NEED), amounts.get(HELD)
    gap = None if need is None or held is None else max(need - held, 0.0)
    value = _number(evaluate_row(wanted.value, amounts, zone)) if wanted.value is not None else None
    return Period(group, int(gap == 0), int(gap is not None), _covered(need, gap), value, need, held, gap)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) else None


def _summed(values: Iterable[float | None]) -> float | None:
    """The sum of what is known; nothing known gives None."""
    known = [v for v in values if v is not None]
    return float(sum(known)) if known else None


def _exact(need: float | None, gap: float | None) -> float | None:
    return None if need is None or gap is None or need <= 0 else 100 * (need - gap) / need


def _covered(need: float | None, gap: float | None) -> float | None:
    """How much of the need is there, in percent with one decimal, half up; no need gives None."""
    exact = _exact(need, gap)
    return None if exact is None else math.floor(exact * 10 + 0.5) / 10


def _rows(view: View, part: FigurePart, per: str | None, obligations: pa.Table | None) -> _Rows:
    if part.of is not None and obligations is not None:
        owed, done = counted(obligations, part.of)
        wanted = {"total": np.ones(len(done), np.bool_), "missed": ~done}.get(part.take, done)
        return _Rows(wanted.astype(np.float64), np.asarray(owed["subject"].to_pylist(), np.str_), part.take)
    kind, own = view.kind_of(part.of_facts or "")
    sight = view.sight(kind, (own,))
    row = _current(view, kind, sight.t, sight.row) if part.current else sight.row
    if part.where is not None and len(row):
        row = row[np.isin(row, view.sight(kind, (bound(part.where, AS_OF, view.as_of + view.zone),)).row)]
    return _fact_rows(view, kind, part, per, row)


def _fact_rows(view: View, kind: Kind, part: FigurePart, per: str | None, row: npt.NDArray[np.int64]) -> _Rows:
    chosen = pa.array(row, pa.int64())
    if len(row) == 0:
        return _Rows(np.zeros(0), np.zeros(0, np.str_), part.take)
    labels = np.zeros(len(row), np.str_)
    if per is not None:
        column = texts(view.facts, kind, per, view.facts.column(kind.id, per)).take(chosen)
        labels = np.asarray(column.cast(pa.string()).fill_null("").to_pylist(), np.str_)
    if part.distinct:
        first = _first_of_each(view, kind, part.distinct, labels, chosen)
        return _Rows(np.ones(len(first)), labels[first], part.take)
    if part.field is None:
        return _Rows(np.ones(len(row)), labels, part.take)
    amounts = view.facts.column(kind.id, part.field).take(chosen).cast(pa.float64())
    known = np.asarray(amounts.is_valid())
    numbers = np.asarray(amounts.fill_null(0.0))[known]
    return _Rows(np.ones(len(numbers)) if part.take == "count" else numbers, labels[known], part.take)


def _first_of_each(
    view: View, kind: Kind, names: tuple[str, ...], labels: npt.NDArray[np.str_], chosen: pa.Array
) -> list[int]:
    """The place of one fact of each different combination; a fact with an unknown column is like no other."""
    columns = [texts(view.facts, kind, n, view.facts.column(kind.id, n)).take(chosen).to_pylist() for n in names]
    first: dict[tuple[object, ...], int] = {}
    for place, values in enumerate(zip(*columns, strict=True)):
        alone = (place,) if None in values else ()
        first.setdefault((str(labels[place]), *values, *alone), place)
    return list(first.values())


def _current(view: View, kind: Kind, t: npt.NDArray[np.int64], row: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Facts that still hold: those whose period goes on, or for kinds without one the newest of each subject."""
    if len(row) == 0:
        return row
    if kind.period_end is not None and not kind.until_next:
        end = instants(view.facts.column(kind.id, kind.period_end).take(pa.array(row)))
        return row[end >= view.as_of]
    order = np.lexsort((row, t))
    subject = view.codes(kind, kind.subject, row[order])
    _, first = np.unique(subject[::-1], return_index=True)
    return np.sort(row[order][::-1][first])
