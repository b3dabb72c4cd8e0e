"""Packs on disk: found by id among those that come with the program, or by the path of a folder."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import lianfang
from lianfang.core.complaint import Complaint
from lianfang.core.language.book import without_echoes
from lianfang.core.language.complaints import MESSAGES
from lianfang.core.language.load import load
from lianfang.core.language.plan import Plan
from lianfang.core.language.read import MOST_CHARACTERS

PACKS = Path(lianfang.__file__).parent / "packs"
VOCABULARY = "vocabulary"
MOST_FILES = 2_000
_ID = re.compile(r"\w[\w.-]*")

Found = tuple[Plan | None, tuple[Complaint, ...]]


def pack_ids() -> tuple[str, ...]:
    """The ids of the packs that come with the program."""
    return tuple(sorted(path.name for path in PACKS.iterdir() if (path / "plan.yaml").is_file()))


def plan_ids() -> tuple[str, ...]:
    """The ids of the shipped packs that stand on their own: those that extend another are made of them."""
    written = {id: (PACKS / id / "plan.yaml").read_text(encoding="utf-8") for id in pack_ids()}
    return tuple(id for id, text in written.items() if not re.search(r"^extends:", text, re.MULTILINE))


def find_pack(path_or_id: str | Path) -> Path | None:
    """The folder of a pack: a path as it stands, or an id among the packs that come with the program."""
    folder = Path(path_or_id)
    if _is_folder(folder):
        return folder
    return _shipped(folder.name) if len(folder.parts) == 1 else None


def read_pack(folder: Path) -> tuple[dict[str, str], tuple[Complaint, ...]]:
    """The text of every YAML file in a folder, by path inside it; files that cannot be read give complaints."""
    files: dict[str, str] = {}
    complaints: list[Complaint] = []
    found = sorted((*folder.rglob("*.yaml"), *folder.rglob("*.yml")))
    if len(found) > MOST_FILES:
        return {}, (_complaint("file:too-many", str(folder), 1, 1, str(len(found)), str(MOST_FILES)),)
    for path in found:
        name = path.relative_to(folder).as_posix()
        try:
            files[name] = _text(path)
        except UnicodeDecodeError as error:
            complaints.append(_not_utf8(name, error))
        except OSError as error:
            complaints.append(_complaint("file:unreadable", name, 1, 1, error.strerror or type(error).__name__))
    return files, tuple(complaints)


def load_pack(path_or_id: str | Path, vocabulary: Path | None = None) -> Found:
    """Read and check a pack. There is a plan unless a complaint is an error."""
    folder = find_pack(path_or_id)
    if folder is None:
        return None, (_complaint("file:no-pack", str(path_or_id), 1, 1, str(path_or_id), ", ".join(pack_ids())),)
    files, unread = read_pack(folder)
    words, unread_words = read_pack(vocabulary or PACKS / VOCABULARY)
    others: list[Complaint] = []

    def library(name: str) -> dict[str, str] | None:
        other = _extended(folder, name)
        if other is None:
            return None
        found, missing = read_pack(other)
        others.extend(_inside(name, missing))
        return found

    plan, complaints = load(files, library, words)
    unreadable = (*unread, *_inside(VOCABULARY, unread_words), *others)
    return (None if unreadable else plan), without_echoes((*unreadable, *complaints))


def _extended(folder: Path, name: str) -> Path | None:
    """The pack of that id: beside the one that extends it, or among those that come with the program."""
    if _ID.fullmatch(name) is None:
        return None
    beside = folder.resolve().parent / name
    return beside if _is_folder(beside) else _shipped(name)


def _shipped(name: str) -> Path | None:
    named = PACKS / name
    return named if _ID.fullmatch(name) and name != VOCABULARY and _is_folder(named) else None


def _is_folder(path: Path) -> bool:
    """Whether there is such a folder; a name that no file system takes is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _text(path: Path) -> str:
    """A file as text, cut where it is longer than any pack file may be (the reader then says so)."""
    with path.open("rb") as file:
        read = file.read(4 * (MOST_CHARACTERS + 1))
    whole = read if len(read) < 4 * (MOST_CHARACTERS + 1) else read.decode("utf-8-sig", "ignore").encode()
    return whole.decode("utf-8-sig")


def _inside(name: str, complaints: tuple[Complaint, ...]) -> tuple[Complaint, ...]:
    return tuple(replace(complaint, file=f"{name}/{complaint.file}") for complaint in complaints)


def _not_utf8(name: str, error: UnicodeDecodeError) -> Complaint:
    before = error.object[: error.start]
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
    return _complaint("file:not-utf8", name, line, column, f"0x{error.object[error.start]:02X}")


def _complaint(id: str, file: str, line: int, column: int, found: str, allowed: str = "") -> Complaint:
    message = MESSAGES[id]
    return Complaint(
        id, file, message.zh, message.en, line, column, found, allowed, message.do_zh, message.do_en, message.level
    )
