"""CSV as offices save it: UTF-8 or the Chinese encodings, commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from lianfang.reach.sheets.faults import refuse
from lianfang.reach.sheets.source import Row, Source

_ENCODINGS = ("utf-8", "gb18030")
_SAMPLE = 65536


def csv_rows(raw: bytes, file: str) -> Source:
    """The rows of a text file. The encoding is the first of UTF-8 and GB18030 that reads all of it; UTF-16 by its mark.

    Raises SheetFault where neither does, or where the text is no table.
    """
    text = _decoded(raw, file)
    if "\0" in text:
        raise refuse("sheet:broken", file)
    return Source("", _rows(text, _separator(text[:_SAMPLE]), file), exact=True)


def _decoded(raw: bytes, file: str) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _by(raw, "utf-16", file)
    plain = raw.removeprefix(b"\xef\xbb\xbf")
    for encoding in _ENCODINGS:
        try:
            return plain.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refuse("sheet:encoding", file, allowed="UTF-8, GB18030, UTF-16")


def _by(raw: bytes, encoding: str, file: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise refuse("sheet:encoding", file, allowed="UTF-8, GB18030, UTF-16") from error


def _separator(sample: str) -> str:
    """The sign that stands most often in the line that has most of it."""
    lines = sample.splitlines()[:20]
    return max(",\t;，", key=lambda sign: (max((line.count(sign) for line in lines), default=0), sign == ","))


def _rows(text: str, separator: str, file: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    start = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise refuse("sheet:broken", file, error, line=start) from error
        if cells is None:
            return
        yield Row(start, tuple(cell.strip() for cell in cells))
        start = reader.line_num + 1
