"""A sheet as it was read: its heads, its rows as written texts, and where each cell stands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Head:
    """The head of one column: its letter in the sheet, its words, and the words above it where heads are merged."""

    letter: str
    text: str
    group: str = ""

    @property
    def full(self) -> str:
        """The words of a merged head and the words under it: 采样 + 时间."""
        return f"{self.group}{self.text}" if self.group and self.group != self.text else self.text


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands in one sheet of a file: texts by column, days and times as `2026-11-22 14:00:00`.

    `cells` has one string column a head (named by its letter, blank cells null); `rows` gives the row number in the
    file of each row, because blank rows are left out. `sheets` names every sheet of the file.
    """

    file: str
    name: str
    heads: tuple[Head, ...]
    cells: pa.Table
    rows: npt.NDArray[np.int64]
    head_row: int
    sheets: tuple[str, ...] = ()

    def __len__(self) -> int:
        """How many rows the sheet has under its head."""
        return int(self.cells.num_rows)

    def text(self, letter: str, index: int) -> str:
        """What is written in a cell, empty if nothing."""
        return self.cells.column(letter)[index].as_py() or ""

    def address(self, letter: str, index: int) -> str:
        """Where a cell stands in the file: `C402`."""
        return f"{letter}{self.rows[index]}"


def letter_of(position: int) -> str:
    """The letter of a column by its place from 0: A, B, … Z, AA."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
