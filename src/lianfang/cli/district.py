"""The running district from the command line: its database is there, its settings are read."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from lianfang.cli.refusal import Refusal
from lianfang.core.complaint import Complaint

if TYPE_CHECKING:
    from lianfang.ledger.server import Server

SETTINGS = "lianfang.site.settings"
LOCK = "serve.lock"


@contextmanager
def district() -> Iterator[Server | None]:
    """Settings read and the database up; gives the database that came along, None if another server is used.

    A database that this command started is stopped again at the end, unless `serve` has begun to use it meanwhile.
    """
    server = _ready()
    try:
        yield server
    finally:
        from django.db import connections

        connections.close_all()
        if server is not None and not server.found and not is_served(server.var):
            stop(server)


def stop(server: Server) -> None:
    """Stop the database; if it does not stop, PostgreSQL's own words are handed on."""
    from lianfang.ledger.server import ServerFault

    try:
        server.stop()
    except ServerFault as fault:
        raise Refusal([told("district:not-stopped", fault)]) from fault


@contextmanager
def served(var: Path) -> Iterator[None]:
    """Only one `serve` at a time has the folder `var`; the system gives it up again, however the program ends."""
    with (var / LOCK).open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            raise Refusal([_running(var, (var / LOCK).read_text(encoding="ascii").strip())]) from fault
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def is_served(var: Path) -> bool:
    """Whether a `serve` has this folder now."""
    try:
        with (var / LOCK).open("r") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        return False
    return False


def var_folder() -> Path:
    """The folder of this installation's data, made if it is not there."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured

    try:
        var = Path(settings.VAR)
    except ImproperlyConfigured as fault:
        raise Refusal([told("district:not-ready", fault)]) from fault
    var.mkdir(parents=True, exist_ok=True)
    return var


def _running(var: Path, process: str) -> Complaint:
    return Complaint(
        id="serve:running-already",
        file=str(var),
        zh="这个数据文件夹已有一个 lianfang serve 在运行",
        en="a lianfang serve runs on this folder already",
        found=f"process {process}",
        do_zh="先停掉它，或用 LIANFANG_VAR 指定另一个文件夹",
        do_en="stop it first, or name another folder by LIANFANG_VAR",
    )


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
