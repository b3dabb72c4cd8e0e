"""Arrow tables to facts: the types that are taken, and every mistake with its place."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from lianfang.core.complaint import Complaint
from lianfang.core.facts.encode import from_tables
from lianfang.core.facts.facts import Facts
from lianfang.core.facts.fault_words import CATALOGUE
from lianfang.core.facts.faults import MOST_COMPLAINTS
from tests.core.facts.made_kinds import KINDS, ZONE

WALL_CLOCK = datetime(2020, 5, 25, 12, tzinfo=UTC).replace(tzinfo=None)
NOON = int(datetime(2020, 5, 25, 4, tzinfo=UTC).timestamp())  # 12:00 in China


def read(kind: str, **columns: Any) -> Facts:
    facts, complaints = from_tables(KINDS, {kind: pa.table(columns)}, ZONE)
    assert complaints == ()
    assert facts is not None
    return facts


def complaints_about(kind: str, **columns: Any) -> tuple[Complaint, ...]:
    facts, complaints = from_tables(KINDS, {kind: pa.table(columns)}, ZONE)
    assert facts is None
    return complaints


def named(complaints: tuple[Complaint, ...]) -> list[tuple[str, int | None, str, str]]:
    return [(c.id, c.line, str(c.column), c.found) for c in complaints]


@pytest.mark.parametrize(
    "times",
    [
        pa.array([NOON], pa.int64()),
        pa.array(["2020-05-25T12:00"]),
        pa.array(["2020-05-25T12:00"], pa.large_string()),
        pa.array(["2020/5/25 12:00"]).dictionary_encode(),
        pa.array([WALL_CLOCK], pa.timestamp("us")),
        pa.array([WALL_CLOCK.replace(microsecond=900_000)], pa.timestamp("ns")),
        pa.array([datetime(2020, 5, 25, 4, tzinfo=UTC)], pa.timestamp("ms", "UTC")),
        pa.array([WALL_CLOCK], pa.timestamp("s")),
    ],
)
def test_an_instant_is_the_same_in_every_type(times: pa.Array) -> None:
    facts = read("health_check", person=["甲"], at=times)
    assert facts.column("health_check", "at").to_pylist() == [NOON]
    assert facts.column("health_check", "at").type == pa.int64()


@pytest.mark.parametrize("type", [pa.date32(), pa.date64()])
def test_a_date_is_its_first_second_in_local_time(type: pa.DataType) -> None:
    facts = read("health_check", person=["甲"], at=pa.array([date(2020, 5, 25)], type))
    assert facts.column("health_check", "at").to_pylist() == [NOON - 12 * 3600]


def test_whole_seconds_are_taken_without_a_copy() -> None:
    times = pa.array(np.arange(NOON, NOON + 1000))
    facts = read("health_check", person=pa.array(np.zeros(1000, np.int64)), at=times)
    assert facts.column("health_check", "at").buffers()[1].address == times.buffers()[1].address


def test_choices_are_held_in_the_order_of_the_vocabulary() -> None:
    facts = read("area_level", area=["Q"] * 3, **{"from": [NOON] * 3, "level": ["high", "低风险", "medium"]})
    level = facts.column("area_level", "level")
    assert level.to_pylist() == ["high", "low", "medium"]
    assert level.dictionary.to_pylist() == ["low", "medium", "high"]
    assert level.indices.to_pylist() == [2, 0, 1]


@pytest.mark.parametrize("written", [["是", "否"], ["TRUE", "no"], [1, 0], [True, False]])
def test_yes_and_no_are_read_in_both_languages(written: list[Any]) -> None:
    facts = read("health_check", person=["甲", "乙"], at=[NOON, NOON], symptoms=written)
    assert facts.column("health_check", "symptoms").to_pylist() == [True, False]


def test_chunks_with_different_dictionaries_come_together() -> None:
    chunks = [pa.array(["low"]).dictionary_encode(), pa.array(["high", "low"]).dictionary_encode()]
    facts = read("area_level", area=["Q"] * 3, **{"from": [NOON] * 3, "level": pa.chunked_array(chunks)})
    assert facts.column("area_level", "level").to_pylist() == ["low", "high", "low"]


def test_every_mistake_of_a_table_is_named_at_once_with_row_and_column() -> None:
    complaints = complaints_about(
        "test",
        id=["a", "a", "b"],
        person=["甲", None, "乙"],
        sampled_at=["2020-05-25", "2020-05-32", "2020-05-26"],
        resulted_at=["2020-05-24", None, None],
        result=["negative", "阳", "positive"],
        corrects=[None, "x", "b"],
        temprature=[1, 2, 3],
    )
    assert named(complaints) == [
        ("fact:unknown-column", None, "temprature", "“temprature”"),
        ("fact:missing-value", 2, "person", ""),
        ("fact:bad-time", 2, "sampled_at", "2020-05-32"),
        ("fact:bad-choice", 2, "result", "阳"),
        ("fact:duplicate-id", 2, "id", "a"),
        ("fact:unknown-correction", 2, "corrects", "x"),
        ("fact:corrects-itself", 3, "corrects", "b"),
        ("fact:known-before-own-time", 1, "resulted_at", "2020-05-24T00:00"),
        ("fact:result-without-time", 3, "resulted_at", "positive"),
    ]
    assert all(c.file == "test" for c in complaints)


def test_a_column_that_is_missing_is_named_with_its_chinese_name() -> None:
    complaints = complaints_about("area_level", area=["Q"])
    assert [(c.id, c.column) for c in complaints] == [("fact:missing-column", "from"), ("fact:missing-column", "level")]
    assert "等级" in complaints[1].allowed


def test_a_misspelt_column_is_answered_with_the_nearest_one() -> None:
    complaints = complaints_about("health_check", person=["甲"], at=[NOON], temprature=[36.5])
    assert complaints[0].allowed.startswith("temperature?")


def test_an_end_before_the_beginning_is_named() -> None:
    complaints = complaints_about("stay", person=["甲"], **{"from": ["2020-05-02"], "left_on": ["2020-05-01"]})
    assert named(complaints) == [("fact:end-before-start", 1, "left_on", "2020-05-01T00:00")]


@pytest.mark.parametrize("value", [46, 29.9, float("nan"), float("inf")])
def test_a_temperature_nobody_has_is_refused(value: float) -> None:
    complaints = complaints_about("health_check", person=["甲"], at=[NOON], temperature=[value])
    assert [(c.id, c.allowed) for c in complaints] == [("fact:number-out-of-range", "30 – 45")]


@pytest.mark.parametrize("written", ["36.5度", "nan", "1_0", "0x1F", "三十六", "1e9999"])
def test_only_plain_digits_are_a_number(written: str) -> None:
    complaints = complaints_about("health_check", person=["甲"], at=[NOON], temperature=[written])
    assert named(complaints) == [("fact:bad-number", 1, "temperature", written)]


@pytest.mark.parametrize(
    ("column", "values", "id"),
    [
        ("at", [1.5], "fact:wrong-type"),
        ("at", [True], "fact:wrong-type"),
        ("at", [NOON * 1000], "fact:time-out-of-range"),
        ("symptoms", [2], "fact:bad-flag"),
        ("symptoms", [0.5], "fact:wrong-type"),
        ("temperature", [True], "fact:wrong-type"),
        ("person", [-1], "fact:bad-reference"),
        ("person", [1.0], "fact:wrong-type"),
        ("person", ["a\nb"], "fact:bad-reference"),
        ("person", ["长" * 201], "fact:bad-reference"),
    ],
)
def test_a_value_of_the_wrong_type_is_never_guessed(column: str, values: list[Any], id: str) -> None:
    columns: dict[str, Any] = {"person": ["甲"], "at": [NOON], column: values}
    complaints = complaints_about("health_check", **columns)
    assert [(c.id, c.column) for c in complaints] == [(id, column)]


def test_an_unknown_kind_is_refused_by_name() -> None:
    facts, complaints = from_tables(KINDS, {"tests": pa.table({"person": ["甲"]})}, ZONE)
    assert facts is None
    assert [(c.id, c.file, c.found) for c in complaints] == [("fact:unknown-kind", "tests", "tests")]


def test_a_thousand_mistakes_are_two_hundred_lines_and_a_count() -> None:
    complaints = complaints_about("health_check", person=["甲"] * 1000, at=["?"] * 1000)
    assert len(complaints) == MOST_COMPLAINTS + 1
    assert "800" in complaints[-1].zh
    assert "800" in complaints[-1].en
    facts, two = from_tables(
        KINDS, {k: pa.table({"person": ["甲"] * 150, KINDS[k].time: ["?"] * 150}) for k in ("test", "stay")}, ZONE
    )
    assert facts is None
    assert len(two) == MOST_COMPLAINTS + 1
    assert "100" in two[-1].en


@pytest.mark.parametrize("id", sorted(CATALOGUE))
def test_every_mistake_has_words_in_both_languages_and_says_what_to_do(id: str) -> None:
    words = CATALOGUE[id]
    for chinese in (words.zh, words.do_zh):
        assert any("一" <= c <= "鿿" for c in chinese)
    for english in (words.en, words.do_en):
        assert english
        assert not any("一" <= c <= "鿿" for c in english)


def test_identity_of_numbers_and_texts_is_compared_as_text() -> None:
    facts = read("health_check", id=[1, 2], person=["甲", "甲"], at=[NOON, NOON], corrects=[None, "1"])
    assert facts.known().column("health_check", "id").to_pylist() == ["2"]


def test_an_empty_table_is_no_facts_and_no_complaint() -> None:
    empty = pa.table({"person": pa.array([], pa.string()), "at": pa.array([], pa.int64())})
    facts, complaints = from_tables(KINDS, {"health_check": empty}, ZONE)
    assert complaints == ()
    assert facts is not None
    assert facts.rows("health_check") == 0
