"""The share of obligations that were discharged."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from lianfang.core.indicators.figure import MOST_MISSES, Figure, Miss, Period, percent, within
from lianfang.core.indicators.periods import LABELS, label_instants
from lianfang.core.language.plan import Indicator, Plan

DONE = ("met", "late")
EXCUSED = ("waived", "cancelled", "superseded")
"""Nobody owes these any more, so that they would only blur the share."""


def share(plan: Plan, obligations: pa.Table, wanted: Indicator) -> Figure:
    """Met and late obligations of a measure (or one of its requirements) among all that are owed."""
    table = _concerned(obligations, wanted.of or "")
    owed, done = _owed(table)
    met, total = int(done.sum()), owed.num_rows
    missing = owed.filter(pa.array(~done))
    exact = 100 * met / total if total else None
    return Figure(
        wanted.id,
        met,
        total,
        percent(met, total),
        None,
        wanted.target,
        within(wanted.target, exact),
        excused=table.num_rows - total,
        missed=total - met,
        misses=_misses(missing.slice(0, MOST_MISSES)),
        periods=_periods(owed, done, wanted.per, plan.zone),
    )


def counted(obligations: pa.Table, of: str) -> tuple[pa.Table, npt.NDArray[np.bool_]]:
    """What is owed under a measure or requirement (nothing excused), and which of it is done."""
    return _owed(_concerned(obligations, of))


def _owed(table: pa.Table) -> tuple[pa.Table, npt.NDArray[np.bool_]]:
    owed = table.filter(pc.invert(_among(table["status"], EXCUSED)))
    done = _among(owed["status"], DONE).combine_chunks()
    return owed, np.asarray(done, np.bool_)


def _concerned(table: pa.Table, of: str) -> pa.Table:
    """Rows of `measure` or `measure/requirement`; a child is found by its whole path or by its own id."""
    measure, _, path = of.partition("/")
    keep = pc.equal(table["measure"], measure)
    if path:
        own = pc.or_(pc.equal(table["requirement"], path), pc.ends_with(table["requirement"], f"/{path}"))
        keep = pc.and_(keep, own)
    return table.filter(keep)


def _among(column: pa.ChunkedArray, words: tuple[str, ...]) -> pa.ChunkedArray:
    return pc.is_in(column, value_set=pa.array(words, pa.string()))


def _misses(table: pa.Table) -> tuple[Miss, ...]:
    names = ("subject", "measure", "requirement", "occurrence", "status")
    return tuple(Miss(*row) for row in zip(*(table[n].to_pylist() for n in names), strict=True))


def _periods(owed: pa.Table, done: npt.NDArray[np.bool_], per: str | None, zone: int) -> tuple[Period, ...]:
    """By the day, week or month in which each obligation falls due (without a due time: opens)."""
    if per is None or owed.num_rows == 0:
        return ()
    if per not in LABELS:
        labels = np.asarray(owed[per].cast(pa.string()).fill_null("").to_pylist(), np.str_)
    else:
        when = np.asarray(pc.fill_null(pc.coalesce(owed["due"], owed["from"]), -1), np.int64)
        labels = label_instants(when, per, zone)
    names, back = np.unique(labels, return_inverse=True)
    totals = np.bincount(back, minlength=len(names))
    mets = np.bincount(back, weights=done, minlength=len(names)).astype(np.int64)
    return tuple(
        Period(str(n), int(m), int(t), percent(int(m), int(t)), None)
        for n, m, t in zip(names, mets, totals, strict=True)
    )
