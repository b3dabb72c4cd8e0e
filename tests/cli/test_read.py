"""`lianfang read NOTICE -o PACK`: a report, a draft that passes `check`, and no traceback on bad files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Typed


@pytest.fixture
def notice(root: Path) -> Path:
    return root / "tests" / "fixtures" / "notices" / "01-work-list.txt"


@pytest.fixture
def undated(root: Path) -> Path:
    return root / "tests" / "fixtures" / "notices" / "04-no-date-at-all.txt"


def test_a_notice_becomes_a_pack_that_passes_the_check(typed: Typed, notice: Path, tmp_path: Path) -> None:
    pack = tmp_path / "spring-2031"
    done = typed("read", notice, "-o", pack)
    assert done.exit_code == 0, done.output
    assert "青溪县疫情防控指挥部办公室" in done.output
    assert "第 7 行 lead" in done.output
    assert typed("check", pack).exit_code == 0
    names = sorted(path.relative_to(pack).as_posix() for path in pack.rglob("*") if path.is_file())
    assert names == [
        "clauses.yaml",
        "facts/task.csv",
        "measures/draft.yaml",
        "parameters/draft.yaml",
        "plan.yaml",
        "reading.json",
        "selections.yaml",
    ]


def test_the_tasks_of_a_draft_run_at_once_and_those_without_a_deadline_have_none(
    typed: Typed, notice: Path, tmp_path: Path
) -> None:
    pack = tmp_path / "spring-2031"
    typed("read", notice, "-o", pack)
    done = typed("evaluate", pack, "--facts", pack / "facts", "--as-of", "2031-04-02")
    assert done.exit_code == 0, done.output
    late = [line for line in done.output.splitlines() if line.startswith("逾期")]
    assert len(late) == 1
    assert "2031-03-31" in late[0]
    assert "县公安局" in late[0]
    open_ended = [line for line in done.output.splitlines() if "县工信局" in line]
    assert open_ended
    assert all("2031-" not in line for line in open_ended)


def test_what_the_text_does_not_say_is_null(typed: Typed, undated: Path, tmp_path: Path) -> None:
    pack = tmp_path / "undated"
    done = typed("read", undated, "-o", pack, "--lang", "en")
    assert done.exit_code == 0, done.output
    assert "issued: null" in done.output
    assert "the text carries no date of issue" in done.output
    reading = json.loads((pack / "reading.json").read_text(encoding="utf-8"))
    assert (reading["issued"], reading["number"], reading["plan_title"]) == (None, None, None)
    assert "原文没有发文日期 (null)" in (pack / "plan.yaml").read_text(encoding="utf-8")
    assert typed("check", pack).exit_code == 0


def test_a_day_of_issue_can_be_given_by_hand_and_is_marked_so(typed: Typed, undated: Path, tmp_path: Path) -> None:
    pack = tmp_path / "undated"
    assert typed("read", undated, "-o", pack, "--issued", "2031-08-01").exit_code == 0
    plan = (pack / "plan.yaml").read_text(encoding="utf-8")
    assert "issued: 2031-08-01" in plan
    assert "given by hand" in plan
    assert typed("read", undated, "--issued", "August").exit_code == 2


def test_a_folder_with_something_in_it_is_left_alone(typed: Typed, notice: Path, tmp_path: Path) -> None:
    pack = tmp_path / "mine"
    pack.mkdir()
    (pack / "plan.yaml").write_text("mine", encoding="utf-8")
    done = typed("read", notice, "-o", pack)
    assert done.exit_code == 2
    assert "draft:exists" in done.output
    assert typed("read", notice, "-o", pack, "--force").exit_code == 2  # not a draft of ours
    assert (pack / "plan.yaml").read_text(encoding="utf-8") == "mine"
    assert typed("read", notice, "-o", pack / "plan.yaml").exit_code == 2


def test_force_replaces_an_earlier_draft_and_nothing_else(typed: Typed, notice: Path, tmp_path: Path) -> None:
    pack = tmp_path / "spring"
    typed("read", notice, "-o", pack)
    (pack / "notes.txt").write_text("keep", encoding="utf-8")
    before = (pack / "clauses.yaml").read_bytes()
    (pack / "clauses.yaml").write_text("changed", encoding="utf-8")
    assert typed("read", notice, "-o", pack).exit_code == 2
    assert typed("read", notice, "-o", pack, "--force").exit_code == 0
    assert (pack / "clauses.yaml").read_bytes() == before
    assert (pack / "notes.txt").read_text(encoding="utf-8") == "keep"


def test_without_a_folder_only_the_report_is_given(typed: Typed, notice: Path, tmp_path: Path) -> None:
    done = typed("read", notice, "--lang", "en")
    assert done.exit_code == 0
    assert "3 tasks (3 with a deadline, 3 with a lead" in done.output
    assert list(tmp_path.iterdir()) == []


def test_a_bad_file_is_refused_in_words(typed: Typed, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04 broken")
    for lang, words in (("zh", "文件损坏"), ("en", "damaged")):
        done = typed("read", tmp_path / "a.docx", "-o", tmp_path / "p", "--lang", lang)
        assert done.exit_code == 2
        assert words in done.output
        assert "Traceback" not in done.output
    assert typed("read", tmp_path / "none.pdf").exit_code == 2
    assert not (tmp_path / "p").exists()
