"""The queue of jobs as it stands: how many wait, are at work, failed, and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection


@dataclass(frozen=True, slots=True)
class Jobs:
    """Counts of jobs. `waiting`: should have begun; `oldest`: seconds the oldest waits; `stuck`: nobody is at work."""

    waiting: int
    oldest: float
    running: int
    failed: int
    failed_names: tuple[str, ...]
    stuck: int


STUCK_SECONDS = 600
"""A worker that has not been heard of for so long is gone; its jobs are stuck."""


def jobs(now: datetime) -> Jobs:
    """The queue at this instant. Jobs planned for later do not count as waiting."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, [now, now, now])
        waiting, oldest, running, failed, names = cursor.fetchone()
        cursor.execute(_STUCK, [now, STUCK_SECONDS])
        (stuck,) = cursor.fetchone()
    return Jobs(waiting, max(0.0, float(oldest or 0)), running, failed, tuple(sorted(names or ())), stuck)


_COUNTED = """
SELECT count(*) FILTER (WHERE status = 'todo' AND coalesce(scheduled_at, %s) <= %s),
       extract(epoch FROM %s - min(coalesce(scheduled_at, begun.at)) FILTER (WHERE status = 'todo')),
       count(*) FILTER (WHERE status = 'doing'),
       count(*) FILTER (WHERE status = 'failed'),
       array_agg(DISTINCT task_name) FILTER (WHERE status = 'failed')
FROM procrastinate_jobs j
LEFT JOIN LATERAL (SELECT min(e.at) AS at FROM procrastinate_events e WHERE e.job_id = j.id) begun ON true
WHERE status IN ('todo', 'doing', 'failed')
"""

_STUCK = """
SELECT count(*) FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
WHERE j.status = 'doing' AND (w.id IS NULL OR w.last_heartbeat < %s - make_interval(secs => %s))
"""
