"""What differs between two plans, and what changes for whom when one replaces the other."""

from lianfang.core.difference.change import Change, FieldChange, Group, Op, Pair, Paired, PlanDifference, Sort
from lianfang.core.difference.kinds import kinds_of_both
from lianfang.core.difference.plans import diff
from lianfang.core.difference.what_if import Difference, what_if

__all__ = [
    "Change",
    "Difference",
    "FieldChange",
    "Group",
    "Op",
    "Pair",
    "Paired",
    "PlanDifference",
    "Sort",
    "diff",
    "kinds_of_both",
    "what_if",
]
