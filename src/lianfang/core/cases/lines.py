"""The result lines that expected lines are held against."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from lianfang.core.cases.compare import Lines
from lianfang.core.cases.fit import Row
from lianfang.core.indicators import Figure, indicator
from lianfang.core.obligations.evaluation import Evaluation


def lines_of(evaluation: Evaluation) -> Lines:
    """Result lines of a section, read from the tables once and only when asked for."""

    tables = {"loops": evaluation.loops, "stages": evaluation.stages, "obligations": evaluation.obligations}
    table = cache(lambda section: tables[section]())

    @cache
    def lines(section: str) -> Sequence[Row]:
        if section == "indicators":
            plan, owed = evaluation.plan, table("obligations")
            return [row for i in plan.indicators for row in _figure(indicator(plan, evaluation, i, owed))]
        found: list[Row] = table(section).to_pylist()
        return found

    return lines


def _figure(figure: Figure) -> list[Row]:
    """The figure as a whole, then its periods."""
    whole: Row = {
        "indicator": figure.indicator,
        "period": None,
        "met": figure.met,
        "total": figure.total,
        "percent": figure.percent,
        "value": figure.value,
        "need": figure.need,
        "held": figure.held,
        "gap": figure.gap,
        "target_met": figure.target_met,
    }
    names = ("period", "met", "total", "percent", "value", "need", "held", "gap")
    parts = [{"indicator": figure.indicator, **{n: getattr(p, n) for n in names}} for p in figure.periods]
    return [whole, *parts]
