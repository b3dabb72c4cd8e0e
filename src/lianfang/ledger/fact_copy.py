"""Very many facts at once: whole columns from Arrow into the database, without a loop over rows."""

from __future__ import annotations

import io
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
from django.db import connection, transaction

from lianfang.core.facts.encode import typed_columns
from lianfang.core.facts.faults import complaints_of
from lianfang.core.facts.headers import meant_columns
from lianfang.core.facts.vocabulary import COMMON, Column, ColumnType
from lianfang.ledger.fact_values import FactRefused, Reader, Vocabulary, reader
from lianfang.ledger.facts import COLUMNS, Named, NewFact, append, mention
from lianfang.ledger.subjects import Belonging, know

PIECE = 50_000
"""So many facts go to the database in one piece."""
SUBJECTS = 20_000
LATER = ("fact_subject", "fact_kind")
"""The indexes that cost most per row, because subjects come in any order."""


def append_tables(
    tables: Mapping[str, pa.Table], *, plan: Vocabulary, said_by: str, now: datetime, named: Named, home: str = ""
) -> int:
    """Add facts from one Arrow table a kind, in the transaction of the caller; how many were added.

    Columns as for `core.facts.from_tables`; FactRefused names the first fault by kind, column and row. Registrations
    and kinds with sealed columns take the way of single facts, because each number is sealed by itself.
    """
    added = 0
    for kind, table in tables.items():
        read = reader(plan, kind)
        if read.secret or kind == read.kind.subject:
            facts = list(_one_by_one(read, table))
            added += len(append(facts, plan=plan, said_by=said_by, now=now, named=named, home=home))
        else:
            added += _append(read, table, said_by, now, named, home)
    return added


@contextmanager
def indexes_later() -> Iterator[None]:
    """For filling a ledger that nobody uses yet: two indexes of the facts are built at the end, all at once.

    One transaction; everybody else who asks for facts waits until it is over.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexdef FROM pg_indexes WHERE tablename = 'fact' AND indexname = ANY(%s)", [list(LATER)]
        )
        definitions = [definition for (definition,) in cursor.fetchall()]
        for name in LATER:
            cursor.execute(f"DROP INDEX {name}")
        yield
        for definition in definitions:
            cursor.execute(definition)
        cursor.execute("ANALYZE fact")


def _one_by_one(read: Reader, table: pa.Table) -> Iterator[NewFact]:
    kind = read.kind
    columns = _typed(read, table)
    rows = pa.table({name: _shown(read, name, column) for name, column in columns.items()}).to_pylist()
    for row, at in zip(rows, columns[kind.time].to_pylist(), strict=True):
        values = {name: value for name, value in row.items() if name not in read.left_out}
        when = datetime.fromisoformat(row[kind.time]) if at is not None else None
        if when is None:
            raise FactRefused(f"{kind.id}.{kind.time}", "", "时间", "a time")
        id, corrects = row.get("id") or "", row.get("corrects")
        yield NewFact(
            kind.id, kind.subject, row[kind.subject], when, values, id, corrects, said_by=row.get("said_by") or ""
        )


def _append(read: Reader, table: pa.Table, said_by: str, now: datetime, named: Named, home: str) -> int:
    kind = read.kind
    columns = {name: _shown(read, name, column) for name, column in _typed(read, table).items()}
    rows = int(table.num_rows)
    subjects = pc.unique(columns[kind.subject]).to_pylist()
    for start in range(0, len(subjects), SUBJECTS):
        know(Belonging(kind.subject, subject, home=home) for subject in subjects[start : start + SUBJECTS])
    facts = pa.table(
        {
            "id": _ids(columns, rows),
            "kind": _same(kind.id, rows),
            "subject_kind": _same(kind.subject, rows),
            "subject": columns[kind.subject],
            "at": columns[kind.time],
            "recorded_at": _otherwise(columns.get("recorded_at"), now.isoformat(), rows),
            "corrects": columns.get("corrects", pa.nulls(rows, pa.string())),
            "said_by": _otherwise(columns.get("said_by"), said_by, rows),
            "values": _json(read, columns, rows),
        }
    )
    for start in range(0, rows, PIECE):
        _copy(facts.slice(start, PIECE))
    _mention(read, columns, named)
    return rows


def _typed(read: Reader, table: pa.Table) -> dict[str, pa.Array]:
    """The columns in their types; FactRefused with the first thing that is wrong."""
    meant, faults = meant_columns(read.kind, table.column_names)
    source = table.select(list(meant)).rename_columns(list(meant.values()))
    columns, more = typed_columns(read.kind, source, read.zone)
    for complaint, _ in complaints_of([*faults, *more], read.kind.id, lambda row: row + 1):
        raise FactRefused(read.kind.id, complaint.show("en"), complaint.show("zh"), "what the vocabulary says")
    for needed in (read.kind.subject, read.kind.time):
        if needed not in columns or columns[needed].null_count:
            raise FactRefused(f"{read.kind.id}.{needed}", "", "每行都有", "filled in every row")
    return columns


def _shown(read: Reader, name: str, column: pa.Array) -> pa.Array:
    """A typed column as texts, numbers and flags: times in ISO with the plan's zone, choices by their word."""
    type = COMMON[name].type if name in COMMON else read.columns[name].type
    if type == ColumnType.TIME:
        local = pc.add(column, read.zone).cast(pa.timestamp("s")).cast(pa.string())
        return pc.binary_join_element_wise(pc.replace_substring(local, " ", "T"), _offset(read.zone), "")
    if type in (ColumnType.FLAG, ColumnType.NUMBER):
        return column
    return column.cast(pa.string())


