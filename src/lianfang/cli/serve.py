"""`lianfang serve`: database, web and worker in one command, until it is told to stop."""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from lianfang.cli.children import Child, Children, end_left_over, python
from lianfang.cli.district import district, served, stop, unmigrated, var_folder
from lianfang.cli.lang import Lang, LangOption, say
from lianfang.cli.refusal import Refusal, door
from lianfang.core.complaint import Complaint

RECORD = "serve.mark"
Host = Annotated[str, typer.Option(metavar="ADDRESS", help="在哪个地址听 / listen on this address")]
Port = Annotated[int, typer.Option(min=1, max=65_535, help="端口 / port")]
Processes = Annotated[int, typer.Option(min=1, max=64, help="网页进程数 / web processes")]


@door
def serve(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    processes: Processes = 2,
    migrate: Annotated[
        bool, typer.Option("--migrate", help="先升级数据库的表 / first bring the tables up to date")
    ] = False,
    lang: LangOption = Lang.ZH,
) -> None:
    """启动数据库、网页和后台任务。 Start database, web and worker."""
    with serving(host, port, lang):
        prepare(migrate=migrate)
        run(host, port, processes, lang)


@contextmanager
def serving(host: str, port: int, lang: Lang) -> Iterator[None]:
    """The folder is ours alone, nothing of a killed run is left, the port is free, the database is up; it stops last.

    The database is stopped even if it was found running: a run that was killed left it behind.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    var = var_folder()
    with served(var):
        if left := end_left_over(var / RECORD):
            typer.echo(
                say(lang, f"上次被强行结束，已清理 {left} 个残留进程", f"ended {left} processes of a killed run")
            )
        refuse_taken(host, port)
        with district() as server:
            try:
                yield
            finally:
                from django.db import connections

                connections.close_all()
                if server is not None:
                    stop(server)


def run(host: str, port: int, processes: int, lang: Lang) -> None:
    """Web and worker until they are told to stop; refused if one of them does not stay alive."""
    typer.echo(say(lang, f"联防已启动：http://{host}:{port}/　按 Ctrl-C 停止", f"running at http://{host}:{port}/"))
    failed = Children(_children(host, port, processes), var_folder() / RECORD).run()
    if failed:
        raise Refusal([_would_not_run(failed)])


def prepare(*, migrate: bool) -> None:
    """Tables and static files as this version needs them; refuses to run on old tables unless it may change them."""
    from django.conf import settings
    from django.core.management import call_command

    missing = unmigrated()
    if missing and not migrate:
        raise Refusal([_old_tables(missing)])
    if missing:
        call_command("migrate", interactive=False, verbosity=0)
    if not settings.LIVE_STATIC:
        call_command("collectstatic", interactive=False, verbosity=0)


def _children(host: str, port: int, processes: int) -> list[Child]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianfang.site.settings")
    web = python(
        *("granian", "lianfang.site.wsgi:application", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", str(processes), "--blocking-threads", "4", "--no-ws", "--respawn-failed-workers"),
    )
    return [Child("web", web), Child("worker", python("django", "procrastinate", "worker"))]


def refuse_taken(host: str, port: int) -> None:
    """A port that somebody listens on already is said before anything is started."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as fault:
            raise Refusal([_taken(host, port, fault)]) from fault


def _taken(host: str, port: int, fault: OSError) -> Complaint:
    return Complaint(
        id="serve:address-taken",
        file=f"{host}:{port}",
        zh="这个地址和端口不能用",
        en="this address and port cannot be used",
        found=fault.strerror or str(fault),
        do_zh="换一个 --port，或先停掉占用它的程序",
        do_en="choose another --port, or stop the program that uses it",
    )


def _old_tables(missing: list[str]) -> Complaint:
    return Complaint(
        id="serve:old-tables",
        file=missing[0],
        zh=f"数据库的表比程序旧，差 {len(missing)} 项变更",
        en=f"the database's tables are older than the program by {len(missing)} changes",
        do_zh="先备份，再运行 lianfang migrate，或加 --migrate",
        do_en="make a backup, then run lianfang migrate, or add --migrate",
    )


def _would_not_run(name: str) -> Complaint:
    return Complaint(
        id="serve:would-not-run",
        file=name,
        zh="这个部分一启动就退出，已全部停止",
        en="this part ends as soon as it is started; everything was stopped",
        do_zh="看上面的输出，或运行 lianfang doctor",
        do_en="look at the output above, or run lianfang doctor",
    )
