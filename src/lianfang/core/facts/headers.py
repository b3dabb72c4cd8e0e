"""Which column of a source is meant: by its name, its Chinese name, or `at` for the fact's own time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from lianfang.core.facts.faults import Fault, shorten
from lianfang.core.facts.vocabulary import Kind, all_columns


def meant_columns(kind: Kind, header: Iterable[str]) -> tuple[dict[int, str], list[Fault]]:
    """Position in the source -> column of the kind, with what is wrong in the header: unknown, repeated, missing."""
    names = _spellings(kind)
    meant: dict[int, str] = {}
    faults: list[Fault] = []
    for position, written in enumerate(header):
        name = names.get(written.strip())
        if name is None:
            faults.append(_unknown(kind, written, names))
        elif name in meant.values():
            faults.append(Fault("fact:repeated-column", name, found=(shorten(written),)))
        else:
            meant[position] = name
    return meant, faults + _missing(kind, set(meant.values()))


def nearest(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """Known words that look like a misspelt one, the best first."""
    return get_close_matches(word[:100], list(known), most, 0.5)


def _spellings(kind: Kind) -> Mapping[str, str]:
    columns = all_columns(kind)
    by_zh = {column.zh: name for name, column in columns.items()}
    return {**by_zh, "at": kind.time, **{name: name for name in columns}}


def _unknown(kind: Kind, written: str, names: Mapping[str, str]) -> Fault:
    near = nearest(written.strip(), names)
    allowed = ", ".join(f"{word}?" for word in near) if near else ", ".join(all_columns(kind))
    return Fault("fact:unknown-column", shorten(written.strip()), found=(shorten(f"“{written}”"),), allowed=allowed)


def _missing(kind: Kind, present: set[str]) -> list[Fault]:
    return [
        Fault("fact:missing-column", name, allowed=f"{name} / {column.zh}")
        for name, column in all_columns(kind).items()
        if name not in present and (column.required or name == kind.time)
    ]
