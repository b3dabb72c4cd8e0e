"""Writes a made-up city to a folder: one Parquet file a kind of fact."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

ROWS_A_GROUP = 1 << 25
"""Facts of one kind lie in one piece, so that reading them copies nothing together."""


def write_city(tables: Mapping[str, pa.Table], folder: Path) -> tuple[Path, ...]:
    """Write `<kind>.parquet` for every kind, rows as they come (sorted by time); the same tables give the same bytes.

    The folder is made if it is not there. Raises OSError where it cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(_write(table, folder / f"{kind}.parquet") for kind, table in sorted(tables.items()))


def _write(table: pa.Table, path: Path) -> Path:
    """One file; whole numbers are stored byte by byte, small and quick to read."""
    words = [field.name for field in table.schema if pa.types.is_dictionary(field.type)]
    numbers = {field.name: "BYTE_STREAM_SPLIT" for field in table.schema if field.type in (pa.int64(), pa.float64())}
    pq.write_table(
        table,
        path,
        compression="lz4",
        use_dictionary=words or False,
        column_encoding=numbers or None,
        row_group_size=ROWS_A_GROUP,
    )
    return path
