"""The processes that together are the running district: started, watched, started again, stopped together."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

PATIENCE = 20.0
"""Seconds a process has to finish its work before it is ended."""
SHORT = 10.0
"""One that ends within so many seconds of its start failed to start."""
MOST_FAILURES = 5
MARK = "LIANFANG_SERVED_BY"
"""Environment of every child: the mark of the run that started it; by it the children of a killed run are known."""


@dataclass
class Child:
    """One process by name and command."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0

    def start(self, mark: str) -> None:
        """Start it, apart from our terminal: Ctrl-C is told to it by us."""
        self.started = time.monotonic()
        told = {**os.environ, MARK: mark}
        self.process = subprocess.Popen(list(self.command), start_new_session=True, env=told)  # noqa: S603  our own

    @property
    def ended(self) -> bool:
        """Whether it has ended by itself."""
        return self.process is not None and self.process.poll() is not None

    def revive(self, mark: str) -> bool:
        """Start it again; False if it keeps failing right after its start."""
        self.failures = self.failures + 1 if time.monotonic() - self.started < SHORT else 0
        if self.failures >= MOST_FAILURES:
            return False
        time.sleep(min(2.0**self.failures * 0.2, 5.0))
        self.start(mark)
        return True


@dataclass
class Children:
    """All of them, until one is told to stop or one cannot be kept alive."""

    every: list[Child]
    record: Path
    stopping: threading.Event = field(default_factory=threading.Event)
    mark: str = field(default_factory=lambda: secrets.token_hex(16))

    def run(self) -> str:
        """Start all and watch them; gives the name of one that would not stay alive, or an empty text after a stop."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda *_: self.stopping.set())
        self.record.write_text(self.mark, encoding="ascii")  # before the first child, so that none is ever unknown
        try:
            for child in self.every:
                child.start(self.mark)
            return self._watch()
        finally:
            self.stop()
            self.record.unlink(missing_ok=True)

    def _watch(self) -> str:
        while not self.stopping.wait(0.5):
            for child in self.every:
                if child.ended and not child.revive(self.mark):
                    return child.name
        return ""

    def stop(self) -> None:
        """Ask all to finish, wait, then end those that did not."""
        running = [c.process for c in self.every if c.process is not None and c.process.poll() is None]
        for process in running:
            process.terminate()
        until = time.monotonic() + PATIENCE
        for process in running:
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def end_left_over(record: Path) -> int:
    """End the children of a run that was killed itself; gives how many there were.

    Only processes that carry that run's mark in their environment: a number of theirs may be another program by now.
    """
    mark = record.read_text(encoding="ascii").strip() if record.exists() else ""
    left = _marked(mark) if mark else []
    _tell(left, signal.SIGTERM)
    until = time.monotonic() + PATIENCE
    while mark and _marked(mark) and time.monotonic() < until:
        time.sleep(0.1)
    if mark:
        _tell(_marked(mark), signal.SIGKILL)
    record.unlink(missing_ok=True)
    return len(left)


def _marked(mark: str) -> list[int]:
    """The running processes with this mark; those of other users cannot be looked into and are not ours."""
    said = f"{MARK}={mark}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if said in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
        except OSError:
            continue
    return found


def _tell(processes: Sequence[int], number: signal.Signals) -> None:
    for process in processes:
        try:
            os.kill(process, number)
        except ProcessLookupError:
            continue


def python(*arguments: str) -> tuple[str, ...]:
    """A command of this very Python."""
    return (sys.executable, "-m", *arguments)
