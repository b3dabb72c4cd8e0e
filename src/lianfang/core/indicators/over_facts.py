"""Numbers taken over facts: count, sum, mean, median, highest, lowest, or the share that passes a condition."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from lianfang.core.facts.vocabulary import Kind
from lianfang.core.indicators.figure import Figure, Period, percent, within
from lianfang.core.indicators.periods import LABELS, label_instants
from lianfang.core.language.plan import Indicator, Plan
from lianfang.core.obligations.evaluation import Evaluation
from lianfang.core.obligations.lookups import View, texts

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

TAKES: Mapping[str, Callable[[Floats], float]] = {
    "sum": lambda v: float(v.sum()),
    "mean": lambda v: float(v.mean()),
    "median": lambda v: float(np.median(v)),
    "highest": lambda v: float(v.max()),
    "lowest": lambda v: float(v.min()),
}


def over_facts(plan: Plan, evaluation: Evaluation, wanted: Indicator) -> Figure:
    """A number over the facts of a kind or selection that are visible at the evaluation's instant."""
    view = View(evaluation.facts, plan.kinds, plan.selections, evaluation.as_of, plan.zone)
    kind, own = view.kind_of(wanted.of_facts or "")
    sight = view.sight(kind, (own,))
    passes = _passes(view, kind, wanted, sight.row)
    rows = sight.row if wanted.take == "share" else sight.row[passes]
    passes = passes if wanted.take == "share" else np.ones(len(rows), np.bool_)
    whole = _take(view, kind, wanted, rows, passes)
    return Figure(
        wanted.id,
        whole.met,
        whole.total,
        whole.percent,
        whole.value,
        wanted.target,
        within(wanted.target, 100 * whole.met / whole.total if whole.percent is not None else whole.value),
        missed=whole.total - whole.met if wanted.take == "share" else 0,
        periods=_by_period(view, kind, wanted, rows, passes),
    )


def _passes(view: View, kind: Kind, wanted: Indicator, rows: Ints) -> npt.NDArray[np.bool_]:
    """Which rows fulfil the indicator's own condition, as far as their results are known by now."""
    if wanted.where is None or len(rows) == 0:
        return np.ones(len(rows), np.bool_)
    return np.isin(rows, view.sight(kind, (wanted.where,)).row)


def _take(view: View, kind: Kind, wanted: Indicator, rows: Ints, passes: npt.NDArray[np.bool_]) -> Period:
    met, total = int(passes.sum()), len(rows)
    if wanted.take == "share":
        return Period("", met, total, percent(met, total), None)
    values = _values(view, kind, wanted.field, rows)
    if wanted.take == "count":
        return Period("", met, total, None, float(total if values is None else len(values)))
    return Period("", met, total, None, TAKES[wanted.take](values) if values is not None and len(values) else None)


def _values(view: View, kind: Kind, name: str | None, rows: Ints) -> Floats | None:
    """The known values of a number column."""
    if name is None or len(rows) == 0:
        return None
    column = view.facts.column(kind.id, name).take(pa.array(rows)).drop_null()
    return np.asarray(column.cast(pa.float64())) if not pa.types.is_string(column.type) else np.zeros(len(column))


def _by_period(
    view: View, kind: Kind, wanted: Indicator, rows: Ints, passes: npt.NDArray[np.bool_]
) -> tuple[Period, ...]:
    if wanted.per is None or len(rows) == 0:
        return ()
    labels = _labels(view, kind, wanted.per, rows)
    out = []
    for name in np.unique(labels):
        here = labels == name
        part = _take(view, kind, wanted, rows[here], passes[here])
        out.append(Period(str(name), part.met, part.total, part.percent, part.value))
    return tuple(out)


def _labels(view: View, kind: Kind, per: str, rows: Ints) -> npt.NDArray[np.str_]:
    chosen = pa.array(rows)
    if per in LABELS:
        times = view.facts.column(kind.id, kind.time).take(chosen)
        return label_instants(np.asarray(times, np.int64), per, view.zone)
    column = texts(view.facts, kind, per, view.facts.column(kind.id, per)).take(chosen)
    return np.asarray(column.cast(pa.string()).fill_null("").to_pylist(), np.str_)
