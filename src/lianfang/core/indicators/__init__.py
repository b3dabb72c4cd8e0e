"""Figures over obligations and facts: shares, counts, means, against the plan's target."""

from lianfang.core.indicators.figure import Figure, Miss, Period
from lianfang.core.indicators.indicator import indicator
from lianfang.core.indicators.present import Counted, present
from lianfang.core.indicators.reason import reason

__all__ = ["Counted", "Figure", "Miss", "Period", "indicator", "present", "reason"]
