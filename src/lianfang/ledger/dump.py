"""The whole ledger as one file and back: what was in it at one instant, and putting it in the place of another."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, connections, transaction
from django.db.migrations.recorder import MigrationRecorder

from lianfang.ledger.journal import Head, head
from lianfang.ledger.server import BINARIES

COUNTED = ("fact", "subject", "person", "loop", "obligation", "journal", "account", "attachment")
ASIDE = "before_restore"
"""The schema in which the old ledger waits until the new one is proved."""


class DumpFault(RuntimeError):
    """PostgreSQL's own program refused; its words."""


@dataclass(frozen=True, slots=True)
class Dumped:
    """What the file holds: rows by table, the journal's head, the changes of tables that were applied."""

    counts: Mapping[str, int]
    head: Head
    migrations: tuple[str, ...]


def dump(file: Path) -> Dumped:
    """Write the ledger into `file` while people go on working; counts and head are of the very same instant."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={file}")
        return Dumped(counts(), head(), applied())


def counts() -> dict[str, int]:
    """How many rows the tables have that matter."""
    with connection.cursor() as cursor:
        found = {}
        for table in COUNTED:
            cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608  our own words
            found[table] = int(cursor.fetchone()[0])
    return found


def applied() -> tuple[str, ...]:
    """The changes of tables that this database has seen."""
    return tuple(sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()))


def is_empty() -> bool:
    """Whether there are no tables at all."""
    return not connection.introspection.table_names()


def others() -> int:
    """How many other programs are connected to this database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        return int(cursor.fetchone()[0])


@contextmanager
def replaced_by(file: Path) -> Iterator[None]:
    """Inside, the ledger is the one of `file`; if anything is raised, the old one comes back untouched."""
    _sql(f"DROP SCHEMA IF EXISTS {ASIDE} CASCADE", f"ALTER SCHEMA public RENAME TO {ASIDE}", _new("public"), *_move())
    try:
        _run(
            "pg_restore",
            "--no-owner",
            "--no-privileges",
            "--exit-on-error",
            "--single-transaction",
            "-d",
            _name(),
            file,
        )
        connections.close_all()
        yield
    except BaseException:
        connections.close_all()
        _sql(*_move(ASIDE), "DROP SCHEMA public CASCADE", f"ALTER SCHEMA {ASIDE} RENAME TO public")
        raise
    _sql(f"DROP SCHEMA {ASIDE} CASCADE", "ANALYZE")


def _new(schema: str) -> str:
    return f"CREATE SCHEMA {schema} AUTHORIZATION pg_database_owner"


def _move(schema: str = "public") -> Sequence[str]:
    """The extensions go along with the ledger in use: the tables of both find them wherever they are."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT extname FROM pg_extension e JOIN pg_namespace n ON n.oid = extnamespace"
            " WHERE nspname IN ('public', %s) ORDER BY 1",
            [ASIDE],
        )
        return [f'ALTER EXTENSION "{name}" SET SCHEMA {schema}' for (name,) in cursor.fetchall()]


def _sql(*statements: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _run(program: str, *arguments: object) -> None:
    """One of PostgreSQL's programs on the database of the settings; the password goes by the environment."""
    told = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    given = {name: str(connection.settings_dict[key]) for name, key in told.items() if connection.settings_dict[key]}
    ssl = {"PGSSLMODE": str(mode)} if (mode := connection.settings_dict["OPTIONS"].get("sslmode")) else {}
    done = subprocess.run(  # noqa: S603  our own binaries, our own arguments
        [str(BINARIES / program), *map(str, arguments)],
        env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", **given, **ssl},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise DumpFault(done.stderr.strip()[-2000:])
