"""What a document looks like once its file format is gone: numbered lines and tables, in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text as it stands; `number` counts from 1, `page` too where the format has pages.

    `heading` is the level that the file itself gives the line, `whole` says that the line is a whole paragraph.
    """

    number: int
    text: str
    page: int | None = None
    heading: int | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table and the line it stands on."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that belong together."""

    rows: tuple[Row, ...]

    @property
    def number(self) -> int:
        """The line of the first row."""
        return self.rows[0].number if self.rows else 1


@dataclass(frozen=True, slots=True)
class Paper:
    """A document without its format."""

    items: tuple[Line | Table, ...]
    name: str = ""


def paper_of(text: str, name: str = "") -> Paper:
    """The lines of a plain text; rows of two and more lines that are cut by tabs or bars become tables."""
    # a form feed begins a new page and is no line end of its own
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    items: list[Line | Table] = []
    waiting: list[Row] = []
    page = 1
    for number, line in enumerate(lines, 1):
        page += line.count("\f")
        cells = _cells(line)
        if waiting and (cells is None or len(cells) != len(waiting[-1].cells)):
            items += _settled(waiting)
            waiting = []
        if cells is None:
            items.append(Line(number, line.replace("\f", ""), page if "\f" in text else None))
        elif not _ruled(cells):
            waiting.append(Row(number, cells))
    items += _settled(waiting)
    return Paper(tuple(items), name)


def _settled(rows: list[Row]) -> Iterable[Line | Table]:
    if len(rows) > 1:
        return (Table(tuple(rows)),)
    return tuple(Line(row.number, " ".join(row.cells)) for row in rows)


def _cells(line: str) -> tuple[str, ...] | None:
    bare = line.strip("\f \u3000")
    mark = "|" if bare.count("|") >= 2 else "\t" if bare.strip("\t").count("\t") else None
    if mark is None:
        return None
    inner = bare.strip("|") if mark == "|" else bare
    return tuple(cell.strip() for cell in inner.split(mark))


def _ruled(cells: tuple[str, ...]) -> bool:
    """A line that only draws the border between rows."""
    return all(set(cell) <= set("-:=+ ") for cell in cells)
