"""Facts from rows that were checked when they were recorded: what `from_rows` gives, without checking again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

import pyarrow as pa

from lianfang.core.days.text import TimeError, parse_instant
from lianfang.core.facts.facts import ARROW, Facts
from lianfang.core.facts.rows import Row
from lianfang.core.facts.vocabulary import COMMON, Column, ColumnType, Kind, all_columns


def from_kept_rows(kinds: Mapping[str, Kind], rows: Iterable[Row], zone: int) -> Facts:
    """Facts of a few subjects from (kind, column -> value) rows with the columns' own names; every row has its id.

    Times are aware datetimes, or texts or seconds where they stand in values. What has another type than its column,
    because an earlier plan gave it another, counts as unknown; so do kinds and columns that the plan no longer has.
    """
    grouped: dict[str, list[Mapping[str, object]]] = {}
    for kind, row in rows:
        if kind in kinds:
            grouped.setdefault(kind, []).append(row)
    names: dict[str, dict[str, int]] = {}
    tables = {kind: _table(kinds[kind], own, names, zone) for kind, own in grouped.items()}
    spelled = {subject: pa.array(list(codes), pa.string()) for subject, codes in names.items()}
    return Facts(kinds, tables, spelled, {subject: len(codes) for subject, codes in names.items()})


def _table(kind: Kind, rows: list[Mapping[str, object]], names: dict[str, dict[str, int]], zone: int) -> pa.Table:
    declared = all_columns(kind)
    written = dict.fromkeys(name for row in rows for name, value in row.items() if value is not None)
    columns = {}
    for name in written:
        column = declared.get(name)
        if column is not None:
            read = _reader(column, names, zone)
            columns[name] = pa.array([read(row.get(name)) for row in rows], ARROW[column.type])
    return pa.table(columns)


def _reader(column: Column, names: dict[str, dict[str, int]], zone: int) -> Callable[[object], object]:
    if column.type is ColumnType.REF and column.name not in COMMON:
        codes = names.setdefault(column.to or column.name, {})
        return lambda value: None if value is None else codes.setdefault(str(value), len(codes))
    if column.type is ColumnType.TIME:
        return lambda value: _second(value, zone)
    if column.type is ColumnType.NUMBER:
        return _number
    if column.type is ColumnType.FLAG:
        return lambda value: value if isinstance(value, bool) else None
    return lambda value: None if value is None or value == "" else str(value)


def _second(value: object, zone: int) -> int | None:
    if isinstance(value, datetime):
        return int(value.timestamp() // 1)
    if isinstance(value, str):
        try:
            with_zone = "+" in value[10:]
            return int(datetime.fromisoformat(value).timestamp()) if with_zone else parse_instant(value, zone)
        except (ValueError, TimeError):
            return None
    return int(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
