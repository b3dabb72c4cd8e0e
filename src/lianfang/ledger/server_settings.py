"""How the PostgreSQL that comes along is set: nothing acknowledged is lost, quick answers on a small machine."""

from __future__ import annotations

import os
from pathlib import Path

MB = 1 << 20


def settings(socket: Path) -> str:
    """The lines of its settings file, measured for the memory and the processors of this machine.

    An eighth of the memory is its own cache, at most 2 GB: the system caches the rest. Compiling queries (jit) is off
    because it costs more than our short queries take.
    """
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    lines = {
        "listen_addresses": "''",
        "unix_socket_directories": _quoted(str(socket)),
        "unix_socket_permissions": "0700",
        "max_connections": "100",
        "shared_buffers": f"{max(64, min(2048, memory // 8 // MB))}MB",
        "effective_cache_size": f"{max(256, memory // 2 // MB)}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": f"{max(64, min(512, memory // 32 // MB))}MB",
        "max_parallel_workers_per_gather": str(max(0, min(2, (os.cpu_count() or 1) - 1))),
        "random_page_cost": "1.1",
        "jit": "off",
        "fsync": "on",
        "synchronous_commit": "on",
        "wal_compression": "pglz",  # the binaries that come along know no other
        "max_wal_size": "4GB",
        "checkpoint_timeout": "10min",
        "autovacuum_naptime": "20s",
        "timezone": "'UTC'",
        "log_timezone": "'UTC'",
        "logging_collector": "on",
        "log_filename": "'%a.log'",
        "log_truncate_on_rotation": "on",
        "log_rotation_age": "1d",
        "log_min_duration_statement": "2000",
        "log_parameter_max_length": "0",
        "log_parameter_max_length_on_error": "0",
    }
    return "".join(f"{name} = {value}\n" for name, value in lines.items())


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
