"""Facts in hand: names and codes, what was known when, what a correction does."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.core.days.text import parse_instant
from lianfang.core.facts.encode import from_tables
from lianfang.core.facts.facts import Facts
from tests.core.facts.made_kinds import KINDS, ZONE


def at(text: str) -> int:
    return parse_instant(text, ZONE)


def facts_of(*rows: tuple[str, dict[str, object]]) -> Facts:
    facts, complaints = Facts.from_rows(KINDS, rows, ZONE)
    assert complaints == ()
    assert facts is not None
    return facts


def ids(facts: Facts, kind: str) -> list[str]:
    return [facts.id_of(kind, row) for row in range(facts.rows(kind))]


def test_a_row_becomes_a_fact_with_local_times_and_words_of_the_vocabulary() -> None:
    facts = facts_of(
        ("test", {"person": "甲", "at": "2020-05-25T14:00", "结果": "阴性", "resulted_at": "2020-05-26"}),
        ("test", {"人员": "乙", "sampled_at": "2020-05-25T14:00Z"}),
    )
    assert facts.column("test", "sampled_at").to_pylist() == [at("2020-05-25T14:00"), at("2020-05-25T22:00")]
    assert facts.column("test", "result").to_pylist() == ["negative", None]
    assert ids(facts, "test") == ["test-1", "test-2"]


def test_one_name_is_one_code_in_every_kind_and_column() -> None:
    facts = facts_of(
        ("stay", {"person": "甲", "from": "2020-05-01", "area": "Q"}),
        ("area_level", {"area": "Q", "from": "2020-05-01", "level": "high"}),
        ("test", {"person": "乙", "at": "2020-05-25"}),
        ("test", {"person": "甲", "at": "2020-05-26"}),
    )
    assert facts.column("stay", "area").to_pylist() == facts.column("area_level", "area").to_pylist()
    assert facts.size("person") == 2
    for name in ("甲", "乙"):
        code = facts.code("person", name)
        assert code is not None
        assert facts.name("person", code) == name
    assert facts.code("person", "丙") is None
    assert facts.code("place", "甲") is None


def test_a_column_the_source_lacks_is_unknown_in_every_row_and_of_the_right_type() -> None:
    facts = facts_of(("test", {"person": "甲", "at": "2020-05-25"}))
    for name, type in (("resulted_at", pa.int64()), ("note", pa.string()), ("laboratory", pa.int64())):
        column = facts.column("test", name)
        assert (column.type, column.to_pylist()) == (type, [None])
    assert facts.column("health_check", "symptoms").type == pa.bool_()
    assert len(facts.column("health_check", "temperature")) == 0


def test_what_was_recorded_later_did_not_exist_then() -> None:
    facts = facts_of(
        ("test", {"id": "a", "person": "甲", "at": "2020-05-25"}),
        ("test", {"id": "b", "person": "甲", "at": "2020-05-25", "recorded_at": "2020-05-28T12:00"}),
    )
    assert ids(facts.known(at("2020-05-28T11:59")), "test") == ["a"]
    assert ids(facts.known(at("2020-05-28T12:00")), "test") == ["a", "b"]
    assert ids(facts.known(), "test") == ["a", "b"]


def test_a_corrected_fact_is_gone_from_the_instant_its_correction_was_recorded() -> None:
    facts = facts_of(
        ("test", {"id": "a", "person": "甲", "at": "2020-05-25"}),
        ("test", {"id": "b", "person": "甲", "at": "2020-05-24", "corrects": "a", "recorded_at": "2020-05-28"}),
    )
    assert ids(facts.known(at("2020-05-27")), "test") == ["a"]
    assert ids(facts.known(at("2020-05-28")), "test") == ["b"]
    assert ids(facts.known(), "test") == ["b"]


def test_a_correction_of_a_correction_does_not_bring_the_first_version_back() -> None:
    facts = facts_of(
        ("test", {"id": "a", "person": "甲", "at": "2020-05-25"}),
        ("test", {"id": "b", "person": "甲", "at": "2020-05-24", "corrects": "a"}),
        ("test", {"id": "c", "person": "甲", "at": "2020-05-23", "corrects": "b"}),
    )
    assert ids(facts.known(), "test") == ["c"]


def test_subjects_keep_their_codes_when_facts_are_not_yet_known() -> None:
    facts = facts_of(
        ("test", {"person": "甲", "at": "2020-05-25", "recorded_at": "2020-06-01"}),
        ("test", {"person": "乙", "at": "2020-05-25"}),
    )
    earlier = facts.known(at("2020-05-30"))
    assert earlier.code("person", "乙") == facts.code("person", "乙")
    assert earlier.size("person") == 2


def test_facts_without_news_are_the_same_object_so_that_nothing_is_computed_twice() -> None:
    facts = facts_of(("test", {"person": "甲", "at": "2020-05-25", "recorded_at": "2020-05-25"}))
    assert facts.known(at("2020-05-26")) is facts


def test_dense_whole_numbers_are_their_own_names() -> None:
    table = pa.table({"person": pa.array([0, 4, None], pa.int32()), "at": pa.array([1, 2, 3], pa.int64())})
    facts, complaints = from_tables(KINDS, {"health_check": table.slice(0, 2)}, ZONE)
    assert complaints == ()
    assert facts is not None
    assert (facts.names["person"], facts.size("person"), facts.name("person", 4)) == (None, 5, "4")
    assert [facts.code("person", text) for text in ("4", "5", "04", "x", "-1", "²")] == [
        4,
        None,
        None,
        None,
        None,
        None,
    ]
    assert facts.id_of("health_check", 1) == "health_check-2"


def test_ids_made_from_row_numbers_stay_when_rows_disappear() -> None:
    table = pa.table(
        {
            "person": pa.array([0, 1], pa.int64()),
            "at": pa.array([1, 2], pa.int64()),
            "recorded_at": pa.array([9, 2], pa.int64()),
        }
    )
    facts, _ = from_tables(KINDS, {"health_check": table}, ZONE)
    assert facts is not None
    assert ids(facts.known(5), "health_check") == ["health_check-2"]


def test_a_fact_without_an_id_keeps_its_row_number_as_its_name() -> None:
    table = pa.table(
        {"id": ["a", None, None], "person": ["甲"] * 3, "at": pa.array([1, 2, 3]), "corrects": [None, "a", None]}
    )
    facts, complaints = from_tables(KINDS, {"health_check": table}, ZONE)
    assert complaints == ()
    assert facts is not None
    assert ids(facts.known(), "health_check") == ["health_check-2", "health_check-3"]


def test_a_correction_may_name_a_row_of_a_source_without_ids() -> None:
    columns = {"person": ["甲"] * 2, "at": pa.array([1, 2]), "corrects": [None, "health_check-1"]}
    facts, complaints = from_tables(KINDS, {"health_check": pa.table(columns)}, ZONE)
    assert complaints == ()
    assert facts is not None
    assert ids(facts.known(), "health_check") == ["health_check-2"]
    columns["corrects"] = [None, "health_check-9"]
    _, complaints = from_tables(KINDS, {"health_check": pa.table(columns)}, ZONE)
    assert [(c.id, c.line) for c in complaints] == [("fact:unknown-correction", 2)]


def test_sparse_numbers_and_mixed_spellings_are_names_like_any_other() -> None:
    tables = {
        "stay": pa.table({"person": [10**15, 7], "from": pa.array([0, 0], pa.int64()), "area": ["Q", "R"]}),
        "area_level": pa.table({"area": [5, 6], "from": pa.array([0, 0], pa.int64()), "level": ["low", "high"]}),
    }
    facts, complaints = from_tables(KINDS, tables, ZONE)
    assert complaints == ()
    assert facts is not None
    assert facts.name("person", facts.column("stay", "person")[0].as_py()) == str(10**15)
    assert facts.size("area") == 4
    assert facts.name("area", facts.column("area_level", "area")[1].as_py()) == "6"


@given(
    st.lists(st.tuples(st.integers(0, 9), st.none() | st.integers(0, 9)), min_size=1, max_size=12),
    st.lists(st.integers(0, 9), min_size=1, max_size=3),
)
def test_knowing_more_never_loses_a_fact_except_to_a_correction(
    rows: list[tuple[int, int | None]], instants: list[int]
) -> None:
    given_rows = [
        ("test", {"id": f"f{n}", "person": "甲", "at": 1_600_000_000, "recorded_at": 1_600_000_000 + recorded}
         | ({"corrects": f"f{corrects}"} if corrects is not None and corrects < n else {}))
        for n, (recorded, corrects) in enumerate(rows)
    ]  # fmt: skip
    facts = facts_of(*given_rows)
    corrected: set[str] = set()
    for instant in sorted(instants):
        present = ids(facts.known(1_600_000_000 + instant), "test")
        recorded_by_then = [row for _, row in given_rows if row["recorded_at"] <= 1_600_000_000 + instant]  # type: ignore[operator]
        corrected = {str(row["corrects"]) for row in recorded_by_then if "corrects" in row}
        assert present == [row["id"] for row in recorded_by_then if row["id"] not in corrected]


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_kind_without_facts_has_no_rows_and_no_subjects(kind: str) -> None:
    facts = facts_of()
    assert facts.rows(kind) == 0
    assert facts.size(KINDS[kind].subject) == 0
    assert len(facts.column(kind, KINDS[kind].time)) == 0
