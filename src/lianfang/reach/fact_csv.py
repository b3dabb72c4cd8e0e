"""CSV files of facts: UTF-8 with a header line, everything read as text; typed afterwards with the rest."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pa_csv

from lianfang.core.facts.faults import MOST_COMPLAINTS, Fault, shorten
from lianfang.core.facts.headers import meant_columns
from lianfang.core.facts.vocabulary import Kind
from lianfang.reach.fact_source import Source, columns_needed, refused

BOM = b"\xef\xbb\xbf"
UTF16 = (b"\xff\xfe", b"\xfe\xff")
PIECE = 1 << 24
csv.field_size_limit(1 << 26)


def read_csv(path: Path, kind: Kind, wanted: Collection[str] | None = None) -> Source:
    """A CSV file as a table of texts, or why it cannot be read."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        return refused("file:unreadable", found=shorten(error.strerror or error))
    return parse_csv(raw, kind, wanted)


def parse_csv(raw: bytes, kind: Kind, wanted: Collection[str] | None = None) -> Source:
    """The bytes of a CSV file as a table of texts under the names of the vocabulary, or why they cannot be read."""
    raw = raw.removeprefix(BOM)
    wrong = _not_text(raw)
    if wrong is not None:
        return wrong
    try:
        header, line, start = _header(raw)
        meant, faults = meant_columns(kind, header)
        on_line = tuple(Fault(f.id, f.column, (line,), f.found or ("",), allowed=f.allowed) for f in faults)
        needed = columns_needed(kind, wanted)
        taken = {position: name for position, name in meant.items() if needed is None or name in needed}
        table, rejected = _table(raw[start:], len(header))
        ragged = _ragged(raw, len(header)) if rejected else ()
    except (pa.ArrowException, csv.Error, ValueError, OverflowError) as error:
        return refused("file:broken", 1, found=shorten(error))
    if rejected:
        return Source(None, (*on_line, *ragged))
    chosen = table.select(list(taken)).rename_columns(list(taken.values()))
    return Source(chosen, on_line, lambda rows: _lines(raw, rows))


def _not_text(raw: bytes) -> Source | None:
    """Why bytes are not UTF-8 text; None if they are."""
    if not raw.strip():
        return refused("file:empty", 1)
    if raw.startswith(UTF16):
        return refused("file:not-utf8", 1, found="UTF-16", allowed="UTF-8")
    zero = raw.find(b"\0")
    if zero >= 0:
        return refused("file:nul-byte", raw.count(b"\n", 0, zero) + 1, found=f"byte {zero + 1}")
    at = _first_undecodable(raw, "utf-8")
    if at is None:
        return None
    is_gb = _first_undecodable(raw, "gb18030") is None
    found = "GB18030" if is_gb else f"byte {at + 1}: 0x{raw[at]:02x}"
    return refused("file:not-utf8", raw.count(b"\n", 0, at) + 1, found=found, allowed="UTF-8")


def _first_undecodable(raw: bytes, encoding: str) -> int | None:
    """Where the first byte stands that is not of the encoding; read in pieces, so that no second copy is held."""
    decoder = codecs.getincrementaldecoder(encoding)()
    for start in range(0, len(raw), PIECE):
        kept = len(decoder.getstate()[0])
        try:
            decoder.decode(raw[start : start + PIECE], start + PIECE >= len(raw))
        except UnicodeDecodeError as error:
            return max(start - kept + error.start, 0)
    return None


def _header(raw: bytes) -> tuple[list[str], int, int]:
    """The first record that is not empty, the line it stands on, and the byte after it."""
    read = [0]

    def lines() -> Iterator[str]:
        for line in _text(raw):
            read[0] += len(line.encode())
            yield line

    reader = csv.reader(lines())
    line = 1
    for record in reader:
        if record:
            return record, line, read[0]
        line = reader.line_num + 1
    raise ValueError("no header line")


def _text(raw: bytes) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8", newline="")


def _table(data: bytes, width: int) -> tuple[pa.Table, int]:
    """The records after the header as columns of text, and how many had too many or too few fields."""
    names = [f"{number}" for number in range(width)]
    if not data.strip():
        return pa.table({name: pa.array([], pa.string()) for name in names}), 0
    rejected: list[int] = []

    def skip(row: pa_csv.InvalidRow) -> str:
        rejected.append(row.actual_columns)
        return "skip"

    table = pa_csv.read_csv(
        pa.BufferReader(data),
        read_options=pa_csv.ReadOptions(column_names=names),
        parse_options=pa_csv.ParseOptions(newlines_in_values=b'"' in data, invalid_row_handler=skip),
        convert_options=pa_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True, null_values=[""]
        ),
    )
    return table, len(rejected)


def _records(raw: bytes) -> Iterator[tuple[int, list[str]]]:
    """(line where it begins, fields) of every record after the header that is not empty."""
    reader = csv.reader(_text(raw))
    begins, seen = 1, 0
    for record in reader:
        if record and seen:
            yield begins, record
        seen += bool(record)
        begins = reader.line_num + 1


def _ragged(raw: bytes, width: int) -> tuple[Fault, ...]:
    """The lines with too many or too few fields."""
    wrong = [(line, len(record)) for line, record in _records(raw) if len(record) != width]
    if not wrong:
        return (Fault("file:ragged", "", (1,), ("?",), allowed=str(width)),)
    shown = wrong[:MOST_COMPLAINTS]
    lines, counts = tuple(line for line, _ in shown), tuple(str(count) for _, count in shown)
    return (Fault("file:ragged", "", lines, counts, len(wrong), str(width)),)


def _lines(raw: bytes, rows: frozenset[int]) -> Mapping[int, int]:
    """Rows of the table -> lines of the file; a field with line breaks takes several lines."""
    last = max(rows, default=-1)
    found: dict[int, int] = {}
    for row, (line, _) in enumerate(_records(raw)):
        if row in rows:
            found[row] = line
        if row >= last:
            break
    return {row: found.get(row, row + 2) for row in rows}
