"""The running district from the command line: its database is there, its settings are read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from lianfang.cli.refusal import Refusal
from lianfang.core.complaint import Complaint

if TYPE_CHECKING:
    from lianfang.ledger.server import Server

SETTINGS = "lianfang.site.settings"


@contextmanager
def district(*, keep_running: bool = False) -> Iterator[Server | None]:
    """Settings read and the database up; gives the database that came along, None if another server is used.

    A database that this command started is stopped again at the end, unless `keep_running`.
    """
    server = _ready()
    try:
        yield server
    finally:
        from django.db import connections

        connections.close_all()
        if server is not None and not server.found and not keep_running:
            server.stop()


def _ready() -> Server | None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured

    from lianfang.ledger.server import ServerFault, start

    try:
        server = None if _other_database() else start(settings.VAR)
        django.setup()
    except (ImproperlyConfigured, ServerFault) as fault:
        raise Refusal([told("district:not-ready", fault)]) from fault
    return server


def _other_database() -> bool:
    return bool(os.environ.get("LIANFANG_DATABASE_URL") or os.environ.get("LIANFANG_DATABASE_URL_FILE"))


def told(id: str, fault: Exception) -> Complaint:
    """An error that speaks both languages already, one a line or part."""
    zh, _, en = str(fault).partition("\n")
    return Complaint(id=id, file="lianfang", zh=zh, en=en or zh)


def unmigrated() -> list[str]:
    """Changes of the tables that this program has and the database lacks."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return [f"{m.app_label}.{m.name}" for m, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
