"""`lianfang evaluate`: who owes what, on the screen and for other programs; bad input gets words, not a traceback."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.cli.conftest import Typed

AS_OF = "2020-05-28T09:00"

INDICATORS = """indicator: first-samples
name: {zh: 首次核酸完成率, en: first samples}
clauses: [1.b]
of: arrival-isolation/first-sample
target: {at_least: 100}
---
indicator: arrivals-by-day
name: {zh: 来返人次, en: arrivals}
of_facts: arrival
take: count
per: day
---
indicator: samples-and-arrivals
name: {zh: 采样缺口, en: samples lacking}
figures:
  need: {of_facts: arrival, take: count}
  held: {of_facts: nat, take: count}
target: {at_least: 60}
---
indicator: positives
name: {zh: 阳性数, en: positives}
of_facts: nat_positive
take: count
target: {at_most: 0}
---
indicator: temperatures
name: {zh: 测温次数, en: temperatures}
of_facts: health_check
take: count
target: {at_least: 1}
"""


@pytest.fixture
def counting(small: Path, tmp_path: Path) -> Path:
    """The small plan with five indicators, the last of them over facts that nobody has sent."""
    pack = tmp_path / "small"
    shutil.copytree(small, pack)
    (pack / "indicators").mkdir()
    (pack / "indicators" / "all.yaml").write_text(INDICATORS, encoding="utf-8")
    return pack


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


def figures(typed: Typed, pack: Path, facts: Path, *words: object) -> dict[str, dict[str, object]]:
    """The indicators of the JSON by name."""
    done = typed("evaluate", pack, "--facts", facts, "--as-of", AS_OF, "--format", "json", *words)
    assert done.exit_code == 0, done.output
    return {row["indicator"]: row for row in json.loads(done.output)["indicators"]}


def test_a_share_names_who_is_missing_and_whether_the_target_is_met(typed: Typed, counting: Path, facts: Path) -> None:
    share = figures(typed, counting, facts)["first-samples"]
    assert (share["met"], share["total"], share["percent"], share["value"]) == (2, 3, 66.7, None)
    assert (share["target"], share["target_met"]) == ({"at_least": 100.0, "at_most": None}, False)
    assert [(m["subject"], m["status"]) for m in share["misses"]] == [("乙", "overdue")]  # type: ignore[attr-defined]


def test_figures_tell_value_need_gap_and_days(typed: Typed, counting: Path, facts: Path) -> None:
    found = figures(typed, counting, facts)
    assert found["arrivals-by-day"]["value"] == 3
    periods = found["arrivals-by-day"]["periods"]
    assert [(p["period"], p["total"]) for p in periods] == [  # type: ignore[attr-defined]
        ("2020-05-25", 2),
        ("2020-05-26", 1),
    ]
    lacking = found["samples-and-arrivals"]
    assert (lacking["need"], lacking["held"], lacking["gap"], lacking["target_met"]) == (3, 2, 1, True)


def test_an_indicator_without_facts_is_left_out_but_a_kept_ban_is_shown(
    typed: Typed, counting: Path, facts: Path
) -> None:
    assert set(figures(typed, counting, facts)) == {
        "first-samples",
        "arrivals-by-day",
        "samples-and-arrivals",
        "positives",
    }
    before = figures(typed, counting, facts, "--known-at", "2020-05-27T12:00")["positives"]
    assert (before["value"], before["target_met"]) == (0, True)
    assert figures(typed, counting, facts)["positives"]["target_met"] is False


def test_figures_are_of_all_so_one_subject_has_none(typed: Typed, counting: Path, facts: Path) -> None:
    assert figures(typed, counting, facts, "--subject", "甲") == {}


def test_the_keys_of_an_indicator_are_those_of_its_page(typed: Typed, counting: Path, facts: Path, root: Path) -> None:
    page = (root / "docs" / "evaluation-json.md").read_text(encoding="utf-8").partition("## An indicator")[2]
    rows = figures(typed, counting, facts).values()
    nested = [one for row in rows for name in ("misses", "periods") for one in row[name]]  # type: ignore[attr-defined]
    keys = {key for row in (*rows, *nested) for key in row}
    assert sorted(key for key in keys if f"`{key}`" not in page) == []


def test_the_screen_shows_the_figures_after_the_table(typed: Typed, counting: Path, facts: Path) -> None:
    shown = typed("evaluate", counting, "--facts", facts, "--as-of", AS_OF, "--lang", "en").output
    after = shown[shown.index("indicator") :]
    assert shown.index("obligations") < shown.index("indicator")
    assert "2/3 66.7%" in after
    assert "乙 first sample" in after
    assert "3 / 2 / 1" in after
    assert "temperatures" not in after


def test_csv_carries_no_figures(typed: Typed, counting: Path, facts: Path) -> None:
    done = typed("evaluate", counting, "--facts", facts, "--as-of", AS_OF, "--format", "csv")
    assert done.exit_code == 0, done.output
    assert "first-samples" not in done.output


CALENDAR = """calendar: school-days
name: {zh: 上学日, en: school days}
years: {2020: {terms: [2020-05-25/2020-07-10]}}
---
round: arrivals-seen
name: {zh: 上学日查看, en: seen on school days}
binds: person
over: arrival
left: never
evidence: health_check
every: school-days
"""


def test_a_year_without_a_school_calendar_is_refused_in_words(
    typed: Typed, small: Path, facts: Path, tmp_path: Path
) -> None:
    pack = tmp_path / "small"
    shutil.copytree(small, pack)
    (pack / "calendar.yaml").write_text(CALENDAR, encoding="utf-8")
    assert typed("evaluate", pack, "--facts", facts, "--as-of", AS_OF).exit_code == 0
    done = typed("evaluate", pack, "--facts", facts, "--as-of", "2021-03-01", "--lang", "en")
    assert done.exit_code == 2
    assert "2021-01-01: “school days” does not cover this year (it has 2020)" in done.stderr
