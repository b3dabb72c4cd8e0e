"""The facts of many subjects as Arrow tables, one a kind: copied out of the database and typed column by column."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.json as pa_json
from django.db import connection
from psycopg import sql

from lianfang.core.facts.vocabulary import ColumnType, Kind
from lianfang.ledger.stands import person_columns, who_stands
from lianfang.ledger.subjects import PERSON, Key

BLOCK = 1 << 24
HOPS = 2
"""A look-up may go through what the first one found: a person's community, and the area it lies in."""

_HEAD = {
    "kind": pa.string(),
    "no": pa.int64(),
    "id": pa.string(),
    "subject": pa.string(),
    "at": pa.int64(),
    "recorded_at": pa.int64(),
    "corrects": pa.string(),
    "said_by": pa.string(),
    "values": pa.string(),
}
_TYPES = {ColumnType.NUMBER: pa.float64(), ColumnType.FLAG: pa.bool_()}
"""How JSON holds a column; every other type is a text there."""

_COLUMNS = sql.SQL(
    "f.kind, f.no, f.id, f.subject, floor(extract(epoch FROM f.at))::bigint,"
    ' floor(extract(epoch FROM f.recorded_at))::bigint, f.corrects, f.said_by, f."values"'
)

_ALL = sql.SQL("SELECT {columns} FROM fact f WHERE f.kind = {kind}")

_SOME = sql.SQL(
    """
    WITH RECURSIVE own AS (
        SELECT kind, subject FROM unnest({kinds}::text[], {subjects}::text[]) AS k(kind, subject)
        WHERE NOT EXISTS (SELECT 1 FROM person m WHERE k.kind = 'person' AND m.id = k.subject AND m.merged_into <> '')
        UNION
        SELECT o.kind, p.id FROM own o
        JOIN person p ON o.kind = 'person' AND p.merged_into = o.subject AND p.merged_into <> ''
    ), seen AS (
        SELECT kind, subject, 0 AS hop FROM own
        UNION
        SELECT m.to_kind, m.to_subject, s.hop + 1 FROM seen s
        JOIN mention m ON m.subject_kind = s.kind AND m.subject = s.subject WHERE s.hop < {hops}
    ), nearest AS (
        SELECT kind, subject, min(hop) AS hop FROM seen GROUP BY kind, subject
    )
    SELECT {columns} FROM nearest n JOIN fact f ON f.subject_kind = n.kind AND f.subject = n.subject
    WHERE f.kind = ANY({wanted}) AND (n.hop = 0 OR f.kind = ANY({looked_up}))
    UNION
    SELECT {columns} FROM own o JOIN mention m ON m.to_kind = o.kind AND m.to_subject = o.subject
    JOIN fact f ON f.subject_kind = m.subject_kind AND f.subject = m.subject AND f.kind = ANY({through})
    """
)


def tables(
    kinds: Mapping[str, Kind],
    keys: Iterable[Key] | None = None,
    looked_up: Iterable[str] | None = None,
    through: Iterable[str] = (),
) -> dict[str, pa.Table]:
    """Every fact of these kinds, or those about `keys` and about what they name (as in `rows_of`): one table a kind.

    Columns as the vocabulary calls them, instants as int64 seconds, references as names; sealed columns hold a marker.
    Persons whose record was merged go by the one that stands. Rows are in the order in which they were recorded.
    """
    if keys is not None:
        whole = _copied(_some(kinds, sorted(set(keys)), looked_up, through))
        parts = {kind: whole.filter(pc.equal(whole["kind"], kind)) for kind in pc.unique(whole["kind"]).to_pylist()}
    else:
        parts = {kind: _copied(_ALL.format(columns=_COLUMNS, kind=sql.Literal(kind))) for kind in _present(kinds)}
    stands = _merged()
    return {kind: _table(kinds[kind], part, stands) for kind, part in sorted(parts.items()) if part.num_rows}


def _some(
    kinds: Mapping[str, Kind], keys: list[Key], looked_up: Iterable[str] | None, through: Iterable[str]
) -> sql.Composed:
    wanted = sorted(kinds)
    return _SOME.format(
        columns=_COLUMNS,
        kinds=sql.Literal([kind for kind, _ in keys]),
        subjects=sql.Literal([subject for _, subject in keys]),
        hops=sql.Literal(HOPS),
        wanted=sql.Literal(wanted),
        looked_up=sql.Literal(wanted if looked_up is None else sorted(looked_up)),
        through=sql.SQL("{}::text[]").format(sql.Literal(sorted(through))),
    )


