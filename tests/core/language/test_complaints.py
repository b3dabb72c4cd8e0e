"""Every message of the catalogue, provoked by one broken pack: the place, what was found, the words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from lianfang.core.complaint import Complaint
from lianfang.core.language.complaints import MESSAGES
from lianfang.core.language.load import load
from lianfang.core.language.read import MOST_CHARACTERS
from lianfang.reach.packs import load_pack

BROKEN = Path(__file__).parents[2] / "fixtures" / "broken_packs"
VOCABULARY = BROKEN / "vocabulary"
MADE_HERE = {"yaml:too-big", "file:too-many"}
"""Messages whose pack is made in a test (this file, tests/reach/test_packs.py) instead of being kept."""

FOLDERS = sorted(path.parent for path in BROKEN.glob("*/expected.yaml"))


@dataclass(frozen=True)
class Expected:
    """What a broken pack must be told; `also` are the ids of complaints that follow from the same fault."""

    id: str
    place: str
    zh: str
    en: str
    found: str | None = None
    allowed: str | None = None
    do: str = ""
    also: tuple[str, ...] = ()


def expected_of(folder: Path) -> Expected:
    written = yaml.safe_load((folder / "expected.yaml").read_text(encoding="utf-8"))
    return Expected(**{**written, "also": tuple(written.get("also", ()))})


def complaints_of(folder: Path) -> tuple[Complaint, ...]:
    return load_pack(folder / "pack", VOCABULARY)[1]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_broken_pack_is_told_where_and_what(folder: Path) -> None:
    expected = expected_of(folder)
    complaints = complaints_of(folder)
    assert {c.id for c in complaints} == {expected.id, *expected.also}, [c.show("en") for c in complaints]
    about = next(c for c in complaints if c.id == expected.id)
    place = about.place.removeprefix(f"{folder}/")
    assert place == expected.place, about.show("en")
    assert expected.zh in about.zh
    assert expected.en in about.en
    assert expected.found in (None, about.found), about.show("en")
    assert expected.allowed in (None, about.allowed), about.show("en")
    assert expected.do in about.do_zh


def test_every_message_has_a_broken_pack() -> None:
    assert {expected_of(folder).id for folder in FOLDERS} | MADE_HERE == set(MESSAGES)


def test_every_folder_is_named_after_its_message() -> None:
    assert [expected_of(folder).id.replace(":", "-") for folder in FOLDERS] == [folder.name for folder in FOLDERS]


@pytest.mark.parametrize("id", sorted(MESSAGES))
def test_every_message_says_what_is_wrong_and_what_to_do_in_both_languages(id: str) -> None:
    message = MESSAGES[id]
    for zh in (message.zh, message.do_zh):
        assert any("\u4e00" <= c <= "\u9fff" for c in zh)
    for en in (message.en, message.do_en):
        assert en
        assert not any("\u4e00" <= c <= "\u9fff" for c in en)


def test_a_file_that_is_too_big_is_not_read() -> None:
    plan, complaints = load({"plan.yaml": "#" * (MOST_CHARACTERS + 1)}, lambda name: None, {})
    assert plan is None
    (big,) = complaints
    assert big.id == "yaml:too-big"
    assert (big.place, big.found, big.allowed) == ("plan.yaml:1:1", str(MOST_CHARACTERS + 1), str(MOST_CHARACTERS))
    assert "文件太大" in big.zh


def test_all_faults_of_a_pack_are_told_at_once() -> None:
    files = {
        "plan.yaml": "plan: p\nname: {zh: 甲}\nissued: soon\n",
        "measure.yaml": "measure: m\nname: {zh: 乙, en: b}\nbinds: person\n"
        "opens: {on: arrival, were: crew}\nagain: no\n",
        "broken.yaml": "selection: s\n\tof: x\n",
    }
    vocabulary = {"people.yaml": (VOCABULARY / "people.yaml").read_text(encoding="utf-8")}
    _, complaints = load(files, lambda name: None, vocabulary)
    assert [(c.file, c.line, c.id) for c in complaints] == [
        ("broken.yaml", 2, "yaml:tab"),
        ("measure.yaml", 4, "pack:unknown-key"),
        ("measure.yaml", 5, "pack:not-a-choice"),
        ("plan.yaml", 2, "pack:missing-key"),
        ("plan.yaml", 3, "pack:wrong-value"),
    ]
