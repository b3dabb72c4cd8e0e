"""A folder of fact files: what is read, and what is said about what cannot be read."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lianfang.core.complaint import Complaint
from lianfang.core.days.text import parse_instant
from lianfang.core.facts.facts import Facts
from lianfang.reach.fact_files import read_facts, write_templates
from tests.core.facts.made_kinds import KINDS, ZONE
from tests.reach.fact_fuzz import fuzz

HEADER = "person,sampled_at,resulted_at,result\n"


def put(folder: Path, **files: str | bytes) -> Path:
    """Files into a folder: `test_csv="…"` becomes test.csv."""
    for name, content in files.items():
        path = folder / ".".join(name.rsplit("_", 1))
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def read(folder: Path) -> Facts:
    facts, complaints = read_facts(folder, KINDS, ZONE)
    assert complaints == ()
    assert facts is not None
    return facts


def complaints_about(folder: Path) -> tuple[Complaint, ...]:
    facts, complaints = read_facts(folder, KINDS, ZONE)
    assert facts is None
    return complaints


def places(complaints: tuple[Complaint, ...]) -> list[tuple[str, str]]:
    return [(c.place, c.id) for c in complaints]


def test_csv_and_parquet_files_give_the_same_facts(tmp_path: Path) -> None:
    table = pa.table({"person": ["甲"], "at": [parse_instant("2020-05-25T08:00", ZONE)], "temperature": [36.5]})
    pq.write_table(table, tmp_path / "health_check.parquet")
    parquet = read(tmp_path)
    (tmp_path / "health_check.parquet").unlink()
    csv = read(put(tmp_path, health_check_csv="person,at,temperature\n甲,2020-05-25T08:00,36.5\n"))
    for name in ("at", "temperature", "person"):
        assert parquet.column("health_check", name).equals(csv.column("health_check", name))


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_spreadsheet_with_chinese_headings_is_read(tmp_path: Path, mark: str, ends: str) -> None:
    lines = [mark + "人员,采样时间,结果,出结果时间", '"甲",2020/5/25,阴性,2020/5/26 8:30', ""]
    facts = read(put(tmp_path, test_csv=ends.join(lines)))
    assert facts.column("test", "result").to_pylist() == ["negative"]
    assert facts.column("test", "resulted_at").to_pylist() == [parse_instant("2020-05-26T08:30", ZONE)]
    assert facts.code("person", "甲") == 0


def test_a_file_may_bear_the_chinese_name_of_its_kind(tmp_path: Path) -> None:
    (tmp_path / "健康监测.csv").write_text("人员,监测时间\n甲,2020-05-25\n", encoding="utf-8")
    assert read(tmp_path).rows("health_check") == 1


def test_lines_are_counted_as_an_editor_counts_them(tmp_path: Path) -> None:
    text = HEADER[:-1] + ',note\n甲,2020-05-25,,,"两\n行"\n\n乙,2020-05-32,,,\n'
    assert places(complaints_about(put(tmp_path, test_csv=text))) == [("test.csv:5:sampled_at", "fact:bad-time")]


def test_every_line_with_too_many_or_too_few_fields_is_named(tmp_path: Path) -> None:
    text = HEADER + "甲,2020-05-25,,\n乙,2020-05-25,,,阴性\n\n丙,2020-05-25\n"
    complaints = complaints_about(put(tmp_path, test_csv=text))
    assert places(complaints) == [("test.csv:3", "file:ragged"), ("test.csv:5", "file:ragged")]
    assert [(c.found, c.allowed) for c in complaints] == [("5", "4"), ("2", "4")]


@pytest.mark.parametrize(
    ("content", "id", "found"),
    [
        (b"", "file:empty", ""),
        (b"\xef\xbb\xbf \n", "file:empty", ""),
        ((HEADER + "甲,2020-05-25,,阴性\n").encode("gb18030"), "file:not-utf8", "GB18030"),
        ((HEADER + "甲,2020-05-25,,\n").encode("utf-16"), "file:not-utf8", "UTF-16"),
        (HEADER.encode() + b"\xff\xff\xff,2020-05-25,,\n", "file:not-utf8", "byte 38: 0xff"),
        (HEADER.encode() + b"a\0b,2020-05-25,,\n", "file:nul-byte", "byte 39"),
    ],
)
def test_a_file_that_is_no_utf8_text_is_refused_with_the_reason(
    tmp_path: Path, content: bytes, id: str, found: str
) -> None:
    (complaint,) = complaints_about(put(tmp_path, test_csv=content))
    assert (complaint.id, complaint.found, complaint.file) == (id, found, "test.csv")


def test_a_damaged_parquet_file_is_one_complaint_with_its_name(tmp_path: Path) -> None:
    pq.write_table(pa.table({"person": ["甲"], "at": [0]}), tmp_path / "health_check.parquet")
    whole = (tmp_path / "health_check.parquet").read_bytes()
    for damaged in (b"", b"PAR1", whole[:-9], whole[:40] + whole[60:]):
        (complaint,) = complaints_about(put(tmp_path, health_check_parquet=damaged))
        assert complaint.file == "health_check.parquet"
        assert complaint.id in {"file:empty", "file:broken"}


def test_all_files_are_complained_about_at_once(tmp_path: Path) -> None:
    put(tmp_path, tests_csv=HEADER, notes_xlsx=b"x", test_csv="", area_level_csv="area,level\nQ,hihg\n")
    put(tmp_path, test_parquet=b"PAR1", README_md="read me", _draft_csv="x")
    assert places(complaints_about(tmp_path)) == [
        ("notes.xlsx", "file:unknown-file"),
        ("test.parquet", "file:kind-twice"),
        ("tests.csv", "fact:unknown-kind"),
        ("area_level.csv:1:from", "fact:missing-column"),
        ("area_level.csv:2:level", "fact:bad-choice"),
        ("test.csv:1", "file:empty"),
    ]


def test_a_misspelt_kind_and_column_are_answered_with_the_nearest(tmp_path: Path) -> None:
    put(tmp_path, area_levels_csv="x", health_check_csv="person,at,temprature\n")
    kind, column = complaints_about(tmp_path)
    assert kind.allowed.startswith("area_level")
    assert column.allowed.startswith("temperature?")


def test_an_empty_folder_and_no_folder_are_said_to_be_so(tmp_path: Path) -> None:
    assert [c.id for c in complaints_about(tmp_path)] == ["file:empty-folder"]
    assert [c.id for c in complaints_about(tmp_path / "elsewhere")] == ["file:no-folder"]


def test_a_correction_of_a_fact_in_the_file_is_taken_and_of_a_stranger_refused(tmp_path: Path) -> None:
    text = "id,person,at,corrects,recorded_at\n1,甲,2020-05-25,,\n2,甲,2020-05-24,1,2020-05-26\n"
    facts = read(put(tmp_path, health_check_csv=text))
    assert facts.known().rows("health_check") == 1
    put(tmp_path, health_check_csv=text + "3,甲,2020-05-24,9,\n1,甲,2020-05-24,,\n")
    assert places(complaints_about(tmp_path)) == [
        ("health_check.csv:5:id", "fact:duplicate-id"),
        ("health_check.csv:4:corrects", "fact:unknown-correction"),
    ]


def test_more_than_two_hundred_mistakes_are_counted_not_listed(tmp_path: Path) -> None:
    text = HEADER + "甲,昨天,,\n" * 5000
    complaints = complaints_about(put(tmp_path, test_csv=text))
    assert len(complaints) == 201
    assert complaints[199].place == "test.csv:201:sampled_at"
    assert "4800" in complaints[200].en


def test_only_the_columns_and_kinds_asked_for_are_read(tmp_path: Path) -> None:
    table = pa.table({"person": ["甲"], "at": [0], "temperature": [36.5], "symptoms": [False]})
    pq.write_table(table, tmp_path / "health_check.parquet")
    put(tmp_path, test_csv=HEADER + "甲,2020-05-25,,\n", stay_csv="person,from,area\n甲,2020-05-25,Q\n")
    facts, complaints = read_facts(
        tmp_path, KINDS, ZONE, only={"health_check", "stay"}, columns={"health_check": {"symptoms"}, "stay": set()}
    )
    assert complaints == ()
    assert facts is not None
    assert set(facts.tables) == {"health_check", "stay"}
    assert facts.tables["health_check"].column_names == ["person", "at", "symptoms"]
    assert facts.tables["stay"].column_names == ["person", "from"]
    assert facts.column("health_check", "temperature").null_count == 1


@pytest.mark.parametrize("chinese", [False, True])
def test_the_templates_can_be_filled_in_and_read(tmp_path: Path, chinese: bool) -> None:
    written = write_templates(tmp_path, KINDS, chinese)
    assert {path.stem for path in written} == set(KINDS)
    assert sum(read(tmp_path).rows(kind) for kind in KINDS) == 0
    header = (tmp_path / "test.csv").read_text(encoding="utf-8-sig").strip().split(",")
    given = {
        "id": "t1",
        "事实编号": "t1",
        "person": "甲",
        "人员": "甲",
        "sampled_at": "2020-05-25",
        "采样时间": "2020-05-25",
    }
    with (tmp_path / "test.csv").open("a", encoding="utf-8") as file:
        file.write(",".join(given.get(name, "") for name in header) + "\n")
    assert read(tmp_path).id_of("test", 0) == "t1"
    assert write_templates(tmp_path, KINDS) == ()


def test_damaged_files_end_in_facts_or_in_complaints_that_name_the_file() -> None:
    ended = fuzz(400, seed=20200525)
    assert ended["facts"] > 20
    assert len(ended) > 8
