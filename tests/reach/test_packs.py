"""Packs on disk: found by id or path, read as UTF-8, nothing outside the packs is reached."""

from __future__ import annotations

from pathlib import Path

import pytest

from lianfang.reach import packs
from lianfang.reach.packs import find_pack, load_pack, pack_ids, read_pack

BROKEN = Path(__file__).parents[1] / "fixtures" / "broken_packs"
WORDS = BROKEN / "vocabulary"
PLAN = "plan: here\nname: {zh: 此处, en: here}\nissued: 2020-05-21\n"


def written(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_every_pack_that_comes_with_the_program_is_found_by_its_id() -> None:
    assert pack_ids()
    for id in pack_ids():
        folder = find_pack(id)
        assert folder is not None
        assert folder.name == id


@pytest.mark.parametrize("id", ["vocabulary", "no-such-pack", "..", ".", "../packs", "", "a\0b", "x" * 5000])
def test_what_is_no_pack_is_not_found(id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = find_pack(id)
    assert found is None or found.resolve() in (tmp_path, tmp_path.parent)


def test_a_pack_is_found_by_the_path_of_its_folder(tmp_path: Path) -> None:
    plan, complaints = load_pack(written(tmp_path / "here", plan=PLAN), WORDS)
    assert complaints == ()
    assert plan is not None
    assert plan.id == "here"


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    folder = written(tmp_path / "here")
    (folder / "plan.yaml").write_bytes(b"\xef\xbb\xbf" + PLAN.encode())
    assert load_pack(folder, WORDS)[1] == ()


def test_a_pack_builds_on_the_one_beside_it(tmp_path: Path) -> None:
    written(tmp_path / "city", plan=PLAN.replace("here", "city"))
    plan, complaints = load_pack(written(tmp_path / "here", plan=PLAN + "extends: [city]\n"), WORDS)
    assert complaints == ()
    assert plan is not None
    assert plan.packs == ("city", "here")


@pytest.mark.parametrize("name", ["..", "../city", "/etc", ".", "vocabulary"])
def test_extends_reaches_no_folder_that_is_not_a_pack(name: str, tmp_path: Path) -> None:
    written(tmp_path / "city", plan=PLAN)
    _, complaints = load_pack(written(tmp_path / "inner" / "here", plan=PLAN + f"extends: ['{name}']\n"), WORDS)
    assert [complaint.id for complaint in complaints] == ["pack:unknown-pack"]


def test_a_file_that_is_not_utf8_is_placed_in_its_own_pack(tmp_path: Path) -> None:
    city = written(tmp_path / "city", plan=PLAN)
    (city / "clauses.yaml").write_bytes("clauses:\n  甲".encode() + b"\xff")
    plan, complaints = load_pack(written(tmp_path / "here", plan=PLAN + "extends: [city]\n"), WORDS)
    assert plan is None
    assert [complaint.place for complaint in complaints] == ["city/clauses.yaml:2:4"]


def test_a_folder_with_more_files_than_any_pack_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packs, "MOST_FILES", 2)
    folder = written(tmp_path / "here", plan=PLAN, a="", b="")
    plan, complaints = load_pack(folder, WORDS)
    assert plan is None
    assert [(c.id, c.found, c.allowed) for c in complaints] == [("file:too-many", "3", "2")]
    assert "文件太多" in complaints[0].zh


def test_a_file_without_end_is_cut_and_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packs, "MOST_CHARACTERS", 10)
    folder = written(tmp_path / "here", plan="#" + "甲" * 1000)
    files, complaints = read_pack(folder)
    assert complaints == ()
    assert 10 < len(files["plan.yaml"]) < 50
