"""The made-up city: reproducible, in order, of the promised shares, and in the words of the vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
import yaml
from numpy.typing import NDArray

from lianfang.core.city.city import DAYS, START, make_city
from lianfang.reach.city_files import write_city

VOCABULARY = Path(__file__).parents[3] / "src" / "lianfang" / "packs" / "vocabulary"
TIME = {
    "area_level": "from",
    "contact": "last_exposure",
    "stay": "from",
    "test": "sampled_at",
    "transfer": "departed_at",
}
DAY = 86400


@pytest.fixture(scope="module")
def city() -> Mapping[str, pa.Table]:
    """Twenty thousand persons."""
    return make_city(20_000, 7)


def numbers(table: pa.Table, column: str) -> NDArray[np.int64]:
    """A column without gaps as whole numbers."""
    values = table[column].combine_chunks().drop_null().to_numpy(zero_copy_only=False)
    return np.asarray(values, np.int64)


def share(flags: pa.ChunkedArray) -> float:
    """How much of a column of yes and no is yes, unknown counted as no."""
    return float(pc.mean(pc.cast(pc.fill_null(flags, False), pa.float64())).as_py())


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_city(make_city(500, 11), tmp_path / name)
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert len(files) > 15
    for name in files:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_another_seed_makes_other_people_arrive() -> None:
    assert not make_city(500, 11)["arrival"].equals(make_city(500, 12)["arrival"])


def test_a_city_of_one_person_has_facts_of_every_kind_it_can() -> None:
    assert set(make_city(1, 7)) == set(make_city(1000, 7))


def test_a_city_without_persons_is_refused_in_both_languages() -> None:
    with pytest.raises(ValueError, match=r"至少为 1.*at least 1"):
        make_city(0, 7)


def test_twice_the_persons_bring_twice_the_facts(city: Mapping[str, pa.Table]) -> None:
    half = make_city(10_000, 7)
    for kind in ("arrival", "contact", "test", "health_check", "placement", "health_code"):
        assert city[kind].num_rows / half[kind].num_rows == pytest.approx(2, rel=0.05), kind


def test_facts_of_every_kind_come_in_order_of_their_own_time(city: Mapping[str, pa.Table]) -> None:
    for kind, table in city.items():
        own = numbers(table, TIME.get(kind, "at"))
        assert (np.diff(own) >= 0).all(), kind


def test_nothing_happens_after_the_period_and_nobody_arrives_before_it(city: Mapping[str, pa.Table]) -> None:
    end = START + DAYS * DAY
    for kind in ("arrival", "test", "health_check", "placement", "transfer", "cure", "pickup", "health_code"):
        assert numbers(city[kind], TIME.get(kind, "at")).max() < end, kind
    assert numbers(city["arrival"], "at").min() >= START


def test_a_later_start_moves_every_fact_by_as_much() -> None:
    first, later = make_city(300, 7), make_city(300, 7, start=START + 30 * DAY)
    assert (numbers(later["test"], "sampled_at") - numbers(first["test"], "sampled_at") == 30 * DAY).all()


def test_every_person_named_is_one_of_the_city(city: Mapping[str, pa.Table]) -> None:
    for kind, table in city.items():
        if "person" in table.column_names:
            assert numbers(table, "person").min() >= 0, kind
            assert numbers(table, "person").max() < 20_000, kind


def test_tests_have_the_promised_shares(city: Mapping[str, pa.Table]) -> None:
    test = city["test"]
    assert share(pc.equal(test["result"], "positive")) == pytest.approx(0.003, abs=0.0012)
    assert share(pc.equal(test["result"], "invalid")) == pytest.approx(0.005, abs=0.0015)
    wait = pc.subtract(test["resulted_at"], test["sampled_at"])
    assert share(pc.greater(wait, DAY)) == pytest.approx(0.05, abs=0.01)
    assert 0 < share(pc.is_null(test["resulted_at"])) < 0.03
    assert pc.min(wait).as_py() >= 0


def test_a_result_that_never_came_says_nothing(city: Mapping[str, pa.Table]) -> None:
    test = city["test"]
    assert pc.all(pc.equal(pc.is_null(test["resulted_at"]), pc.is_null(test["result"]))).as_py()


def test_one_check_in_a_hundred_shows_symptoms_and_most_of_those_are_cleared(city: Mapping[str, pa.Table]) -> None:
    ill = city["health_check"].filter(city["health_check"]["symptoms"])
    assert ill.num_rows / city["health_check"].num_rows == pytest.approx(0.01, abs=0.002)
    assert 0.8 < city["clearance"].num_rows / ill.num_rows < 0.95


def test_most_positive_people_are_transferred_within_hours_and_a_few_never(city: Mapping[str, pa.Table]) -> None:
    moved, found = city["transfer"].num_rows, city["diagnosis"].num_rows
    assert 0.9 < moved / found < 1.0


def test_nobody_is_checked_after_the_positive_result_is_known(city: Mapping[str, pa.Table]) -> None:
    first = city["test"].filter(pc.is_null(city["test"]["corrects"]))
    positive = first.filter(pc.equal(first["result"], "positive"))
    known = dict(zip(numbers(positive, "person").tolist(), numbers(positive, "resulted_at").tolist(), strict=True))
    checks = city["health_check"]
    for person, at in zip(numbers(checks, "person").tolist(), numbers(checks, "at").tolist(), strict=True):
        assert at <= known.get(person, at)


def test_a_correction_names_a_fact_of_its_kind_and_is_recorded_later(city: Mapping[str, pa.Table]) -> None:
    for kind in ("arrival", "test", "area_level"):
        table = city[kind]
        recorded = dict(zip(table["id"].to_pylist(), table["recorded_at"].to_pylist(), strict=True))
        corrections = table.filter(pc.is_valid(table["corrects"]))
        assert corrections.num_rows > 10, kind
        for wrong, right in zip(corrections["corrects"].to_pylist(), corrections["id"].to_pylist(), strict=True):
            assert recorded[right] > recorded[wrong], kind
        assert table["id"].combine_chunks().value_counts().field("counts").to_pylist() == [1] * table.num_rows


def test_some_facts_are_learned_days_after_they_happened(city: Mapping[str, pa.Table]) -> None:
    checks = city["health_check"]
    assert share(pc.greater(pc.subtract(checks["recorded_at"], checks["at"]), DAY)) == pytest.approx(0.02, abs=0.005)


def test_some_areas_change_their_level_and_some_are_never_given_one(city: Mapping[str, pa.Table]) -> None:
    named = set(numbers(city["area_level"], "area").tolist())
    origins = set(numbers(city["arrival"], "origin").tolist())
    assert origins - named
    assert origins & named


def test_files_read_back_as_the_tables_that_were_written(tmp_path: Path) -> None:
    tables = make_city(300, 5)
    for path in write_city(tables, tmp_path / "new" / "folder"):
        assert pq.read_table(path).equals(tables[path.stem]), path.stem


def test_every_kind_and_column_and_word_stands_in_the_vocabulary(city: Mapping[str, pa.Table]) -> None:
    kinds = _vocabulary()
    for kind, table in city.items():
        columns = kinds[kind]["columns"]
        every = {"id", "recorded_at", "corrects", "said_by", kinds[kind]["subject"]}
        assert set(table.column_names) <= {*columns, *every}, kind
        assert {name for name, column in columns.items() if column.get("required")} <= set(table.column_names), kind
        assert kinds[kind]["time"] == TIME.get(kind, "at")
        for name in set(table.column_names) & set(columns):
            if columns[name]["type"] == "choice":
                assert set(table[name].unique().to_pylist()) - {None} <= set(columns[name]["of"]), (kind, name)


def _vocabulary() -> dict[str, dict[str, Any]]:
    """Every kind document of the vocabulary by its name."""
    found = {}
    for path in sorted(VOCABULARY.glob("*.yaml")):
        for document in yaml.safe_load_all(path.read_text(encoding="utf-8")):
            if document:
                found[document["kind"]] = document
    return found
