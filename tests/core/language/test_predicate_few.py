"""A handful of facts is read row by row and means the same."""

from __future__ import annotations

import pyarrow as pa
import pytest

from lianfang.core.language.predicate import Type, parse
from lianfang.core.language.predicate_arrow import evaluate as in_columns
from lianfang.core.language.predicate_few import FEW, evaluate

SCOPE = {"t": Type.TIME, "n": Type.NUMBER, "level": Type.TEXT, "ill": Type.FLAG}
ZONE = 28_800
COLUMNS = {
    "t": pa.array([0, 1_590_000_000, None], pa.int64()),
    "n": pa.array([1.5, None, 37.3], pa.float64()),
    "level": pa.array(["high", None, "low"]).dictionary_encode(),
    "ill": pa.array([True, None, False], pa.bool_()),
}


@pytest.mark.parametrize(
    "text",
    ["level == 'high' and not ill", "n + 1", "day(t)", "later(t, 2020-05-21)", "coalesce(level, 'none')", "n / 0 > 1"],
)
@pytest.mark.parametrize("times", [1, FEW])
def test_few_facts_and_many_give_the_same_column(text: str, times: int) -> None:
    expression = parse(text, SCOPE, {})
    columns = {c: pa.concat_arrays([COLUMNS[c]] * times) for c in expression.columns}
    few, many = (f(expression, columns, 3 * times, ZONE) for f in (evaluate, in_columns))
    assert few.type == many.type
    assert few.to_pylist() == many.to_pylist()


def test_no_facts_at_all_give_an_empty_column() -> None:
    assert len(evaluate(parse("n > 1", SCOPE, {}), {"n": pa.array([], pa.float64())}, 0, ZONE)) == 0
