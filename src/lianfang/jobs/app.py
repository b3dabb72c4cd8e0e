"""The queue of jobs: the database itself. Settings name the modules of this room as PROCRASTINATE_IMPORT_PATHS."""

from __future__ import annotations

from procrastinate.contrib.django import app

__all__ = ["app"]
