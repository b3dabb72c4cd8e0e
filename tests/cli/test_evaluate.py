"""`lianfang evaluate`: who owes what, on the screen and for other programs; bad input gets words, not a traceback."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.cli.conftest import Typed

AS_OF = "2020-05-28T09:00"


def test_the_screen_shows_counts_then_the_most_urgent_first(typed: Typed, small: Path, facts: Path) -> None:
    done = typed("evaluate", small, "--facts", facts, "--as-of", AS_OF)
    assert done.exit_code == 0, done.output
    assert "小预案" in done.output
    assert "待补 1 · 已解除 1 · 已转出 1" in done.output
    assert done.output.index("逾期", done.output.index("状态")) < done.output.index("已办", done.output.index("状态"))


def test_loops_and_stages_are_tables_of_their_own(typed: Typed, small: Path, facts: Path) -> None:
    loops = typed("evaluate", small, "--facts", facts, "--as-of", AS_OF, "--rows", "loops", "--lang", "en")
    assert "first sample" in loops.output  # what 乙 waits for
    stages = typed("evaluate", small, "--facts", facts, "--as-of", AS_OF, "--rows", "stages", "--subject", "甲")
    assert "2020-05-27 23:59" in stages.output  # the last day of three


def test_json_names_its_schema_and_carries_all_three_tables(typed: Typed, small: Path, facts: Path) -> None:
    done = typed("evaluate", small, "--facts", facts, "--as-of", AS_OF, "--format", "json")
    found = json.loads(done.output)
    assert found["schema"] == "lianfang.evaluation/1"
    states = {loop["subject"]: loop["state"] for loop in found["loops"]}
    assert states == {"甲": "released", "乙": "held", "丙": "exited"}
    assert {row["status"] for row in found["obligations"]} >= {"met", "overdue", "late"}


def test_the_keys_of_the_json_are_those_of_its_page(typed: Typed, small: Path, facts: Path, root: Path) -> None:
    found = json.loads(typed("evaluate", small, "--facts", facts, "--as-of", AS_OF, "--format", "json").output)
    page = (root / "docs" / "evaluation-json.md").read_text(encoding="utf-8")
    keys = set(found) | {key for name in ("loops", "stages", "obligations") for row in found[name] for key in row}
    assert sorted(key for key in keys if f"`{key}`" not in page) == []


def test_csv_opens_in_excel(typed: Typed, small: Path, facts: Path, tmp_path: Path) -> None:
    out = tmp_path / "rows.csv"
    done = typed("evaluate", small, "--facts", facts, "--as-of", AS_OF, "--format", "csv", "--excel", "--out", out)
    assert done.exit_code == 0, done.output
    rows = list(csv.DictReader(io.StringIO(out.read_bytes().decode("utf-8-sig"))))
    assert {row["subject"] for row in rows} == {"甲", "乙", "丙"}


def test_parquet_needs_a_file_and_writes_it(typed: Typed, small: Path, facts: Path, tmp_path: Path) -> None:
    words = ("evaluate", small, "--facts", facts, "--as-of", AS_OF, "--format", "parquet")
    assert typed(*words).exit_code == 2
    assert typed(*words, "--out", tmp_path / "rows.parquet").exit_code == 0
    assert pq.read_table(tmp_path / "rows.parquet").num_rows > 0


def test_what_was_recorded_later_is_not_known(typed: Typed, small: Path, facts: Path) -> None:
    words = ("evaluate", small, "--facts", facts, "--as-of", AS_OF, "--format", "json", "--subject", "丙")
    assert json.loads(typed(*words).output)["loops"][0]["state"] == "exited"
    before = json.loads(typed(*words, "--known-at", "2020-05-27T12:00").output)
    assert before["loops"][0]["state"] != "exited"
    assert before["known_at"] == "2020-05-27T12:00:00+08:00"


@pytest.mark.parametrize("text", ["soon", "2020-02-30", "2020-13-01", "2020-05-28T25:00", "", "9999999999999999999"])
def test_a_bad_date_is_refused_with_what_can_be_written(typed: Typed, small: Path, facts: Path, text: str) -> None:
    done = typed("evaluate", small, "--facts", facts, "--as-of", text)
    assert done.exit_code == 2
    assert "--as-of" in done.stderr
    assert "2020-05-25T14:00" in done.stderr


def test_an_unknown_subject_is_told_how_many_there_are_and_the_nearest(typed: Typed, small: Path, facts: Path) -> None:
    done = typed("evaluate", small, "--facts", facts, "--as-of", AS_OF, "--subject", "甲甲", "--lang", "en")
    assert done.exit_code == 2
    assert "3 person" in done.stderr
    assert "甲" in done.stderr.split("such as")[1]


def test_a_missing_folder_is_refused(typed: Typed, small: Path, tmp_path: Path) -> None:
    done = typed("evaluate", small, "--facts", tmp_path / "nowhere", "--as-of", AS_OF)
    assert done.exit_code == 2
    assert "nowhere" in done.stderr


def test_all_faults_of_the_files_are_told_at_once(typed: Typed, small: Path, facts: Path) -> None:
    (facts / "arrival.csv").write_text("id,person,at,orgin\na1,甲,yesterday,Q\na1,乙,2020-05-25,Q\n", encoding="utf-8")
    done = typed("evaluate", small, "--facts", facts, "--as-of", AS_OF)
    assert done.exit_code == 2
    for word in ("arrival.csv", "orgin", "yesterday"):
        assert word in done.stderr


@pytest.mark.parametrize("out", ["nowhere/rows.csv", "."])
def test_an_unwritable_file_is_refused(typed: Typed, small: Path, facts: Path, tmp_path: Path, out: str) -> None:
    words = ("evaluate", small, "--facts", facts, "--as-of", AS_OF, "--format", "csv")
    done = typed(*words, "--out", tmp_path / out)
    assert done.exit_code == 2
    assert str(tmp_path) in done.stderr


def test_more_than_200_rows_are_cut_and_counted(typed: Typed, small: Path, facts: Path) -> None:
    lines = "".join(f"b{n},p{n:03},2020-05-25T14:00\n" for n in range(300))
    (facts / "arrival.csv").write_text("id,person,at\n" + lines, encoding="utf-8")
    (facts / "test.csv").unlink()
    words = ("evaluate", small, "--facts", facts, "--as-of", AS_OF, "--rows", "loops")
    short, long = typed(*words).output, typed(*words, "--all").output
    assert "另有 100 行" in short
    assert "p299" not in short
    assert "p299" in long


def test_the_table_can_go_to_a_file(typed: Typed, small: Path, facts: Path, tmp_path: Path) -> None:
    done = typed("evaluate", small, "--facts", facts, "--as-of", AS_OF, "--out", tmp_path / "rows.txt")
    assert done.exit_code == 0, done.output
    assert done.output == ""
    assert "小预案" in (tmp_path / "rows.txt").read_text(encoding="utf-8")
