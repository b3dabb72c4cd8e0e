"""Expressions: what they mean, what is unknown, what is refused and where."""

from __future__ import annotations

import pyarrow as pa
import pytest

from lianfang.core.days.text import parse_instant
from lianfang.core.language.predicate import Expression, PredicateError, Type, both, evaluate, evaluate_row, parse
from lianfang.core.language.predicate_tree import Constant

ZONE = 8 * 3600
SCOPE = {
    "level": Type.TEXT,
    "origin": Type.TEXT,
    "units": Type.TEXT,
    "temperature": Type.NUMBER,
    "crew": Type.FLAG,
    "arrived_at": Type.TIME,
    "left_at": Type.TIME,
}
CHOICES = {"level": ("low", "medium", "high")}
PARAMETERS = {"fever": 37.3, "isolation.days": 14, "place": "high"}


def read(text: str) -> Expression:
    return parse(text, SCOPE, PARAMETERS, CHOICES)


def at(text: str) -> int:
    return parse_instant(text, ZONE)


def value(text: str, **row: object) -> object:
    """The value for one fact, after checking that the column reading agrees."""
    expression = read(text)
    columns = {name: pa.array([given]) for name, given in row.items()}
    (by_column,) = evaluate(expression, columns, 1, ZONE).to_pylist()
    by_row = evaluate_row(expression, row, ZONE)
    assert by_row == by_column
    return by_row


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3 == 7", True),
        ("(1 + 2) * 3 == 9", True),
        ("10 - 4 - 3 == 3", True),
        ("- 2 * 3 == - 6", True),
        ("not 1 == 2 and 1 == 1", True),
        ("1 == 1 or 1 == 1 and 1 == 2", True),
        ("48 h == 2 d", True),
        ("30 min * 2 == 1 h", True),
        ("1 d / 6 h == 4", True),
        ("3 in [1, 2, 3]", True),
        ("'甲' in ['乙', '丙']", False),
        ("2020-05-21T14:00 - 2020-05-21 == 14 h", True),
        ("contains('东坡区、彭山区', '彭山')", True),
        ("starts_with('东坡区', '彭山')", False),
        ("later(1, 3, 2) == 3", True),
        ("max(1, 3, 2) == 3 and min(1, 3, 2) == 1", True),
        ("ceil(601 / 600) == 2 and ceil(600 / 600) == 1 and floor(1.9) == 1", True),
        ("is_known(max(1, 1 / 0))", False),
        ("choose(1 == 2, 'a', 'b') == 'b'", True),
        ("days_between(2020-05-21T23:59, 2020-05-22T00:00) == 1", True),
        ("hours_between(2020-05-21, 2020-05-21T12:00) == 12", True),
        ("day(2020-05-21T14:00) == 2020-05-21", True),
        ("$isolation.days + 0 == 14", True),
        ("$isolation.days d == 14 d", True),
    ],
)
def test_the_arithmetic_of_days_and_numbers(text: str, expected: bool) -> None:
    assert value(text) is expected


def test_a_comparison_with_something_unknown_is_false() -> None:
    assert value("temperature >= $fever", temperature=None) is False
    assert value("temperature < $fever", temperature=None) is False
    assert value("level != 'high'", level=None) is False
    assert value("level in ['high']", level=None) is False


def test_not_of_a_comparison_with_something_unknown_is_true() -> None:
    assert value("not temperature >= $fever", temperature=None) is True


def test_arithmetic_with_something_unknown_is_unknown() -> None:
    assert value("temperature + 1", temperature=None) is None
    assert value("arrived_at + 14 d", arrived_at=None) is None


def test_division_by_zero_is_unknown() -> None:
    assert value("temperature / 0", temperature=1.0) is None
    assert value("is_known(temperature / (temperature - temperature))", temperature=1.0) is False


def test_a_number_beyond_all_bounds_is_unknown() -> None:
    assert value("temperature * temperature", temperature=1e200) is None
    assert value("temperature", temperature=float("nan")) is None


def test_an_unknown_flag_counts_as_no() -> None:
    assert value("crew or 1 == 2", crew=None) is False
    assert value("not crew", crew=None) is True


def test_the_later_of_two_times_ignores_the_unknown_one() -> None:
    assert value("later(arrived_at, left_at)", arrived_at=None, left_at=at("2020-05-25")) == at("2020-05-25")
    assert value("later(arrived_at, left_at)", arrived_at=None, left_at=None) is None


def test_the_day_of_an_instant_is_a_civil_day_of_the_plan() -> None:
    assert value("day(arrived_at)", arrived_at=at("2020-05-25T00:30")) == at("2020-05-25")
    assert value("day(arrived_at)", arrived_at=at("2020-05-24T23:30")) == at("2020-05-24")


def test_days_between_counts_civil_days_and_not_hours() -> None:
    late, early = at("2020-05-24T23:00"), at("2020-05-25T01:00")
    assert value("days_between(arrived_at, left_at)", arrived_at=late, left_at=early) == 1


def test_the_first_listed_unit_is_the_lead() -> None:
    assert value("first_listed(units)", units="区卫健局、 区公安局, 各镇") == "区卫健局"
    assert value("count_listed(units)", units="区卫健局、 区公安局, 各镇") == 3
    assert value("first_listed(units)", units=" ") is None
    assert value("count_listed(units)", units=None) is None


