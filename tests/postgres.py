"""A real PostgreSQL for the tests of the running district: one server a run, one database for each process of tests."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

FOLDER = "LIANFANG_TEST_VAR"
"""Environment: the folder of the run's server; the first process names it, those it starts inherit it."""

ROOMS = frozenset({"ledger", "acts", "web", "api", "jobs", "site", "running"})
"""Folders of tests/ that need Django and a database; the others run without any settings."""

TEMPLATE = "template_lianfang"


def name_folder() -> None:
    """Choose the folder of this run, before other processes of tests are started."""
    os.environ.setdefault(FOLDER, str(Path(tempfile.gettempdir()) / f"lianfang-test-{os.getpid()}"))


def needs_database(path: Path, tests: Path) -> bool:
    """Whether a test file lies in one of the rooms with a database."""
    return path.is_relative_to(tests) and path.relative_to(tests).parts[0] in ROOMS


def prepare() -> None:
    """Set Django up for the database of this process; the server is started by the first test that asks for it."""
    from lianfang.ledger.server import address

    url = address(_var()).replace("/lianfang?", f"/{_name()}?")
    os.environ["LIANFANG_VAR"] = str(_var())
    os.environ["LIANFANG_DATABASE_URL"] = url
    os.environ["LIANFANG_CONNECTIONS"] = "0"  # a pool would keep connections that a test means to lose
    os.environ["LIANFANG_LIVE_STATIC"] = "yes"
    os.environ["DJANGO_SETTINGS_MODULE"] = "lianfang.site.settings"
    import django

    django.setup()


def make_database() -> None:
    """Start the server if it does not run, and make this process's empty database with all tables."""
    from lianfang.ledger.server import start

    start(_var())
    with _alone(), _administrator() as administrator:
        if not administrator.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE]).fetchone():
            administrator.execute(f"CREATE DATABASE {_name()}")
            _migrate()
            administrator.execute(f"ALTER DATABASE {_name()} RENAME TO {TEMPLATE}")
        administrator.execute(f"CREATE DATABASE {_name()} TEMPLATE {TEMPLATE}")
        administrator.execute(f"ALTER DATABASE {_name()} SET synchronous_commit = off")


def stop() -> None:
    """At the very end of the run: stop the server and take its folder away."""
    if "PYTEST_XDIST_WORKER" not in os.environ and _var().exists():
        from lianfang.ledger.server import Server, address

        Server(address(_var()), _var(), found=True).stop()
        shutil.rmtree(_var(), ignore_errors=True)


def _var() -> Path:
    return Path(os.environ[FOLDER])


def _name() -> str:
    return f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"


@contextmanager
def _alone() -> Iterator[None]:
    with (_var() / ".template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _administrator() -> psycopg.Connection[tuple[object, ...]]:
    from lianfang.ledger.server import NAME, address

    return psycopg.connect(address(_var()).replace(f"/{NAME}?", "/postgres?"), autocommit=True)


def _migrate() -> None:
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0, skip_checks=True)
    connection.close()
