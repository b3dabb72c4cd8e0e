"""Expressions over any number of facts: a handful is read row by row, because Arrow's calls cost more than they do."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from lianfang.core.language.predicate_arrow import evaluate as evaluate_columns
from lianfang.core.language.predicate_row import evaluate_row
from lianfang.core.language.predicate_tree import Expression, Type

FEW = 16
_ARROW = {
    Type.NUMBER: pa.float64(),
    Type.TIME: pa.int64(),
    Type.DURATION: pa.int64(),
    Type.TEXT: pa.string(),
    Type.FLAG: pa.bool_(),
}


def evaluate(expression: Expression, columns: Mapping[str, pa.Array], length: int, zone: int) -> pa.Array:
    """The same as `predicate_arrow.evaluate`, whatever the length; both readings have one meaning."""
    if length > FEW:
        return evaluate_columns(expression, columns, length, zone)
    given = {name: column.to_pylist() for name, column in columns.items()}
    rows = ({name: values[i] for name, values in given.items()} for i in range(length))
    return pa.array([evaluate_row(expression, row, zone) for row in rows], _ARROW[expression.type])
