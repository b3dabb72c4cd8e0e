"""The processes that together are the running district: started, watched, started again, stopped together."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

PATIENCE = 20.0
"""Seconds a process has to finish its work before it is ended."""
SHORT = 10.0
"""One that ends within so many seconds of its start failed to start."""
MOST_FAILURES = 5


@dataclass
class Child:
    """One process by name and command."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0

    def start(self) -> None:
        """Start it, apart from our terminal: Ctrl-C is told to it by us."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(list(self.command), start_new_session=True)  # noqa: S603  our own programs

    @property
    def ended(self) -> bool:
        """Whether it has ended by itself."""
        return self.process is not None and self.process.poll() is not None

    def revive(self) -> bool:
        """Start it again; False if it keeps failing right after its start."""
        self.failures = self.failures + 1 if time.monotonic() - self.started < SHORT else 0
        if self.failures >= MOST_FAILURES:
            return False
        time.sleep(min(2.0**self.failures * 0.2, 5.0))
        self.start()
        return True


@dataclass
class Children:
    """All of them, until one is told to stop or one cannot be kept alive."""

    every: list[Child]
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self) -> str:
        """Start all and watch them; gives the name of one that would not stay alive, or an empty text after a stop."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda *_: self.stopping.set())
        for child in self.every:
            child.start()
        try:
            return self._watch()
        finally:
            self.stop()

    def _watch(self) -> str:
        while not self.stopping.wait(0.5):
            for child in self.every:
                if child.ended and not child.revive():
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


def python(*arguments: str) -> tuple[str, ...]:
    """A command of this very Python."""
    return (sys.executable, "-m", *arguments)
