"""Which clauses run: every element with the clauses it cites, and the proof that a case would notice its absence."""

from lianfang.core.coverage.clauses import Coverage, Row, Standing, coverage
from lianfang.core.coverage.elements import Element, Sort, elements
from lianfang.core.coverage.extended import taken_over
from lianfang.core.coverage.prove import Proof, Proven, prove
from lianfang.core.coverage.without import without

__all__ = [
    "Coverage",
    "Element",
    "Proof",
    "Proven",
    "Row",
    "Sort",
    "Standing",
    "coverage",
    "elements",
    "prove",
    "taken_over",
    "without",
]
