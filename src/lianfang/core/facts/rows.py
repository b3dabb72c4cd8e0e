"""Facts from a few written rows: the given part of a case, the facts of one subject."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

import pyarrow as pa

from lianfang.core.complaint import Complaint
from lianfang.core.days.text import show_instant
from lianfang.core.facts.encode import encode
from lianfang.core.facts.facts import Facts
from lianfang.core.facts.faults import Fault, bounded, complain, complaints_of, shorten
from lianfang.core.facts.headers import meant_columns, nearest
from lianfang.core.facts.vocabulary import ColumnType, Kind, all_columns, called

Row = tuple[str, Mapping[str, object]]


def from_rows(kinds: Mapping[str, Kind], rows: Iterable[Row], zone: int) -> tuple[Facts | None, tuple[Complaint, ...]]:
    """Facts from (kind, column -> value) rows, or every complaint about them (then no facts).

    Values may be texts, numbers, flags, dates, datetimes; whole numbers in time columns are seconds since 1970 UTC.
    Columns may be named in Chinese, `at` stands for the fact's own time. A row without `id` gets one: `test-3` is the
    third test. Complaints name the kind as the file and the row of that kind (from 1) as the line.
    """
    given: dict[str, list[Mapping[str, object]]] = {}
    complaints: list[tuple[Complaint, int]] = []
    for kind, row in rows:
        given.setdefault(kind, []).append(row)
    tables: dict[str, pa.Table] = {}
    for kind, own in given.items():
        if kind not in kinds:
            allowed = ", ".join(f"{word}?" for word in nearest(kind, kinds))
            complaints.append((complain("fact:unknown-kind", kind, found=kind, allowed=allowed), 1))
            continue
        tables[kind], faults = _table(kinds[kind], own, zone)
        complaints += complaints_of(faults, kind, lambda row: row + 1)
    facts, found = encode(kinds, tables, zone)
    for kind, faults in found.items():
        complaints += complaints_of(faults, kind, lambda row: row + 1)
    return (None, bounded(complaints)) if complaints else (facts, ())


def _table(kind: Kind, rows: list[Mapping[str, object]], zone: int) -> tuple[pa.Table, list[Fault]]:
    declared = all_columns(kind)
    spelled = _spellings(kind, rows)
    _, faults = meant_columns(kind, list(dict.fromkeys(spelled.values())))
    texts: dict[str, list[str | None]] = {name: [None] * len(rows) for name in spelled.values() if name in declared}
    for number, row in enumerate(rows):
        for written, value in row.items():
            name = spelled[str(written)]
            if name in texts:
                texts[name][number] = _text(value, declared[name].type == ColumnType.TIME, zone)
    numbers = texts.get("id", [None] * len(rows))
    texts["id"] = [id or f"{kind.id}-{number}" for number, id in enumerate(numbers, 1)]
    return pa.table({name: pa.array(values, pa.string()) for name, values in texts.items()}), faults


def _spellings(kind: Kind, rows: list[Mapping[str, object]]) -> dict[str, str]:
    """Every name the rows use -> the column it means, or itself if none."""
    written = dict.fromkeys(str(name) for row in rows for name in row)
    return {name: called(kind, name.strip()) or name for name in written}


def _text(value: object, is_time: bool, zone: int) -> str | None:
    """A value as somebody would write it, so that one way of reading serves files and rows."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date):
        return value.isoformat()
    if is_time and isinstance(value, int):
        return show_instant(value, zone) if abs(value) < 1 << 40 else str(value)
    return str(value) if isinstance(value, int | float) else shorten(value)
