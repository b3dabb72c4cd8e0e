"""Drawn by chance: the column reading and the plain reading of an expression agree; no text breaks the reader."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.core.language.complaints import MESSAGES
from lianfang.core.language.predicate import Expression, PredicateError, Type, evaluate, evaluate_row, parse

SCOPE = {
    "n": Type.NUMBER,
    "m": Type.NUMBER,
    "t": Type.TIME,
    "u": Type.TIME,
    "word": Type.TEXT,
    "list": Type.TEXT,
    "yes": Type.FLAG,
}
PARAMETERS = {"few": 3, "name": "甲"}
N, X, F, T, D = Type.NUMBER, Type.TEXT, Type.FLAG, Type.TIME, Type.DURATION
LEAVES: Mapping[Type, tuple[str, ...]] = {
    N: ("n", "m", "0", "1", "2.5", "999999999999999999999", "$few"),
    X: ("word", "list", "'甲'", "'甲、乙'", "''", "$name"),
    F: ("yes", "true", "false"),
    T: ("t", "u", "2020-05-21", "2020-05-21T14:00"),
    D: ("14 d", "48 h", "0 min", "$few d"),
}
FORMS: Mapping[Type, tuple[tuple[str, tuple[Type, ...]], ...]] = {
    N: (
        *((f"({{}} {sign} {{}})", (N, N)) for sign in "+-*/"),
        ("({} / {})", (D, D)),
        ("(- {})", (N,)),
        ("days_between({}, {})", (T, T)),
        ("hours_between({}, {})", (T, T)),
        ("count_listed({})", (X,)),
        ("coalesce({}, {})", (N, N)),
        ("later({}, {}, {})", (N, N, N)),
        ("max({}, {}, {})", (N, N, N)),
        ("min({}, {})", (N, N)),
        ("ceil({})", (N,)),
        ("floor({})", (N,)),
        ("earlier({}, {})", (N, N)),
        ("choose({}, {}, {})", (F, N, N)),
    ),
    X: (("first_listed({})", (X,)), ("coalesce({}, {})", (X, X)), ("choose({}, {}, {})", (F, X, X))),
    F: (
        *((f"({{}} {sign} {{}})", (kind, kind)) for sign in ("==", "!=") for kind in (N, X, F, T, D)),
        *((f"({{}} {sign} {{}})", (kind, kind)) for sign in ("<", "<=", ">", ">=") for kind in (N, T, D)),
        ("({} and {})", (F, F)),
        ("({} or {})", (F, F)),
        ("(not {})", (F,)),
        ("({} in ['甲', '乙'])", (X,)),
        ("({} in [0, 1, $few])", (N,)),
        ("is_known({})", (N,)),
        ("is_known({})", (X,)),
        ("contains({}, {})", (X, X)),
        ("starts_with({}, {})", (X, X)),
    ),
    T: (
        ("({} + {})", (T, D)),
        ("({} - {})", (T, D)),
        ("day({})", (T,)),
        ("later({}, {})", (T, T)),
        ("earlier({}, {})", (T, T)),
        ("coalesce({}, {})", (T, T)),
    ),
    D: (("({} - {})", (T, T)), ("({} * {})", (D, N)), ("({} / {})", (D, N)), ("({} + {})", (D, D)), ("(- {})", (D,))),
}


@st.composite
def texts_of(draw: st.DrawFn, type_: Type, levels: int) -> str:
    """The text of an expression of the given type."""
    if levels == 0 or draw(st.integers(0, 3)) == 0:
        return draw(st.sampled_from(LEAVES[type_]))
    form, operands = draw(st.sampled_from(FORMS[type_]))
    return form.format(*(draw(texts_of(operand, levels - 1)) for operand in operands))


expressions = st.sampled_from(tuple(Type)).flatmap(lambda type_: texts_of(type_, 4))
words = st.none() | st.sampled_from(["", "甲", "甲、乙", " 、丙, 丁", "high", "\u3000甲，"]) | st.text(max_size=5)
numbers = (
    st.none() | st.integers(-(2**60), 2**60).map(float) | st.floats() | st.sampled_from([0.0, -0.0, 1e308, 5e-324])
)
times = st.none() | st.integers(-(2**62), 2**62) | st.integers(1_590_000_000, 1_590_100_000)
rows = st.fixed_dictionaries(
    {"n": numbers, "m": numbers, "t": times, "u": times, "word": words, "list": words, "yes": st.none() | st.booleans()}
)
ARROW = {N: pa.float64(), X: pa.string(), F: pa.bool_(), T: pa.int64()}


@settings(max_examples=400, deadline=None)
@given(expressions, st.lists(rows, max_size=5), st.sampled_from([0, 28_800, -12_600]), st.booleans())
def test_whole_columns_and_single_facts_give_the_same_values(
    text: str, facts: list[dict[str, object]], zone: int, encoded: bool
) -> None:
    expression = parse(text, SCOPE, PARAMETERS)
    columns = {name: pa.array([fact[name] for fact in facts], ARROW[type_]) for name, type_ in SCOPE.items()}
    if encoded:
        columns["word"] = columns["word"].dictionary_encode()
    found = evaluate(expression, columns, len(facts), zone)
    assert len(found) == len(facts)
    assert found.to_pylist() == [evaluate_row(expression, fact, zone) for fact in facts]


def read(text: str) -> Expression | PredicateError:
    """The expression, or what is wrong with it."""
    try:
        return parse(text, SCOPE, PARAMETERS)
    except PredicateError as error:
        return error


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60) | st.text("()[]'$=<>+-*/ .,andornit0123456789dhTlevel", max_size=60))
def test_no_text_makes_the_reader_fall_over(text: str) -> None:
    found = read(text)
    if isinstance(found, PredicateError):
        assert 0 <= found.offset <= len(text)
    else:
        assert evaluate(found, {}, 2, 0).to_pylist() == [evaluate_row(found, {}, 0)] * 2


@settings(max_examples=100, deadline=None)
@given(expressions, st.data())
def test_an_expression_with_a_piece_cut_out_is_read_or_refused(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = read(text[:start] + text[end:])
    assert isinstance(found, Expression) or found.id in MESSAGES


@pytest.mark.parametrize(
    "piece", ["(", "not ", "-", "choose(", "'", "[", "1+", "n in [", "later(n,", "$few ", "🙂", "\0"]
)
def test_a_thousand_times_the_same_piece_is_refused_in_time(piece: str) -> None:
    with pytest.raises(PredicateError):
        parse((piece * 2000)[:2000], SCOPE, PARAMETERS)
