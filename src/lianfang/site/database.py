"""The address of the PostgreSQL database, taken apart for Django."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from lianfang.site.env import refused


def database(url: str, connections: int) -> dict[str, Any]:
    """Django's description of a database from `postgresql://user:password@host:port/name?option=value`.

    `connections` bounds the pool of one process; 0 opens a connection per request. `host` may name a socket folder.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or len(parts.path) < 2:
        raise refused(
            "LIANFANG_DATABASE_URL",
            f"{parts.scheme}://…{parts.path}",
            "postgresql://用户:密码@主机:端口/库名",
            "postgresql://user:password@host:port/name",
        )
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or unquote(parts.hostname or "")
    if connections:
        options["pool"] = {"min_size": min(2, connections), "max_size": connections, "timeout": 10}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }
