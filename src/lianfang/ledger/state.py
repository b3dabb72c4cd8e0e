"""What stands, as evaluated: loops and obligations written by number, one statement each, whole for every subject."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
from django.db import connection
from psycopg import sql
from psycopg.types.json import Jsonb

from lianfang.core.obligations.owed import Standing

CLOSED = ("released", "handed_over", "exited", "cancelled", "superseded")
"""States of a loop that is over; an exit may have a word of its own, which counts as over too."""
OPEN = ("running", "held", "suspended")

LOOP = (
    "id subject_kind subject path measure state outcome stage opened day_one release ended exit superseded_by "
    "waits_for fact fact_kind plan stages"
).split()
OBLIGATION = (
    "id loop subject_kind subject path measure requirement occurrence clause by owner since due status evidence "
    "evidence_kind evidence_at"
).split()
INSTANTS = frozenset({"opened", "day_one", "release", "ended", "since", "due", "evidence_at"})
TYPES = {**dict.fromkeys(INSTANTS, "timestamptz"), "id": "uuid", "loop": "uuid", "occurrence": "int", "stages": "jsonb"}
"""Types of the columns that are no text."""

MANY = 500
"""From so many rows on, COPY is cheaper than one statement with all values."""


@dataclass(frozen=True, slots=True)
class Change:
    """A loop that opened, closed or was released: its number, subject, measure and state."""

    loop: str
    subject_kind: str
    subject: str
    measure: str
    state: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What an evaluation changed, for the messages that follow from it."""

    opened: tuple[Change, ...] = ()
    closed: tuple[Change, ...] = ()
    released: tuple[Change, ...] = ()
    rows: int = 0

    def __add__(self, other: Changes) -> Changes:
        """Both together."""
        return Changes(
            self.opened + other.opened,
            self.closed + other.closed,
            self.released + other.released,
            self.rows + other.rows,
        )


def store(standing: Standing, *, plan: str, now: datetime) -> Changes:
    """Put what stands in place of what stood for these subjects; rows that stay the same are not touched.

    `plan` is the plan's id, `now` the instant of the evaluation. To be called inside a transaction that holds the
    subjects' rows.
    """
    subjects = list(standing.subjects)
    with connection.cursor() as cursor:
        before = _states(cursor, standing.subject_kind, subjects)
        loops = _put(cursor, "loop", LOOP, _loop_rows(standing, plan), standing.subject_kind, subjects)
        rows = _put(cursor, "obligation", OBLIGATION, _obligation_rows(standing), standing.subject_kind, subjects)
        _note(cursor, standing, now)
    return _changes(standing, before, loops + rows)


def _loop_rows(standing: Standing, plan: str) -> pa.Table:
    return _ordered(standing.loops, LOOP, {"subject_kind": standing.subject_kind, "plan": plan})


def _obligation_rows(standing: Standing) -> pa.Table:
    return _ordered(standing.obligations, OBLIGATION, {"subject_kind": standing.subject_kind})


_LAST = 253_402_300_799
"""The last second of the year 9999: later instants mean that there is no end."""


def _ordered(table: pa.Table, names: Sequence[str], fixed: dict[str, str]) -> pa.Table:
    """The columns as the ledger orders them, instants as instants."""
    columns = {}
    for name in names:
        if name in fixed:
            columns[name] = pa.repeat(fixed[name], table.num_rows)
        elif name in INSTANTS:
            known = pc.if_else(pc.less_equal(table[name], _LAST), table[name], pa.scalar(None, pa.int64()))
            columns[name] = known.cast(pa.timestamp("s", "UTC"))
        else:
            columns[name] = table[name]
    return pa.table(columns)


def _rows(table: pa.Table) -> list[tuple[Any, ...]]:
    """The table row by row, for a statement that holds all values."""
    columns = {name: table[name].to_pylist() for name in table.column_names}
    if "stages" in columns:
        columns["stages"] = [Jsonb(json.loads(text)) for text in columns["stages"]]
    return list(zip(*columns.values(), strict=True))


def _instant(second: int) -> datetime | None:
    return datetime.fromtimestamp(second, UTC) if second <= _LAST else None


def _states(cursor: Any, kind: str, subjects: list[str]) -> dict[str, str]:
    cursor.execute("SELECT id, state FROM loop WHERE subject_kind = %s AND subject = ANY(%s)", [kind, subjects])
    return {str(number): state for number, state in cursor.fetchall()}


def _put(cursor: Any, name: str, names: Sequence[str], table: pa.Table, kind: str, subjects: list[str]) -> int:
    """Insert, update and delete so that exactly these rows stand for the subjects -> how many changed."""
    own, columns = sql.Identifier(name), sql.SQL(", ").join(map(sql.Identifier, names))
    source, values = _values(names, _rows(table)) if table.num_rows < MANY else _copied(cursor, name, columns, table)
    gone = _take_away(cursor, name, None if table.num_rows >= MANY else table["id"].to_pylist(), kind, subjects)
    if not table.num_rows:
        return gone
    updates = sql.SQL(", ").join(sql.SQL("{0} = EXCLUDED.{0}").format(sql.Identifier(n)) for n in names if n != "id")
    old = sql.SQL(", ").join(sql.SQL("o.{}").format(sql.Identifier(n)) for n in names)
    new = sql.SQL(", ").join(sql.SQL("EXCLUDED.{}").format(sql.Identifier(n)) for n in names)
    statement = sql.SQL(
        "INSERT INTO {own} AS o ({columns}) {source}"
        " ON CONFLICT (id) DO UPDATE SET {updates} WHERE ({old}) IS DISTINCT FROM ({new})"
    )
    cursor.execute(statement.format(own=own, columns=columns, source=source, updates=updates, old=old, new=new), values)
    return gone + int(cursor.rowcount)


