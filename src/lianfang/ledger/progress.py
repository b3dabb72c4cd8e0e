"""How far a long job has come: people see it, a restart goes on where it stopped, somebody may call it off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from lianfang.core.access.actor import Actor
from lianfang.ledger.models import Progress

WAITING, RUNNING, DONE, FAILED, CANCELLED = "waiting", "running", "done", "failed", "cancelled"
LIVE = (WAITING, RUNNING)


@dataclass(frozen=True, slots=True)
class Step:
    """How far a job is: so many are done, and where to go on."""

    done: int
    cursor: Mapping[str, object] = field(default_factory=dict)


def begin(job: str, about: str, total: int, *, actor: Actor, now: datetime, cursor: Mapping[str, object]) -> int:
    """Put a job on the list; gives its number."""
    given = {"job": job, "about": about[:160], "total": total, "cursor": dict(cursor), "started_by": actor.account}
    return Progress.objects.create(**given, created_at=now, changed_at=now).pk


def take_up(number: int, *, now: datetime) -> Step | None:
    """Start a job or go on with it, from where it stopped; None if it is over or was called off."""
    taken = Progress.objects.filter(pk=number, state__in=LIVE).update(state=RUNNING, changed_at=now)
    row = Progress.objects.filter(pk=number).first() if taken else None
    return Step(row.done, row.cursor) if row else None


def advance(number: int, step: Step, *, now: datetime) -> bool:
    """Note a step, in the transaction that did it; False if the job was called off meanwhile: stop then."""
    given = {"done": step.done, "cursor": dict(step.cursor), "changed_at": now}
    return Progress.objects.filter(pk=number, state=RUNNING).update(**given) == 1


def close(number: int, state: str, *, now: datetime, message: str = "") -> bool:
    """A live job is done, has failed or is called off; False if it was over already."""
    given = {"state": state, "message": message, "changed_at": now}
    return Progress.objects.filter(pk=number, state__in=LIVE).update(**given) == 1
