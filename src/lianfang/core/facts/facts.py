"""The facts of a plan as Arrow tables, one a kind: who or what is named by whole numbers, times are seconds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lianfang.core.facts.vocabulary import Column, ColumnType, Kind, all_columns

if TYPE_CHECKING:
    from lianfang.core.complaint import Complaint

ARROW: Mapping[ColumnType, pa.DataType] = {
    ColumnType.TIME: pa.int64(),
    ColumnType.TEXT: pa.string(),
    ColumnType.NUMBER: pa.float64(),
    ColumnType.FLAG: pa.bool_(),
    ColumnType.CHOICE: pa.string(),
    ColumnType.REF: pa.int64(),
}
"""How a column is held when the source does not have it."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What happened, as far as it is known: one table for each kind that has any.

    Time columns hold seconds since 1970 UTC, references hold codes, `names[subject]` gives the name of a code (None:
    the code is the name). A column the source lacks is absent; `column` then gives one with nothing known.
    """

    kinds: Mapping[str, Kind]
    tables: Mapping[str, pa.Table]
    names: Mapping[str, pa.Array | None]
    sizes: Mapping[str, int] = field(default_factory=dict)

    def column(self, kind: str, name: str) -> pa.Array:
        """One column of a kind as a single array; all unknown if the source has no such column."""
        table = self.tables.get(kind)
        place = -1 if table is None else table.schema.get_field_index(name)
        if table is not None and place >= 0:
            column = table.column(place)
            return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
        return pa.nulls(0 if table is None else table.num_rows, self._type(kind, name))

    def rows(self, kind: str) -> int:
        """How many facts of a kind there are."""
        table = self.tables.get(kind)
        return 0 if table is None else table.num_rows

    def size(self, subject: str) -> int:
        """How many persons (places, areas …) are named: their codes are 0 to size - 1."""
        names = self.names.get(subject)
        if names is not None:
            return len(names)
        known = self.sizes.get(subject)
        return self._greatest(subject) + 1 if known is None else known

    def name(self, subject: str, code: int) -> str:
        """The name behind a code."""
        names = self.names.get(subject)
        return str(code) if names is None else str(names[code].as_py())

    def code(self, subject: str, name: str) -> int | None:
        """The code of a name; None if no fact mentions it."""
        names = self.names.get(subject)
        if names is not None:
            found = pc.index(names, pa.scalar(name, names.type)).as_py()
            return None if found < 0 else found
        plain = name.isascii() and name.isdigit() and len(name) < 19 and str(int(name)) == name
        return int(name) if plain and int(name) < self.size(subject) else None

    def id_of(self, kind: str, row: int) -> str:
        """The id of one fact; without ids in the source, kind and row number (from 1) as `test-7`."""
        table = self.tables.get(kind)
        if table is None or "id" not in table.column_names:
            return f"{kind}-{row + 1}"
        value = table.column("id")[row].as_py()
        return f"{kind}-{row + 1}" if value is None else str(value)

    def known(self, known_at: int | None = None) -> Facts:
        """The facts as known at an instant (None: now): without what was recorded later, without what was corrected.

        A fact without `recorded_at` was known from the start. Every recorded correction removes the fact it names,
        also a correction that was itself corrected later.
        """
        tables = {kind: _known(kind, table, known_at) for kind, table in self.tables.items()}
        if all(tables[kind] is table for kind, table in self.tables.items()):
            return self
        sizes = self.sizes or {subject: self.size(subject) for subject in self._subjects()}
        return replace(self, tables=tables, sizes=sizes)

    @staticmethod
    def from_rows(
        kinds: Mapping[str, Kind], rows: Iterable[tuple[str, Mapping[str, object]]], zone: int
    ) -> tuple[Facts | None, tuple[Complaint, ...]]:
        """Facts from a few written rows (kind, column -> value): a case, one subject. See `rows.from_rows`."""
        from lianfang.core.facts.rows import from_rows

        return from_rows(kinds, rows, zone)

    def _type(self, kind: str, name: str) -> pa.DataType:
        declared = all_columns(self.kinds[kind]).get(name) if kind in self.kinds else None
        return ARROW[declared.type] if declared is not None else pa.string()

    def _subjects(self) -> set[str]:
        return {c.to or "" for kind in self.kinds.values() for c in references(kind)}

    def _greatest(self, subject: str) -> int:
        present = [
            pc.max(table.column(column.name)).as_py()
            for kind, table in self.tables.items()
            if kind in self.kinds
            for column in references(self.kinds[kind])
            if column.to == subject and column.name in table.column_names
        ]
        return max((code for code in present if code is not None), default=-1)


def references(kind: Kind) -> list[Column]:
    """The columns of a kind that name a subject, its own first."""
    return [column for column in all_columns(kind).values() if column.type == ColumnType.REF]


def from_rows(
    kinds: Mapping[str, Kind], rows: Iterable[tuple[str, Mapping[str, object]]], zone: int
) -> tuple[Facts | None, tuple[Complaint, ...]]:
    """The same as `Facts.from_rows`."""
    return Facts.from_rows(kinds, rows, zone)


def _known(kind: str, table: pa.Table, known_at: int | None) -> pa.Table:
    present = set(table.column_names)
    keep = None
    if known_at is not None and "recorded_at" in present:
        keep = pc.less_equal(table.column("recorded_at"), known_at).fill_null(True)
    if "corrects" in present and table.column("corrects").null_count < table.num_rows:
        recorded = table if keep is None else table.filter(keep)
        corrections = recorded.column("corrects").drop_null().combine_chunks()
        ids = table.column("id") if "id" in present else row_ids(kind, table.num_rows)
        stands = pc.invert(pc.is_in(ids, value_set=corrections))
        keep = stands if keep is None else pc.and_(keep, stands)
    if keep is None or pc.all(keep).as_py() is not False:
        return table
    return _numbered(kind, table).filter(keep).combine_chunks()


def row_ids(kind: str, rows: int) -> pa.Array:
    """Ids for facts that bring none: `test-1`, `test-2`, …"""
    numbers = pa.array(np.arange(1, rows + 1)).cast(pa.string())
    return pc.binary_join_element_wise(pa.scalar(kind), numbers, "-")


def _numbered(kind: str, table: pa.Table) -> pa.Table:
    """The table with an id in every row, so that ids stay when rows are taken out."""
    if "id" not in table.column_names:
        return table.append_column("id", row_ids(kind, table.num_rows))
    ids = table.column("id")
    if not ids.null_count:
        return table
    filled = pc.coalesce(ids.cast(pa.string()), row_ids(kind, table.num_rows))
    return table.set_column(table.column_names.index("id"), "id", filled)
