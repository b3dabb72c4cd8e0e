"""What a reader hands on: the table, what is wrong with the file as a file, and where each row stands in it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import pyarrow as pa

from lianfang.core.facts.faults import Fault
from lianfang.core.facts.vocabulary import COMMON, Kind

Lines = Callable[[frozenset[int]], Mapping[int, int]]
"""Rows of the table -> their lines in the file."""


def row_numbers(rows: frozenset[int]) -> Mapping[int, int]:
    """Rows counted from 1, for files without lines."""
    return {row: row + 1 for row in rows}


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: its columns under the names of the vocabulary, or None if it cannot be used at all.

    The rows of `faults` are lines of the file.
    """

    table: pa.Table | None
    faults: tuple[Fault, ...] = ()
    lines: Lines = row_numbers


def refused(id: str, line: int | None = None, column: str = "", found: str = "", allowed: str = "") -> Source:
    """A file that cannot be used, with the reason."""
    rows = () if line is None else (line,)
    return Source(None, (Fault(id, column, rows, (found,) if found else (), allowed=allowed),))


def columns_needed(kind: Kind, wanted: Collection[str] | None) -> frozenset[str] | None:
    """The columns to read: those wanted and those no fact can do without. None: all."""
    if wanted is None:
        return None
    always = {kind.subject, kind.time, kind.known_at, kind.period_end, *COMMON} - {None, "said_by"}
    return frozenset(wanted) | {name for name in always if name is not None}
