"""Results for other programs: the same instants, words and rows in JSON, CSV and Parquet."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta, timezone

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lianfang.core.language.measure import Words
from lianfang.core.language.plan import Plan
from lianfang.reach.results import (
    BOM,
    SCHEMA,
    Results,
    counts,
    most_urgent_first,
    of_subject,
    offset_text,
    worded,
    write_csv,
    write_json,
    write_parquet,
)

CHINA = timezone(timedelta(hours=8))
DAY = 86_400


def instant(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=CHINA).timestamp())  # type: ignore[arg-type,misc]


NOON = instant(2020, 6, 15, 12, 30, 5)


def results(rows: int = 2) -> Results:
    loops = pa.table({"loop": [0], "measure": ["m"], "subject": ["甲"], "state": ["running"], "opened": [NOON]})
    stages = pa.table({"loop": [0], "subject": ["甲"], "from": [NOON], "to": pa.array([None], pa.int64())})
    obligations = pa.table(
        {
            "subject": ["甲", "=乙"] * (rows // 2),
            "requirement": ["r"] * rows,
            "due": pa.array([NOON, None] * (rows // 2), pa.int64()),
            "status": ["met", "overdue"] * (rows // 2),
        }
    )
    plan = Plan("plan", Words("预案", "Plan"), date(2020, 5, 21), zone=28_800)
    return Results(plan, NOON, NOON + DAY, None, loops, stages, obligations)


def as_json(given: Results) -> dict[str, object]:
    out = io.BytesIO()
    write_json(given, out)
    found = json.loads(out.getvalue())
    assert isinstance(found, dict)
    return found


def test_json_says_its_schema_plan_and_instants_in_local_time() -> None:
    head = as_json(results())
    assert head["schema"] == SCHEMA == "lianfang.evaluation/1"
    assert head["plan"] == {"id": "plan", "zh": "预案", "en": "Plan", "issued": "2020-05-21"}
    assert head["as_of"] == "2020-06-15T12:30:05+08:00"
    assert head["known_at"] == "2020-06-16T12:30:05+08:00"
    assert head["counts"] == {"loops": {"running": 1}, "obligations": {"met": 1, "overdue": 1}}


def test_json_instants_are_the_instants_of_the_tables() -> None:
    found = as_json(results())["obligations"]
    assert isinstance(found, list)
    assert datetime.fromisoformat(found[0]["due"]).astimezone(UTC).timestamp() == NOON
    assert found[1]["due"] is None


@pytest.mark.parametrize("rows", [0, 2, 20_000, 20_002, 40_000])
def test_json_of_any_length_is_whole(rows: int) -> None:
    found = as_json(results(rows))["obligations"]
    assert isinstance(found, list)
    assert len(found) == rows
    assert all(set(row) == {"subject", "requirement", "due", "status"} for row in found)


@pytest.mark.parametrize(("zone", "text"), [(28_800, "+08:00"), (0, "+00:00"), (-12_600, "-03:30"), (20_700, "+05:45")])
def test_offsets_east_and_west_are_written_with_sign(zone: int, text: str) -> None:
    assert offset_text(zone) == text


def test_times_before_1970_and_across_the_day_stay_local() -> None:
    table = pa.table({"due": pa.array([-1, 57_599, 57_600], pa.int64())})
    assert worded(table, 28_800)["due"].to_pylist() == [
        "1970-01-01T07:59:59",
        "1970-01-01T23:59:59",
        "1970-01-02T00:00:00",
    ]


def test_csv_has_one_header_and_all_rows() -> None:
    out = io.BytesIO()
    write_csv(results(20_002).obligations, 28_800, out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue().decode())))
    assert len(rows) == 20_002
    assert rows[0] == {"subject": "甲", "requirement": "r", "due": "2020-06-15T12:30:05", "status": "met"}
    assert rows[-1]["due"] == ""


def test_csv_of_nothing_still_names_its_columns() -> None:
    out = io.BytesIO()
    write_csv(results(0).obligations, 28_800, out)
    assert out.getvalue().decode().strip().replace('"', "") == "subject,requirement,due,status"


def test_csv_for_excel_shows_chinese_and_runs_no_formula() -> None:
    out = io.BytesIO()
    write_csv(results().obligations, 28_800, out, for_excel=True)
    assert out.getvalue().startswith(BOM)
    rows = list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8-sig"))))
    assert [row["subject"] for row in rows] == ["甲", "'=乙"]


def test_parquet_keeps_instants_as_time_and_the_head_as_metadata() -> None:
    out, given = io.BytesIO(), results()
    write_parquet(given, given.obligations, out)
    table = pq.read_table(io.BytesIO(out.getvalue()))
    due = table["due"].to_pylist()
    assert [None if t is None else t.isoformat() for t in due] == ["2020-06-15T12:30:05+08:00", None]
    assert due[0].timestamp() == NOON
    assert json.loads(table.schema.metadata[b"lianfang"])["schema"] == SCHEMA


def test_the_most_urgent_obligation_comes_first_and_the_one_without_limit_last() -> None:
    table = pa.table(
        {
            "subject": ["a", "b", "c", "d"],
            "requirement": ["r"] * 4,
            "due": pa.array([3, None, 2, 1], pa.int64()),
            "status": ["overdue", "overdue", "overdue", "met"],
        }
    )
    assert most_urgent_first(table, ("overdue", "met"))["subject"].to_pylist() == ["c", "a", "b", "d"]


def test_one_subject_gets_only_its_own_rows() -> None:
    assert of_subject(results().obligations, "甲").num_rows == 1
    assert of_subject(results().obligations, "丙").num_rows == 0


def test_counts_come_with_the_most_frequent_first() -> None:
    table = pa.table({"state": ["held", "running", "running"]})
    assert list(counts(table, "state").items()) == [("running", 2), ("held", 1)]
