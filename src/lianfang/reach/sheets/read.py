"""Reads a sheet that an office sent - xls, xlsx, ods or CSV - into texts that know where they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import chain, islice

import numpy as np
import pyarrow as pa

from lianfang.core.intake.sheet import Head, Sheet, letter_of
from lianfang.reach.sheets.csv_text import csv_rows
from lianfang.reach.sheets.faults import refuse
from lianfang.reach.sheets.heads import LOOK_AHEAD, find_head
from lianfang.reach.sheets.source import Row, Source
from lianfang.reach.sheets.workbook import open_workbook

MOST_ROWS = 200_000
MOST_COLUMNS = 300
MOST_BYTES = 200 * 1024 * 1024
PIECE = 8192  # rows held as Python texts before they become a column of Arrow


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is read at most: rows under the head, columns, bytes of the file."""

    rows: int = MOST_ROWS
    columns: int = MOST_COLUMNS
    size: int = MOST_BYTES


def read_sheet(
    raw: bytes, file: str, sheet: str = "", expected: Collection[str] = (), limits: Limits | None = None
) -> Sheet:
    """The rows of one sheet under its head, wherever a title above it ends; blank rows are left out.

    `sheet` names the sheet of a workbook; without it the first visible one with anything in it is read. `expected` are
    names of columns: a row that has them is the head. Raises SheetFault with what was found, allowed and to be done.
    """
    limits = limits or Limits()
    if len(raw) > limits.size:
        raise refuse("sheet:too-big", file, f"{len(raw) >> 20} MB", f"≤ {limits.size >> 20} MB")
    if not raw.strip(b"\0 \r\n\t"):
        raise refuse("sheet:empty", file)
    source = open_workbook(raw, file, sheet) if _is_workbook(raw) else csv_rows(raw, file)
    return _sheet(source, file, expected, limits)


def _is_workbook(raw: bytes) -> bool:
    """A zip (xlsx, ods) or a compound file (xls, encrypted xlsx); anything else is text."""
    return raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


def _sheet(source: Source, file: str, expected: Collection[str], limits: Limits) -> Sheet:
    rows = iter(source.rows)
    first = list(islice(rows, LOOK_AHEAD))
    if not any(any(row.cells) for row in first):
        raise refuse("sheet:empty", file)
    found = find_head([row.cells for row in first], expected, source.merged, first[0].number)
    if found is None:
        raise refuse("sheet:no-head", file, " | ".join(text for text in first[0].cells if text))
    if len(found.names) > limits.columns:
        raise refuse("sheet:too-many-columns", file, len(found.names), f"≤ {limits.columns}")
    heads = tuple(Head(letter_of(place), text, group) for place, text, group in found.names)
    places = tuple(place for place, _, _ in found.names)
    below = chain(first[found.below :], rows)
    cells, numbers = _body(_no_wider(below, places[-1], file) if source.exact else below, places, file, limits)
    if not len(numbers):
        raise refuse("sheet:no-rows", file, " | ".join(head.text for head in heads))
    table = pa.table({head.letter: column for head, column in zip(heads, cells, strict=True)})
    return Sheet(file, source.name, heads, table, numbers, first[found.below - 1].number, source.sheets)


def _no_wider(rows: Iterator[Row], last: int, file: str) -> Iterator[Row]:
    """The rows, as long as none has words beyond the last column of the head."""
    for row in rows:
        if any(row.cells[last + 1 :]):
            raise refuse("sheet:ragged", file, " | ".join(row.cells[last + 1 :]), line=row.number)
        yield row


def _body(
    rows: Iterator[Row], places: tuple[int, ...], file: str, limits: Limits
) -> tuple[list[pa.ChunkedArray], np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """Columns of texts and the row numbers, built piece by piece so that few Python texts live at once."""
    pieces: list[list[pa.Array]] = [[] for _ in places]
    numbers: list[int] = []
    held: list[tuple[str | None, ...]] = []
    for row in rows:
        width = len(row.cells)
        texts = tuple(row.cells[place] or None if place < width else None for place in places)
        if not any(texts):
            continue
        if len(numbers) == limits.rows:
            raise refuse("sheet:too-many-rows", file, f"> {limits.rows}", f"≤ {limits.rows}", row.number)
        numbers.append(row.number)
        held.append(texts)
        if len(held) == PIECE:
            _flush(held, pieces)
    _flush(held, pieces)
    return [pa.chunked_array(piece, pa.string()) for piece in pieces], np.array(numbers, np.int64)


def _flush(held: list[tuple[str | None, ...]], pieces: list[list[pa.Array]]) -> None:
    for piece, column in zip(pieces, zip(*held, strict=True), strict=False):
        piece.append(pa.array(column, pa.string()))
    held.clear()