def test_dictionary_encoded_text_reads_like_plain_text() -> None:
    column = pa.array(["high", None, "low", "high"]).dictionary_encode()
    for text in ("level == 'high'", "level != 'high'", "level in ['low', 'high']", "contains(level, 'ig')"):
        found = evaluate(read(text), {"level": column}, 4, ZONE)
        assert found == evaluate(read(text), {"level": column.cast(pa.string())}, 4, ZONE)
    assert evaluate(read("level"), {"level": column}, 4, ZONE).type == pa.string()


def test_columns_in_pieces_read_like_whole_ones() -> None:
    pieces = pa.chunked_array([[36.5], [37.5, None]])
    assert evaluate(read("temperature > $fever"), {"temperature": pieces}, 3, ZONE).to_pylist() == [False, True, False]


def test_a_missing_column_is_unknown_everywhere() -> None:
    assert evaluate(read("temperature + 1"), {}, 3, ZONE) == pa.nulls(3, pa.float64())
    assert evaluate(read("is_known(arrived_at)"), {}, 2, ZONE).to_pylist() == [False, False]


def test_the_results_have_the_types_that_were_promised() -> None:
    row = {"arrived_at": pa.array([at("2020-05-25")]), "temperature": pa.array([37])}
    types = {"arrived_at + 1 d": pa.int64(), "temperature": pa.float64(), "crew": pa.bool_(), "units": pa.string()}
    assert {text: evaluate(read(text), row, 1, ZONE).type for text in types} == types


@pytest.mark.parametrize(
    ("text", "id", "offset", "found"),
    [
        ("level == 'hgih'", "expression:no-such-choice", 9, "hgih"),
        ("'hgih' == level", "expression:no-such-choice", 0, "hgih"),
        ("level in ['low', 'hgih']", "expression:no-such-choice", 17, "hgih"),
        ("level == $place and level == $fever", "expression:wrong-types", 26, "text == number"),
        ("temperature + level", "expression:wrong-types", 12, "number + text"),
        ("arrived_at + 14", "expression:wrong-types", 11, "time + number"),
        ("level < 'high'", "expression:wrong-types", 6, "text < text"),
        ("crew and temperature", "expression:wrong-types", 5, "and number"),
        ("not temperature", "expression:wrong-types", 0, "not number"),
        ("- level", "expression:wrong-types", 0, "- text"),
        ("coalesce(crew, level)", "expression:wrong-types", 0, "coalesce(flag, text)"),
        ("later()", "expression:wrong-types", 0, "later()"),
        ("1 < 2 < 3", "expression:chained", 6, "<"),
        ("temprature > 37", "expression:unknown-name", 0, "temprature"),
        ("most(1, 2)", "expression:unknown-function", 0, "most"),
        ("temperature > $fevr", "expression:unknown-parameter", 14, "$fevr"),
        ("level in [origin]", "expression:not-a-value", 10, "origin"),
        ("level in []", "expression:unexpected", 10, "]"),
        ("arrived_at > 2020-02-30", "expression:no-such-date", 13, "2020-02-30"),
        ('level == "high"', "expression:stray-character", 9, '"'),
        ("level == 'high", "expression:open-text", 9, "'high"),
        ("(crew", "expression:unexpected", 5, "…"),
        ("crew crew", "expression:unexpected", 5, "crew"),
        ("", "expression:unexpected", 0, "…"),
        ("and", "expression:unexpected", 0, "and"),
        ("arrived_at + 3 mo", "expression:unexpected", 15, "mo"),
        ("__import__('os')", "expression:unknown-function", 0, "__import__"),
        ("level.upper()", "expression:stray-character", 5, "."),
        ("1 == " + "(" * 41 + "1" + ")" * 41, "expression:too-deep", 44, "41"),
        ("not " * 50 + "crew", "expression:too-deep", 160, "41"),
        ("crew or " * 300 + "crew", "expression:too-long", 2000, "2404"),
    ],
)
def test_a_mistake_is_told_with_its_place(text: str, id: str, offset: int, found: str) -> None:
    with pytest.raises(PredicateError) as caught:
        read(text)
    assert (caught.value.id, caught.value.offset, caught.value.found) == (id, offset, found)


def test_a_long_list_of_alternatives_costs_no_levels() -> None:
    text = " or ".join(f"temperature == {i}" for i in range(80))
    assert read(text).tree.height == 3
    assert value(text, temperature=79) is True


def test_a_sum_of_columns_deeper_than_forty_levels_is_refused() -> None:
    with pytest.raises(PredicateError, match="too-deep"):
        read(" + ".join(["temperature"] * 45))


def test_constants_are_worked_out_once() -> None:
    assert read("$isolation.days d + 2 h * 12").tree == Constant(15 * 86400.0, Type.DURATION)
    assert read("+".join(["1"] * 60)).tree == Constant(60.0, Type.NUMBER)


def test_an_expression_knows_what_it_reads() -> None:
    expression = read("temperature >= $fever and level == 'high'")
    assert expression.columns == {"temperature", "level"}
    assert expression.parameters == {"fever"}
    assert hash(expression) == hash(read("temperature >= $fever and level == 'high'"))


def test_two_conditions_hold_where_both_hold() -> None:
    joined = both(read("crew"), read("temperature > 37"))
    assert joined is not None
    assert evaluate_row(joined, {"crew": True, "temperature": 38}, ZONE) is True
    assert evaluate_row(joined, {"crew": True, "temperature": 36}, ZONE) is False
    assert both(None, None) is None
    assert both(read("crew"), None) == read("crew")
