"""What the figures were taken on: processor, memory and versions, without naming the machine."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("duckdb", "numba", "numpy", "pyarrow")


def processor() -> str:
    """The processor's model and how many cores this process may use."""
    model = _line_of(Path("/proc/cpuinfo"), "model name") or platform.machine()
    return f"{model}, {len(os.sched_getaffinity(0))} cores"


def memory_gb() -> float:
    """Main memory in GiB."""
    line = _line_of(Path("/proc/meminfo"), "MemTotal")
    return int(line.split()[0]) / 2**20 if line else 0.0


def load() -> float:
    """How many processes have wanted a core during the last five minutes, this benchmark's own included."""
    return os.getloadavg()[1]


def versions() -> tuple[tuple[str, str], ...]:
    """Python and the packages that do the work."""
    return (("Python", platform.python_version()), *((name, _version(name)) for name in PACKAGES))


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "-"


def _line_of(path: Path, key: str) -> str:
    """The value of `key: value` in a file of the system; empty if there is none."""
    if not path.exists():
        return ""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith(key)), "")
