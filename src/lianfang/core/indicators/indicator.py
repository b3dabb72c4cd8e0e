"""Compute one indicator of a plan from an evaluation."""

from __future__ import annotations

import pyarrow as pa

from lianfang.core.indicators.figure import Figure
from lianfang.core.indicators.formula import worked_out
from lianfang.core.indicators.over_facts import over_facts
from lianfang.core.indicators.share import share
from lianfang.core.language.plan import Indicator, Plan
from lianfang.core.obligations.evaluation import Evaluation


def indicator(plan: Plan, evaluation: Evaluation, wanted: Indicator, obligations: pa.Table | None = None) -> Figure:
    """The figure an officer reports: a share of obligations done, or a number taken over facts.

    `obligations` is the evaluation's table of that name, for callers who have it already.
    """
    if wanted.duties and obligations is None:
        obligations = evaluation.obligations()
    if wanted.parts:
        return worked_out(plan, evaluation, wanted, obligations)
    if wanted.of is not None and obligations is not None:
        return share(plan, obligations, wanted)
    return over_facts(plan, evaluation, wanted)
