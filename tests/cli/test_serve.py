"""`lianfang serve` for real: one command starts everything, a stop leaves nothing behind, a kill loses nothing."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Timer
from urllib.error import URLError
from urllib.request import urlopen

import pytest

PATIENCE = 120


@dataclass
class Installation:
    """A folder of data and the programs that were started on it."""

    var: Path
    port: int
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def environment(self) -> dict[str, str]:
        """Nothing of the tests' own database."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("LIANFANG", "DJANGO"))}
        return {**kept, "LIANFANG_VAR": str(self.var), "LIANFANG_LIVE_STATIC": "yes", "LIANFANG_CONNECTIONS": "2"}

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-c", "from lianfang.cli import app; app()", *words]

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A command that ends by itself."""
        return subprocess.run(
            self.command(*words),
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    def serve(self) -> subprocess.Popen[str]:
        """Start it, and read on until the web answers."""
        words = ("serve", "--migrate", "--port", str(self.port), "--processes", "1")
        process = subprocess.Popen(
            self.command(*words),
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.started.append(process)
        late = Timer(PATIENCE, process.kill)
        late.start()
        said = []
        assert process.stdout is not None
        for line in process.stdout:
            said.append(line)
            if "Started worker" in line:
                break
        else:
            pytest.fail("".join(said))
        late.cancel()
        return process

    def health(self) -> str:
        """What it answers; a web that is just opening its port is asked again."""
        for _ in range(100):
            try:
                with urlopen(f"http://127.0.0.1:{self.port}/health", timeout=30) as answer:
                    return str(json.load(answer)["status"])
            except URLError:
                Event().wait(0.1)
        return "no answer"

    def at_work(self) -> list[str]:
        """Every process that has this folder among its words or its environment."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                said = (folder / "cmdline").read_bytes() + b"\0" + (folder / "environ").read_bytes()
            except OSError:
                continue
            if os.fsencode(self.var) in said:
                found.append(folder.name)
        return found


@contextmanager
def folder() -> Iterator[Path]:
    """A place of its own: every run of pytest closes the shared folder of its temporary places to other users again,
    and as root the database runs as another user."""
    made = Path(tempfile.mkdtemp(prefix="lianfang-run-"))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def place() -> Iterator[Path]:
    with folder() as made:
        yield made


@pytest.fixture
def installation(place: Path) -> Iterator[Installation]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    made = Installation(place / "var", port)
    yield made
    for process in made.started:
        if process.poll() is None:
            process.terminate()
            process.wait(PATIENCE)
    for left in made.at_work():
        os.kill(int(left), signal.SIGTERM)


def stop(process: subprocess.Popen[str]) -> int:
    process.terminate()
    return process.wait(PATIENCE)


def test_one_command_starts_everything_and_a_stop_leaves_nothing_running(installation: Installation) -> None:
    process = installation.serve()
    assert installation.health() == "ok"
    second = installation.run("serve", "--port", str(installation.port))
    assert (second.returncode, "serve:running-already" in second.stderr) == (2, True)
    restored = installation.run("migrate")
    assert restored.returncode == 0
    assert installation.health() == "ok"
    assert stop(process) == 0
    assert installation.at_work() == []


def test_a_kill_loses_nothing_and_the_next_start_clears_what_was_left(installation: Installation) -> None:
    killed = installation.serve()
    made = subprocess.run(
        installation.command("create-admin", "guanli"),
        env=installation.environment(),
        input="zhong-yao-mi-ma-2026\n",
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    killed.kill()
    killed.wait(PATIENCE)
    assert installation.at_work() != []
    again = installation.serve()
    assert installation.health() == "ok"
    whole = installation.run("verify-journal")
    assert "共 1 条" in whole.stdout
    assert stop(again) == 0
    assert installation.at_work() == []


def test_a_port_that_is_taken_is_said_before_anything_is_started(installation: Installation) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        answer = installation.run("serve", "--port", str(taken.getsockname()[1]))
    assert answer.returncode == 2
    assert "serve:address-taken" in answer.stderr
    assert not (installation.var / "database").exists()


def test_old_tables_are_not_served(installation: Installation) -> None:
    answer = installation.run("serve", "--port", str(installation.port))
    assert answer.returncode == 2
    assert "serve:old-tables" in answer.stderr
    assert installation.at_work() == []
