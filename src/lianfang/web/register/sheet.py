"""A register as rows of a spreadsheet, page by page, as far as one file may go."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from lianfang.core.facts.vocabulary import ColumnType
from lianfang.ledger.keyset import MOST
from lianfang.reach.sheets.write import Cell, SheetColumn
from lianfang.web.parts import status
from lianfang.web.plan.tree import number_of
from lianfang.web.register.asked import Asked
from lianfang.web.register.table import Head, Line, Table

LONGEST = 20_000
"""So many rows go into one file; who needs more narrows the list."""

_TYPES = {
    "moment": ColumnType.TIME,
    "day": ColumnType.TIME,
    "number": ColumnType.NUMBER,
    "trouble": ColumnType.NUMBER,
}
_WIDE = {
    "name": 16.0,
    "moment": 17.0,
    "day": 12.0,
    "number": 8.0,
    "trouble": 8.0,
    "clause": 12.0,
    "state": 10.0,
    "status": 10.0,
}


def columns(heads: Sequence[Head]) -> tuple[SheetColumn, ...]:
    """The columns of the file: those of the page, and the id of each subject."""
    shown = [head for head in heads if head.look != "left"]
    found = [
        SheetColumn(head.word, _TYPES.get(head.look, ColumnType.TEXT), _WIDE.get(head.look, 24.0), head.look == "day")
        for head in shown
    ]
    return (*found, SheetColumn("编号", ColumnType.TEXT, 18))


def rows(read: Callable[[Asked, int], Table], asked: Asked) -> Iterator[tuple[Cell, ...]]:
    """Every row the filters leave, up to LONGEST."""
    after, written = "", 0
    while written < LONGEST:
        table = read(replace(asked, after=after), min(MOST, LONGEST - written))
        yield from (row(table.heads, line) for line in table.lines)
        written += len(table.lines)
        after = table.next
        if not after:
            return


def row(heads: Sequence[Head], line: Line) -> tuple[Cell, ...]:
    """One row, statuses in words."""
    return (*(_cell(head, line) for head in heads if head.look != "left"), line.note)


def _cell(head: Head, line: Line) -> Cell:
    value = line.cells.get(head.key)
    if head.look in ("status", "state"):
        return str(status.word(str(value)))
    if head.look == "clause":
        return number_of(str(value))
    return value if isinstance(value, str | int | float | datetime) else None
