"""The small, total expression language in which a plan selects facts by their own fields (docs/language.md)."""

from __future__ import annotations

from lianfang.core.language.predicate_arrow import evaluate
from lianfang.core.language.predicate_parse import parse
from lianfang.core.language.predicate_row import evaluate_row
from lianfang.core.language.predicate_tree import Expression, PredicateError, Type, both, conjuncts

__all__ = ["Expression", "PredicateError", "Type", "both", "conjuncts", "evaluate", "evaluate_row", "parse"]
