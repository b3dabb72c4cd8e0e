"""Writes a table as xlsx, row by row in constant memory: what it is from, how many rows, a head that stays in view."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import BinaryIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from lianfang.core.facts.vocabulary import ColumnType

Cell = str | int | float | bool | date | datetime | None

MOST_ROWS = 1_000_000
LONGEST = 32_767
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_FIRST_DAY = date(1900, 3, 1)  # before it, sheets count a day that never was


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column: its head, what it holds, its width in characters. `day` shows a time as its day only."""

    head: str
    type: ColumnType = ColumnType.TEXT
    width: float = 14
    day: bool = False


@dataclass(frozen=True, slots=True)
class SheetTitle:
    """What the first line says: the title, plan and version, as of when, watermark, and how many rows follow."""

    title: str
    rows: int
    plan: str = ""
    as_of: str = ""
    watermark: str = ""


@dataclass(frozen=True, slots=True)
class _Formats:
    title: Format
    head: Format
    text: Format
    risky: Format
    number: Format
    day: Format
    time: Format


def write_sheet(
    out: BinaryIO, title: SheetTitle, columns: Sequence[SheetColumn], rows: Iterable[Sequence[Cell]], zone: int
) -> int:
    """Write one sheet and give the number of rows; times are shown in the plan's local time (`zone`, seconds from UTC).

    Text is always text: what begins with = + - @ never becomes a formula, links stay words, control characters go.
    Raises ValueError if there are not as many rows as the title says, or more than a sheet holds.
    """
    if title.rows > MOST_ROWS:
        raise ValueError(f"{title.rows} 行，一张表最多 {MOST_ROWS} 行，请分开导出 / {title.rows} rows, split them")
    book = xlsxwriter.Workbook(out, _OPTIONS)
    formats = _formats(book)
    sheet = _opened(book, title, columns, formats)
    count = 0
    for count, row in enumerate(rows, 1):
        for place, (column, cell) in enumerate(zip(columns, row, strict=True)):
            _cell(sheet, count + 1, place, column, cell, formats, zone)
    sheet.autofilter(1, 0, count + 1, max(len(columns) - 1, 0))
    book.close()
    if count != title.rows:
        raise ValueError(f"说好 {title.rows} 行，来了 {count} 行 / {title.rows} rows announced, {count} came")
    return count


_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd hh:mm:ss",
}


def _formats(book: Workbook) -> _Formats:
    font = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "top"}
    return _Formats(
        title=book.add_format({**font, "font_color": "#5A6675"}),
        head=book.add_format({**font, "bold": True, "bottom": 1, "bg_color": "#F4F6F8", "text_wrap": True}),
        text=book.add_format({**font, "num_format": "@"}),
        risky=book.add_format({**font, "num_format": "@", "quote_prefix": True}),
        number=book.add_format({**font, "num_format": "General"}),
        day=book.add_format({**font, "num_format": "yyyy-mm-dd"}),
        time=book.add_format({**font, "num_format": "yyyy-mm-dd hh:mm:ss"}),
    )


def _opened(book: Workbook, title: SheetTitle, columns: Sequence[SheetColumn], formats: _Formats) -> Worksheet:
    """The sheet with its first line, its head, widths and what is printed on every page."""
    sheet = book.add_worksheet("数据")
    parts = (title.title, title.plan, title.as_of and f"截至 {title.as_of}", f"共 {title.rows} 行", title.watermark)
    line = " · ".join(_clean(part) for part in parts if part)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
    sheet.write_string(0, 0, line[:LONGEST], formats.title)
    for place, column in enumerate(columns):
        sheet.write_string(1, place, _clean(column.head), formats.head)
    sheet.freeze_panes(2, 0)
    sheet.repeat_rows(0, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&R&P / &N")
    return sheet


def _cell(
    sheet: Worksheet, row: int, place: int, column: SheetColumn, cell: Cell, formats: _Formats, zone: int
) -> None:
    """One cell in the way its column says; what does not fit its type is written as text."""
    if cell is None or cell == "":
        return
    if isinstance(cell, bool):
        sheet.write_string(row, place, "是" if cell else "否", formats.text)
    elif column.type == ColumnType.TIME and isinstance(cell, int | float | date):
        _moment(sheet, row, place, column, cell, formats, zone)
    elif column.type == ColumnType.NUMBER and isinstance(cell, int | float) and abs(cell) < 1e15:
        sheet.write_number(row, place, cell, formats.number)
    else:
        words = _clean(str(cell))
        risky = words.startswith(("=", "+", "-", "@", "\t", "\r"))
        sheet.write_string(row, place, _cut(words), formats.risky if risky else formats.text)


def _moment(
    sheet: Worksheet,
    row: int,
    place: int,
    column: SheetColumn,
    cell: float | date,
    formats: _Formats,
    zone: int,
) -> None:
    """A time in local time; whole seconds since 1970 UTC, a day, or a datetime with or without a zone of its own."""
    local = _local(cell, zone)
    if local.date() < _FIRST_DAY:
        sheet.write_string(row, place, local.isoformat(" "), formats.text)
    else:
        sheet.write_datetime(row, place, local, formats.day if column.day else formats.time)


def _local(cell: float | date, zone: int) -> datetime:
    shift = timedelta(seconds=zone)
    if isinstance(cell, datetime):
        return (
            cell.replace(microsecond=0) if cell.tzinfo is None else (cell.astimezone(UTC) + shift).replace(tzinfo=None)
        )
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 - a sheet has no zones
    return datetime(1970, 1, 1) + timedelta(seconds=int(cell)) + shift  # noqa: DTZ001 - a sheet has no zones


def _clean(text: str) -> str:
    return _CONTROL.sub("", text)


def _cut(text: str) -> str:
    """A text as long as a cell can be; a cut one says so."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
