"""Packs on disk: found by id among those that come with the program, or by the path of a folder."""

from __future__ import annotations

from pathlib import Path

import lianfang
from lianfang.core.complaint import Complaint
from lianfang.core.language.book import without_echoes
from lianfang.core.language.complaints import MESSAGES
from lianfang.core.language.load import load
from lianfang.core.language.plan import Plan

PACKS = Path(lianfang.__file__).parent / "packs"
VOCABULARY = "vocabulary"
MOST_FILES = 2_000

Found = tuple[Plan | None, tuple[Complaint, ...]]


def pack_ids() -> tuple[str, ...]:
    """The ids of the packs that come with the program."""
    return tuple(sorted(path.name for path in PACKS.iterdir() if (path / "plan.yaml").is_file()))


def find_pack(path_or_id: str | Path) -> Path | None:
    """The folder of a pack: a path as it stands, or an id among the packs that come with the program."""
    folder = Path(path_or_id)
    if folder.is_dir():
        return folder
    named = PACKS / folder
    return named if len(folder.parts) == 1 and folder.name != VOCABULARY and named.is_dir() else None


def read_pack(folder: Path) -> tuple[dict[str, str], tuple[Complaint, ...]]:
    """The text of every YAML file in a folder, by path inside it; files that cannot be read give complaints."""
    files: dict[str, str] = {}
    complaints: list[Complaint] = []
    for path in sorted((*folder.rglob("*.yaml"), *folder.rglob("*.yml")))[:MOST_FILES]:
        name = path.relative_to(folder).as_posix()
        try:
            files[name] = path.read_bytes().decode("utf-8-sig")
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
        beside = folder.resolve().parent / name
        other = beside if "/" not in name and beside.is_dir() else find_pack(name)
        if other is None:
            return None
        found, missing = read_pack(other)
        others.extend(missing)
        return found

    plan, complaints = load(files, library, words)
    unreadable = (*unread, *unread_words, *others)
    return (None if unreadable else plan), without_echoes((*unreadable, *complaints))


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
