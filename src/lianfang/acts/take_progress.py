"""How far a job has come, for everybody to see."""

from __future__ import annotations

from datetime import datetime

from lianfang.ledger.models import Progress


def started(job: str, about: str, *, total: int = 0, now: datetime) -> int:
    """A job begins; gives the number of its progress. What the same job left unfinished counts as failed."""
    left = Progress.objects.filter(job=job, about=about, state="running")
    left.update(state="failed", message="中断 / broken off", changed_at=now)
    row = Progress.objects.create(job=job, about=about, total=total, state="running", created_at=now, changed_at=now)
    return int(row.pk)


def ended(progress: int, message: str, *, now: datetime) -> None:
    """A job is done; `message` says what it did."""
    Progress.objects.filter(pk=progress).update(state="done", message=message, changed_at=now)
