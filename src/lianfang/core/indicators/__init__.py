"""Figures over obligations and facts: shares, counts, means, against the plan's target."""

from lianfang.core.indicators.figure import Figure, Miss, Period
from lianfang.core.indicators.indicator import indicator

__all__ = ["Figure", "Miss", "Period", "indicator"]