def _present(kinds: Mapping[str, Kind]) -> list[str]:
    """Which of the kinds have any fact: a step from kind to kind through the index instead of a look at every row."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE step AS (SELECT min(kind) AS kind FROM fact UNION ALL"
            " SELECT (SELECT min(kind) FROM fact WHERE kind > step.kind) FROM step WHERE step.kind IS NOT NULL)"
            " SELECT kind FROM step WHERE kind IS NOT NULL"
        )
        return [kind for (kind,) in cursor.fetchall() if kind in kinds]


def _copied(query: sql.Composed) -> pa.Table:
    """The rows of a query, by COPY and Arrow's own reader; in the order in which they were recorded."""
    out = io.BytesIO()
    with connection.cursor() as cursor:
        statement = sql.SQL("COPY ({}) TO STDOUT (FORMAT csv)").format(query)
        with cursor.copy(statement) as copy:
            for block in copy:
                out.write(block)
    if not out.tell():
        return pa.schema(list(_HEAD.items())).empty_table()
    out.seek(0)
    table = pa_csv.read_csv(
        out,
        pa_csv.ReadOptions(column_names=list(_HEAD), block_size=BLOCK),
        pa_csv.ParseOptions(newlines_in_values=True),
        pa_csv.ConvertOptions(column_types=_HEAD, strings_can_be_null=True, quoted_strings_can_be_null=False),
    )
    return table.sort_by("no")


def _merged() -> dict[str, str]:
    """Every person whose record became part of another -> the one that stands; few, so all are asked for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM person WHERE merged_into <> ''")
        return who_stands(id for (id,) in cursor.fetchall())


def _table(kind: Kind, part: pa.Table, stands: Mapping[str, str]) -> pa.Table:
    columns = {"id": part["id"], kind.subject: part["subject"], kind.time: part["at"]}
    columns |= {name: part[name] for name in ("recorded_at", "corrects", "said_by")}
    columns |= _own_columns(kind, part["values"])
    if stands:
        own = [kind.subject] if kind.subject == PERSON else []
        for name in (*own, *person_columns(kind)):
            if name in columns:
                columns[name] = _replaced(columns[name], stands)
    return pa.table({name: column for name, column in columns.items() if column.null_count < part.num_rows})


def _replaced(column: pa.ChunkedArray, stands: Mapping[str, str]) -> pa.ChunkedArray:
    place = pc.index_in(column, value_set=pa.array(list(stands), pa.string()))
    return pc.coalesce(pa.array(list(stands.values()), pa.string()).take(place), column)


def _own_columns(kind: Kind, values: pa.ChunkedArray) -> dict[str, pa.ChunkedArray]:
    """The columns inside the JSON values."""
    own = {name: c.type for name, c in kind.columns.items() if name not in (kind.time, kind.subject)}
    if not own:
        return {}
    fields = [(name, _TYPES.get(type, pa.string())) for name, type in own.items()]
    table = pa.concat_tables(_read(chunk, pa.schema(fields)) for chunk in _pieces(values))
    times = [name for name, type in own.items() if type == ColumnType.TIME]
    return {name: _seconds(table[name]) if name in times else table[name] for name in own}


def _pieces(values: pa.ChunkedArray) -> Iterator[pa.Array]:
    for chunk in values.chunks:
        for start in range(0, len(chunk), 100_000):
            yield chunk.slice(start, 100_000)


def _read(values: pa.Array, schema: pa.Schema) -> pa.Table:
    """JSON objects, one a row. A value of a type that an earlier plan gave the column is handed on as a text."""
    lines = "\n".join(values.to_pylist()).encode()
    parse = pa_json.ParseOptions(explicit_schema=schema, unexpected_field_behavior="ignore")
    try:
        return pa_json.read_json(io.BytesIO(lines), pa_json.ReadOptions(block_size=len(lines) + 1), parse)
    except pa.ArrowInvalid:
        rows = [json.loads(text) for text in values.to_pylist()]
        texts = {name: [_text(row.get(name)) for row in rows] for name in schema.names}
        return pa.table(
            {name: _cast(pa.array(column, pa.string()), schema.field(name).type) for name, column in texts.items()}
        )


def _text(value: object) -> str | None:
    if value is None:
        return None
    return value if isinstance(value, str) else json.dumps(value)


def _cast(column: pa.Array, type: pa.DataType) -> pa.Array:
    """As the type asks if every text allows it; what does not stays away, and the evaluation sees nothing known."""
    try:
        return column.cast(type)
    except pa.ArrowInvalid:
        return pa.nulls(len(column), type)


def _seconds(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """ISO texts with a zone as seconds; anything else is left to be read as it is written."""
    try:
        return column.cast(pa.timestamp("s", "UTC")).cast(pa.int64())
    except pa.ArrowInvalid:
        return column
