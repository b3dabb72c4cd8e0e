"""A register as a table: heads, rows of cells, what opens a row; the same for the page and for Excel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

Cell = str | int | float | datetime | timedelta | None


@dataclass(frozen=True, slots=True)
class Head:
    """One column: its key, its word, how its cells look (text, number, moment, day, status, state, clause, name)."""

    key: str
    word: str
    look: str = "text"


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell as the page shows it."""

    look: str
    word: str
    value: Cell


@dataclass(frozen=True, slots=True)
class Row:
    """One row as the page shows it."""

    cells: tuple[Shown, ...]
    open: str
    note: str
    verb: str
    verb_address: str
    late: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its cells by column, where it opens, the second line under the first cell, what can be done."""

    cells: Mapping[str, Cell]
    open: str
    note: str = ""
    verb: str = ""
    verb_address: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One page of a register. `next` is the key of the next page, `many` the number of rows (None: not counted)."""

    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    next: str
    many: int | None
    capped: bool = False

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows with their cells in the order of the heads."""
        return tuple(
            Row(
                tuple(Shown(head.look, head.word, line.cells.get(head.key)) for head in self.heads),
                line.open,
                line.note,
                line.verb,
                line.verb_address,
                line.cells.get("status") == "overdue",
            )
            for line in self.lines
        )

    @property
    def width(self) -> int:
        """How many columns it has with that of the verb."""
        return len(self.heads) + 1
