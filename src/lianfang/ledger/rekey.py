"""Changing the sealing key: everything sealed with an older key is sealed anew, batch by batch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction

from lianfang.ledger.sealed import lookup_key, newest_key, seal, unseal

PLACES = (
    ("person", "id", "number_sealed"),
    ("person", "id", "phone_sealed"),
    ("person", "id", "address_sealed"),
    ("fact", "no", "sealed"),
    ("intake_row", "id", "sealed"),
)
"""Table, its key, and a column that is sealed."""
_FIRST = {"person": "", "fact": "0", "intake_row": "0"}
INDEXED = (("number_sealed", "number_key"), ("phone_sealed", "phone_key"))
BATCH = 1000


@dataclass(frozen=True, slots=True)
class Mark:
    """How far the change of key has come: which of PLACES, after which key there, and how many were sealed anew."""

    place: int = 0
    after: str = ""
    done: int = 0


def rekey(mark: Mark = Mark(), size: int = BATCH) -> Mark | None:
    """Seal one batch anew with the first key of LIANFANG_SEAL_KEYS; where to go on, None at the end.

    Each call is a transaction of its own, so it may stop after any and go on later; reading goes on all the while.
    The old key may leave the settings when None comes back.
    """
    if mark.place == len(PLACES):
        return None
    with transaction.atomic():
        read, done, last = _batch(*PLACES[mark.place], mark.after, size)
    if read < size:
        return Mark(mark.place + 1, "", mark.done + done)
    return Mark(mark.place, last, mark.done + done)


def reindex(after: str = "", size: int = BATCH) -> str:
    """Work out the look-up digests of one batch of persons after a change of LIANFANG_LOOKUP_KEY or of the suite.

    Gives the id to go on after, empty at the end.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        columns = ", ".join(sealed for sealed, _ in INDEXED)
        cursor.execute(
            f"SELECT id, {columns} FROM person WHERE id > %s ORDER BY id LIMIT %s FOR UPDATE",  # noqa: S608
            [after, size],
        )
        rows = cursor.fetchall()
        for place, (_, index) in enumerate(INDEXED, 1):
            keys = [None if row[place] is None else lookup_key(unseal(row[place])) for row in rows]
            _write(cursor, "person", "id", index, [row[0] for row in rows], keys)
    return str(rows[-1][0]) if len(rows) == size else ""


def _batch(table: str, key: str, column: str, after: str, size: int) -> tuple[int, int, str]:
    """How many rows were read, how many of them had an older key, and the key of the last row."""
    head = newest_key()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lianfang.rekey', 'on', true)")
        cursor.execute(
            f"SELECT {key}, {column} FROM {table} WHERE {column} IS NOT NULL AND {key} > %s"  # noqa: S608  from PLACES
            f" ORDER BY {key} LIMIT %s FOR UPDATE",
            [after or _FIRST[table], size],
        )
        rows = cursor.fetchall()
        old = [(row[0], bytes(row[1])) for row in rows if not bytes(row[1]).startswith(head)]
        _write(cursor, table, key, column, [own for own, _ in old], [seal(unseal(sealed)) for _, sealed in old])
    return len(rows), len(old), str(rows[-1][0]) if rows else ""


def _write(cursor: object, table: str, key: str, column: str, keys: Iterable[object], values: Iterable[object]) -> None:
    type = "bigint" if table != "person" else "text"
    cursor.execute(  # type: ignore[attr-defined]
        f"UPDATE {table} t SET {column} = n.value"  # noqa: S608  names from PLACES and INDEXED
        f" FROM unnest(%s::{type}[], %s::bytea[]) AS n(key, value) WHERE t.{key} = n.key",
        [list(keys), list(values)],
    )
