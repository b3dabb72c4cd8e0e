"""Source tables to facts: every column typed and checked, every name turned into a code, without a loop over rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lianfang.core.complaint import Complaint
from lianfang.core.days.text import show_instant
from lianfang.core.facts.facts import Facts, references, row_ids
from lianfang.core.facts.faults import Fault, bounded, complaints_of, fault_where
from lianfang.core.facts.headers import meant_columns
from lianfang.core.facts.typed import read_identity, typed_column
from lianfang.core.facts.vocabulary import Column, Kind, all_columns

Columns = dict[str, pa.Array]
SPARSE = 1_000_000
"""Whole-number names are codes as they stand unless the greatest is far beyond four times their number."""


def from_tables(
    kinds: Mapping[str, Kind], tables: Mapping[str, pa.Table], zone: int = 28800
) -> tuple[Facts | None, tuple[Complaint, ...]]:
    """Facts from one Arrow table a kind, or every complaint about them (then no facts).

    `tables` is kind -> table; times as timestamps, dates, texts or int64 seconds; references as names or whole numbers.
    `zone` is the plan's distance from UTC in seconds, for times that do not say theirs. Complaints name the kind as
    the file and the row from 1 as the line.
    """
    faults: dict[str, list[Fault]] = {}
    sources: dict[str, pa.Table] = {}
    for name, table in tables.items():
        if name not in kinds:
            faults[name] = [Fault("fact:unknown-kind", "", found=(name,), allowed=", ".join(sorted(kinds)[:20]))]
            continue
        meant, faults[name] = meant_columns(kinds[name], table.column_names)
        sources[name] = table.select(list(meant)).rename_columns(list(meant.values()))
    facts, more = encode(kinds, sources, zone)
    for name, found in more.items():
        faults.setdefault(name, []).extend(found)
    pairs = (pair for name, found in faults.items() for pair in complaints_of(found, name, lambda row: row + 1))
    complaints = bounded(pairs)
    return (None, complaints) if complaints else (facts, ())


def encode(
    kinds: Mapping[str, Kind], tables: Mapping[str, pa.Table], zone: int
) -> tuple[Facts, dict[str, list[Fault]]]:
    """Facts from tables whose columns already bear the names of the vocabulary, and what is wrong by kind."""
    typed: dict[str, Columns] = {}
    faults: dict[str, list[Fault]] = {}
    for name, table in tables.items():
        typed[name], faults[name] = typed_columns(kinds[name], table, zone)
    names, sizes = _encode_references(kinds, typed)
    made = {kind: pa.table(columns) for kind, columns in typed.items() if columns and len(next(iter(columns.values())))}
    return Facts(kinds, made, names, sizes), {name: found for name, found in faults.items() if found}


def typed_columns(kind: Kind, table: pa.Table, zone: int) -> tuple[Columns, list[Fault]]:
    """The columns of one kind in their types, and everything that is wrong in them."""
    declared = all_columns(kind)
    columns: Columns = {}
    faults: list[Fault] = []
    for name in table.column_names:
        read = read_identity if name in ("id", "corrects") else typed_column
        values, found = read(declared[name], _single(table.column(name)), zone)
        faults += found
        if values is not None:
            columns[name] = values
            faults += _required(declared[name], name == kind.time, values, found)
    if not any(fault.id == "fact:wrong-type" for fault in faults):
        _comparable_identities(kind, columns)
        faults += _identity_faults(columns) + _order_faults(kind, columns, zone)
    return columns, faults


def _single(column: pa.ChunkedArray) -> pa.Array:
    if column.num_chunks == 1:
        return column.chunk(0)
    if pa.types.is_dictionary(column.type):
        column = column.unify_dictionaries()
    return column.combine_chunks()


def _required(column: Column, is_time: bool, values: pa.Array, already: list[Fault]) -> list[Fault]:
    """Empty places of a required column, without those that were complained about already."""
    if not (column.required or is_time) or not values.null_count:
        return []
    missing = np.asarray(pc.is_null(values))
    for fault in already:
        missing[list(fault.rows)] = False
        if fault.total > len(fault.rows):
            return []
    return fault_where("fact:missing-value", column.name, missing, lambda _: "")


def _comparable_identities(kind: Kind, columns: Columns) -> None:
    """Ids and the ids they correct are compared: both whole numbers or both texts; without ids, by row number."""
    corrects = columns.get("corrects")
    if corrects is None:
        return
    if "id" not in columns:
        columns["id"] = row_ids(kind.id, len(corrects))
    if columns["id"].type != corrects.type:
        for name in ("id", "corrects"):
            columns[name] = columns[name].cast(pa.string())


def _identity_faults(columns: Columns) -> list[Fault]:
    ids = columns.get("id")
    if ids is None:
        return []
    faults = _repeated(ids)
    corrects = columns.get("corrects")
    if corrects is not None and corrects.null_count < len(corrects):
        stray = pc.and_(pc.is_valid(corrects), pc.invert(pc.is_in(corrects, value_set=ids.drop_null())))
        faults += fault_where("fact:unknown-correction", "corrects", stray, lambda r: corrects[r].as_py())
        own = pc.equal(corrects, ids)
        faults += fault_where("fact:corrects-itself", "corrects", own, lambda r: corrects[r].as_py())
    return faults


def _repeated(ids: pa.Array) -> list[Fault]:
    if pa.types.is_int64(ids.type) and not ids.null_count:
        plain = np.asarray(ids)
        if bool((plain[1:] > plain[:-1]).all()):
            return []
    codes = ids.dictionary_encode().indices.fill_null(-1).to_numpy(zero_copy_only=False)
    first = np.zeros(len(codes), bool)
    first[np.unique(codes, return_index=True)[1]] = True
    return fault_where("fact:duplicate-id", "id", ~first & (codes >= 0), lambda r: ids[r].as_py())


def _order_faults(kind: Kind, columns: Columns, zone: int) -> list[Fault]:
    """A result known before the fact, an end before the beginning, a result nobody can have known."""
    faults: list[Fault] = []
    own = columns.get(kind.time)
    for name, id in ((kind.known_at, "fact:known-before-own-time"), (kind.period_end, "fact:end-before-start")):
        later = columns.get(name or "")
        if own is not None and later is not None and name is not None:
            faults += fault_where(id, name, pc.less(later, own), _instants(later, zone))
    known = columns.get(kind.known_at or "")
    for name in sorted(kind.known_columns & set(columns)):
        result = columns[name]
        without = np.ones(len(result), bool) if known is None else np.asarray(pc.is_null(known))
        without &= np.asarray(pc.is_valid(result))
        faults += fault_where("fact:result-without-time", kind.known_at or "", without, _values(result))
    return faults


def _values(column: pa.Array) -> Callable[[int], object]:
    return lambda row: column[row].as_py()


def _instants(column: pa.Array, zone: int) -> Callable[[int], object]:
    return lambda row: show_instant(column[row].as_py(), zone)


def _encode_references(
    kinds: Mapping[str, Kind], typed: dict[str, Columns]
) -> tuple[dict[str, pa.Array | None], dict[str, int]]:
    """Replace names by codes, the same name by the same code in every kind -> names and number of codes by subject."""
    places: dict[str, list[tuple[str, str]]] = {}
    for kind, columns in typed.items():
        for column in references(kinds[kind]):
            if column.name in columns:
                places.setdefault(column.to or column.name, []).append((kind, column.name))
    names: dict[str, pa.Array | None] = {}
    sizes: dict[str, int] = {}
    for subject, at in places.items():
        arrays = [typed[kind][name] for kind, name in at]
        greatest = _greatest_code(arrays)
        if greatest is not None:
            names[subject], sizes[subject] = None, greatest + 1
            continue
        codes, spelled = _coded(arrays)
        names[subject], sizes[subject] = spelled, len(spelled)
        for (kind, name), code in zip(at, codes, strict=True):
            typed[kind][name] = code
    return names, sizes


def _greatest_code(arrays: list[pa.Array]) -> int | None:
    """The greatest whole-number name if they are dense enough to be codes; None if names must be encoded."""
    if not all(pa.types.is_integer(array.type) for array in arrays):
        return None
    spans = [pc.min_max(array).as_py() for array in arrays]
    lowest = min((s["min"] for s in spans if s["min"] is not None), default=0)
    greatest = max((s["max"] for s in spans if s["max"] is not None), default=-1)
    mentions = sum(len(array) for array in arrays)
    return int(greatest) if lowest >= 0 and greatest <= 4 * mentions + SPARSE else None


def _coded(arrays: list[pa.Array]) -> tuple[list[pa.Array], pa.Array]:
    texts = [array if pa.types.is_string(array.type) else array.cast(pa.string()) for array in arrays]
    encoded = pa.concat_arrays(texts).dictionary_encode()
    codes = encoded.indices.cast(pa.int64())
    starts = np.cumsum([0, *(len(array) for array in arrays)])
    return [codes.slice(int(a), int(b - a)) for a, b in pairwise(starts)], encoded.dictionary
