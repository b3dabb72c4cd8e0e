"""Writes a made-up city to a folder: one Parquet file a kind of fact."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

ROWS_A_GROUP = 1_000_000


def write_city(tables: Mapping[str, pa.Table], folder: Path) -> tuple[Path, ...]:
    """Write `<kind>.parquet` for every kind, rows as they come (sorted by time); the same tables give the same bytes.

    The folder is made if it is not there. Raises OSError where it cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(_write(table, folder / f"{kind}.parquet") for kind, table in sorted(tables.items()))


def _write(table: pa.Table, path: Path) -> Path:
    """One file; only columns of few words get a dictionary, the rest reads faster plainly."""
    words = [field.name for field in table.schema if pa.types.is_dictionary(field.type)]
    pq.write_table(table, path, compression="zstd", use_dictionary=words or False, row_group_size=ROWS_A_GROUP)
    return path
