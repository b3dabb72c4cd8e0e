"""Workbooks (xls, xlsx, ods) by calamine: every cell as the text somebody would read there."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from lianfang.reach.sheets.faults import refuse
from lianfang.reach.sheets.formula_errors import error_cells
from lianfang.reach.sheets.source import Row, Source

MOST_UNPACKED = 1500 * 1024 * 1024
EXACT = 1e15  # from here on a cell that holds a number has lost digits

Cell = int | float | str | bool | date | datetime | time | timedelta


def open_workbook(raw: bytes, file: str, sheet: str = "") -> Source:
    """The rows of one sheet of a workbook; without a name the first visible one with anything in it.

    Raises SheetFault for a file that is broken, encrypted, grows too big when unpacked, or has no such sheet.
    """
    _check(raw, file)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        found = _chosen(book, file, sheet)
        merged = tuple(found.merged_cell_ranges or ())
        rows = found.iter_rows()
    except PasswordError as error:
        raise refuse("sheet:encrypted", file) from error
    except CalamineError as error:
        raise refuse("sheet:broken", file, error) from error
    errors = error_cells(raw, found.name) if raw.startswith(b"PK") else {}
    left = found.start[1] if found.start else 0  # calamine leaves out blank columns on the left, but not blank rows
    return Source(found.name, _rows(rows, errors, left), tuple(book.sheet_names), merged)


def _check(raw: bytes, file: str) -> None:
    """What calamine would not say: a password, a bomb, a zip that is no workbook."""
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in raw:
            raise refuse("sheet:encrypted", file)
        return
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
            names = set(packed.namelist())
    except zipfile.BadZipFile as error:
        raise refuse("sheet:broken", file, error) from error
    if unpacked > MOST_UNPACKED:
        raise refuse("sheet:too-big", file, f"{unpacked >> 20} MB", f"≤ {MOST_UNPACKED >> 20} MB")
    if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        raise refuse("sheet:unknown-format", file, allowed="xlsx, xls, ods, csv")


def _chosen(book: CalamineWorkbook, file: str, sheet: str) -> CalamineSheet:
    names = tuple(book.sheet_names)
    if sheet:
        if sheet not in names:
            raise refuse("sheet:no-such-sheet", file, sheet, ", ".join(names))
        return book.get_sheet_by_name(sheet)
    for one in book.sheets_metadata:
        if one.visible == SheetVisibleEnum.Visible:
            found = book.get_sheet_by_name(one.name)
            if found.end is not None:
                return found
    raise refuse("sheet:empty", file)


def _rows(rows: Iterator[list[Cell]], errors: dict[int, dict[int, str]], left: int) -> Iterator[Row]:
    before = [""] * left
    for number, cells in enumerate(rows, 1):
        texts = before + [cell.strip() if isinstance(cell, str) else text(cell) for cell in cells]
        for place, word in errors.get(number, {}).items():
            texts += [""] * (place + 1 - len(texts))
            texts[place] = word
        yield Row(number, tuple(texts))


def text(cell: Cell) -> str:
    """A cell as somebody would type it: whole numbers without a point, days and times in the ISO way."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, int | float):
        return _number(cell)
    if isinstance(cell, datetime):
        rounded = cell + timedelta(microseconds=500_000)
        return rounded.replace(microsecond=0).isoformat(" ")
    if isinstance(cell, timedelta):
        return str(cell)
    return cell.isoformat()


def _number(cell: float) -> str:
    """A number; one too long for a cell is shown as the sheet shows it, so that nobody takes it for exact."""
    if abs(cell) >= EXACT:
        return f"{cell:E}"
    return str(int(cell)) if cell == int(cell) else repr(float(cell))
