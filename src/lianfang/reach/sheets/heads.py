"""Finds the head of a sheet: under a title, over two rows where cells are merged."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from lianfang.core.intake.aliases import plain_head
from lianfang.reach.sheets.source import Span

LOOK_AHEAD = 40
"""How many rows are looked at: the head stands among them."""

_NUMBERISH = re.compile(r"[\d\s.:/+\-%年月日]+")


@dataclass(frozen=True, slots=True)
class HeadRow:
    """Where the head is: (place from 0, words, words above) of each column, and how many rows stand above the data."""

    names: tuple[tuple[int, str, str], ...]
    below: int


def find_head(
    rows: Sequence[Sequence[str]], expected: Collection[str], merged: Collection[Span] = (), first: int = 1
) -> HeadRow | None:
    """The head among the first rows, None if there is none. `first` is the number of the first row in the file.

    The row with most of the expected names is the head; without any, the first row of words that is as wide as the
    data under it. A cell merged over two rows makes the row below part of the head.
    """
    known = {plain_head(name) for name in expected}
    scored = [(sum(plain_head(text) in known for text in row if text), -place) for place, row in enumerate(rows)]
    best, place = max(scored, default=(0, 0))
    sure = best >= 2 or (best == 1 and sum(map(bool, rows[-place])) == 1)
    at = -place if sure else _first_of_words(rows)
    if at is None:
        return None
    deep = _depth(rows, at, merged, first)
    names = _names(rows, at, deep, merged, first)
    return HeadRow(names, at + deep) if len(names) >= 1 else None


def _first_of_words(rows: Sequence[Sequence[str]]) -> int | None:
    """The first row of at least two different words, no numbers, that is nearly as wide as the widest row."""
    widest = max((sum(map(bool, row)) for row in rows), default=0)
    needed = max(2, int(widest * 0.6)) if widest > 1 else 1
    for place, row in enumerate(rows):
        words = [text for text in row if text]
        if len(set(words)) >= needed and not any(_NUMBERISH.fullmatch(text) for text in words):
            return place
    return None


def _depth(rows: Sequence[Sequence[str]], at: int, merged: Collection[Span], first: int) -> int:
    """How many rows the head has: more than one where one of its cells is merged downwards, or over several columns."""
    row = at + first - 1
    down = max((span[1][0] - row + 1 for span in merged if span[0][0] == row), default=1)
    across = any(span[0][0] == row == span[1][0] and span[1][1] > span[0][1] for span in merged)
    deep = max(down, 2 if across else 1)
    return min(deep, 3, len(rows) - at)


def _names(
    rows: Sequence[Sequence[str]], at: int, deep: int, merged: Collection[Span], first: int
) -> tuple[tuple[int, str, str], ...]:
    """The words of each column, with the words of a merged cell above them; a name that comes twice is numbered."""
    names: list[tuple[int, str, str]] = []
    for place in range(max(len(row) for row in rows[at : at + deep])):
        stack = [_cell(rows, at + level, place, merged, first) for level in range(deep)]
        words = list(dict.fromkeys(text for text in stack if text))
        if words:
            names.append((place, _one_line(words[-1]), _one_line("".join(words[:-1]))))
    return tuple(names)


def _cell(rows: Sequence[Sequence[str]], row: int, place: int, merged: Collection[Span], first: int) -> str:
    """The text of a cell, or of the merged cell it is part of."""
    text = rows[row][place] if place < len(rows[row]) else ""
    if text:
        return text
    number = row + first - 1
    for (top, left), (bottom, right) in merged:
        if top <= number <= bottom and left <= place <= right and 0 <= top - first + 1 < len(rows):
            above = rows[top - first + 1]
            return above[left] if left < len(above) else ""
    return ""


def _one_line(text: str) -> str:
    return " ".join(text.split())
