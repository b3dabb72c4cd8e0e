"""Parquet files of facts: only the columns asked for, words of choices kept as dictionaries, nothing copied twice."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from lianfang.core.facts.faults import Fault, shorten
from lianfang.core.facts.headers import meant_columns
from lianfang.core.facts.typed import is_text
from lianfang.core.facts.vocabulary import ColumnType, Kind, all_columns
from lianfang.reach.fact_source import Source, columns_needed, refused

UNREADABLE = (pa.ArrowException, OSError, ValueError, OverflowError, TypeError, KeyError, IndexError, MemoryError)
"""What damaged bytes can raise while they are read; each becomes one complaint."""


def read_parquet(path: Path, kind: Kind, wanted: Collection[str] | None = None) -> Source:
    """A Parquet file as a table under the names of the vocabulary, or why it cannot be read."""
    try:
        if path.stat().st_size == 0:
            return refused("file:empty")
        return parse_parquet(path, kind, wanted)
    except UNREADABLE as error:
        return refused("file:broken", found=shorten(str(error).splitlines()[0] if str(error) else error))


def parse_parquet(source: Path | BinaryIO, kind: Kind, wanted: Collection[str] | None = None) -> Source:
    """The same from anything Parquet can be read from. Raises one of UNREADABLE."""
    header = pq.read_schema(source)
    meant, faults = meant_columns(kind, header.names)
    needed = columns_needed(kind, wanted)
    taken = {position: name for position, name in meant.items() if needed is None or name in needed}
    nested = [p for p in taken if pa.types.is_nested(header.field(p).type)]
    faults += [
        Fault("fact:wrong-type", taken.pop(p), found=(shorten(header.field(p).type),), allowed="string, int64, …")
        for p in nested
    ]
    names = [header.names[position] for position in taken]
    declared = all_columns(kind)
    words = [
        header.names[position]
        for position, name in taken.items()
        if declared[name].type == ColumnType.CHOICE and is_text(header.field(position).type)
    ]
    if len(set(names)) < len(names):
        return Source(None, tuple(faults))
    table = pq.read_table(source, columns=names, read_dictionary=words, memory_map=True, partitioning=None)
    table = table.select(names).rename_columns(list(taken.values()))
    table.validate(full=True)
    return Source(table.unify_dictionaries().combine_chunks(), tuple(faults))