def _offset(zone: int) -> str:
    minutes = abs(zone) // 60
    return f"{'-' if zone < 0 else '+'}{minutes // 60:02d}:{minutes % 60:02d}"


def _ids(columns: Mapping[str, pa.Array], rows: int) -> pa.Array:
    """Given ids, else numbers that belong together and are given once."""
    batch = f"b{secrets.token_hex(10)}"
    made = pc.binary_join_element_wise(batch, pa.array(range(rows), pa.int64()).cast(pa.string()), "-")
    return pc.coalesce(columns["id"], made) if "id" in columns else made


def _same(text: str, rows: int) -> pa.Array:
    return pa.repeat(pa.scalar(text, pa.string()), rows)


def _otherwise(column: pa.Array | None, text: str, rows: int) -> pa.Array:
    return _same(text, rows) if column is None else column.fill_null(text)


def _json(read: Reader, columns: Mapping[str, pa.Array], rows: int) -> pa.Array:
    """The values of every row as a JSON object, put together column by column."""
    own = [name for name in columns if name not in read.left_out]
    parts = [_member(read.columns[name], columns[name]) for name in own]
    if not parts:
        return _same("{}", rows)
    # Not `null_handling="skip"`: it drops the row where the only part that has room is unknown (pyarrow 26).
    each = [pc.fill_null(pc.binary_join_element_wise(part, ",", ""), "") for part in parts]
    inside = pc.utf8_rtrim(pc.binary_join_element_wise(*each, ""), ",")
    return pc.binary_join_element_wise("{", inside, "}", "")


def _member(column: Column, values: pa.Array) -> pa.Array:
    """`"name":value` for every row, null where nothing is known."""
    head = f'"{column.name}":'
    if column.type == ColumnType.NUMBER:
        return pc.binary_join_element_wise(head, values.cast(pa.string()), "")
    if column.type == ColumnType.FLAG:
        return pc.binary_join_element_wise(head, pc.if_else(values, "true", "false"), "")
    for found, put in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t")):
        values = pc.replace_substring(values, found, put)
    return pc.binary_join_element_wise(head, '"', pc.replace_substring_regex(values, r"[\x00-\x1f]", ""), '"', "")


def _copy(facts: pa.Table) -> None:
    out = io.BytesIO()
    pa_csv.write_csv(facts, out, pa_csv.WriteOptions(include_header=False))
    names = COLUMNS.removesuffix(", sealed")
    with connection.cursor() as cursor, cursor.copy(f"COPY fact ({names}) FROM STDIN (FORMAT csv)") as copy:
        copy.write(out.getbuffer())


def _mention(read: Reader, columns: Mapping[str, pa.Array], named: Named) -> None:
    for column, to_kind in named.get(read.kind.id, ()):
        if column not in columns:
            continue
        pairs = pa.table({"to": columns[column], "of": columns[read.kind.subject]})
        pairs = pairs.filter(pc.is_valid(pairs["to"])).group_by(["to", "of"]).aggregate([])
        for start in range(0, pairs.num_rows, SUBJECTS):
            part = pairs.slice(start, SUBJECTS).to_pylist()
            mention((to_kind, pair["to"], read.kind.subject, pair["of"]) for pair in part)