def _take_away(cursor: Any, name: str, ids: list[str] | None, kind: str, subjects: list[str]) -> int:
    """Delete what no longer stands for the subjects: all but `ids`, or but those just copied."""
    kept = sql.SQL("unnest(%s::uuid[])" if ids is not None else "(SELECT id FROM {new})").format(new=_fresh(name))
    statement = sql.SQL(
        "DELETE FROM {own} o WHERE subject_kind = %s AND subject = ANY(%s)"
        " AND NOT EXISTS (SELECT 1 FROM {kept} AS n(id) WHERE n.id = o.id)"
    )
    cursor.execute(
        statement.format(own=sql.Identifier(name), kept=kept), [kind, subjects, *([ids] if ids is not None else [])]
    )
    return int(cursor.rowcount)


def _fresh(name: str) -> sql.Identifier:
    """The table of this connection that rows are copied into first."""
    return sql.Identifier(f"new_{name}")


def _values(names: Sequence[str], rows: list[tuple[Any, ...]]) -> tuple[sql.Composable, list[Any]]:
    """Few rows: one list a column in the statement itself."""
    lists = sql.SQL(", ").join(sql.SQL("%s::" + TYPES.get(name, "text") + "[]") for name in names)
    return sql.SQL("SELECT * FROM unnest({})").format(lists), [list(column) for column in zip(*rows, strict=True)]


def _copied(cursor: Any, name: str, columns: sql.Composable, table: pa.Table) -> tuple[sql.Composable, list[Any]]:
    """Many rows: copied into a table of this connection first."""
    fresh = _fresh(name)
    create = sql.SQL("CREATE TEMPORARY TABLE IF NOT EXISTS {} (LIKE {}) ON COMMIT DELETE ROWS")
    cursor.execute(create.format(fresh, sql.Identifier(name)))
    cursor.execute(sql.SQL("TRUNCATE {}").format(fresh))
    written = pa.BufferOutputStream()
    pa_csv.write_csv(table, written, pa_csv.WriteOptions(include_header=False, quoting_style="all_valid"))
    with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(fresh, columns)) as copy:
        copy.write(memoryview(written.getvalue()))
    return sql.SQL("SELECT {} FROM {}").format(columns, fresh), []


def differing(standing: Standing) -> tuple[set[str], set[str]]:
    """Of the standing's subjects, those for whom something else stands in the ledger, and those with what has expired.

    Expired are loops that closed long ago and no longer belong to what stands. Inside a transaction.
    """
    wrong: set[str] = set()
    expired: set[str] = set()
    with connection.cursor() as cursor:
        for table, names, rows in (
            ("loop", LOOP, _loop_rows(standing, "")),
            ("obligation", OBLIGATION, _obligation_rows(standing)),
        ):
            compared = [name for name in names if name not in ("plan", "path", "stages", "owner")]
            columns = sql.SQL(", ").join(map(sql.Identifier, names))
            _copied(cursor, table, columns, rows)
            cursor.execute(_different(table, compared), [standing.subject_kind])
            for subject, is_new, over in cursor.fetchall():
                (expired if over and not is_new else wrong).add(subject)
    return wrong, expired - wrong


def _different(table: str, names: Sequence[str]) -> sql.Composed:
    """Rows that are in one of the two only: subject, whether it is among the new ones, whether its loop is over."""
    return sql.SQL(
        "WITH old AS (SELECT {names} FROM {own} WHERE subject_kind = %s),"
        " fresh AS (SELECT {names} FROM {new}),"
        " odd AS (SELECT *, true AS is_new FROM (SELECT * FROM fresh EXCEPT SELECT * FROM old) a"
        " UNION ALL SELECT *, false FROM (SELECT * FROM old EXCEPT SELECT * FROM fresh) b)"
        " SELECT DISTINCT o.subject, o.is_new, l.state NOT IN ('running', 'held', 'suspended')"
        "   AND NOT EXISTS (SELECT 1 FROM {new} n WHERE n.id = o.id)"
        " FROM odd o LEFT JOIN loop l ON l.id = o.{loop}"
    ).format(
        names=sql.SQL(", ").join(map(sql.Identifier, names)),
        own=sql.Identifier(table),
        new=_fresh(table),
        loop=sql.Identifier("id" if table == "loop" else "loop"),
    )


def _note(cursor: Any, standing: Standing, now: datetime) -> None:
    """When each subject was evaluated, and when it changes next."""
    nexts = [None if at is None else _instant(at) for at in standing.next_change]
    cursor.execute(
        "UPDATE subject s SET evaluated_at = %s, next_change = n.at, stale = FALSE"
        " FROM unnest(%s::text[], %s::timestamptz[]) AS n(subject, at) WHERE s.kind = %s AND s.subject = n.subject",
        [now, list(standing.subjects), nexts, standing.subject_kind],
    )


def _changes(standing: Standing, before: dict[str, str], rows: int) -> Changes:
    opened: list[Change] = []
    closed: list[Change] = []
    released: list[Change] = []
    for loop in standing.loops.select(["id", "subject", "measure", "state"]).to_pylist():
        change = Change(loop["id"], standing.subject_kind, loop["subject"], loop["measure"], loop["state"])
        was = before.get(loop["id"])
        if was is None and change.state in OPEN:
            opened.append(change)
        if change.state not in OPEN and was in (None, *OPEN):
            (released if change.state in ("released", "handed_over") else closed).append(change)
    return Changes(tuple(opened), tuple(closed), tuple(released), rows)
