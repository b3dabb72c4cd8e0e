"""Delete what is past its time, as the settings say, each batch with its proof in the journal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings

from lianfang.acts.known import check
from lianfang.acts.system import SYSTEM
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import RETAIN
from lianfang.core.access.thing import Thing
from lianfang.ledger.retention import CATEGORIES, delete_due

MOST_BATCHES = 200
"""What is left over is deleted in the next run."""


def retain(*, actor: Actor, now: datetime) -> dict[str, int]:
    """Delete everything past its time; gives how many records of each category went. 0 days in the settings: never.

    Whoever starts it by hand needs the right; the night's job acts by the settings alone.
    """
    if actor != SYSTEM:
        check(actor, RETAIN, Thing("subject", actor.path))
    days: Mapping[str, int] = settings.LIANFANG_KEEP_DAYS
    deleted: dict[str, int] = {}
    for category in CATEGORIES:
        keep = days.get(category.id, 0)
        for _ in range(MOST_BATCHES if keep else 0):
            done = delete_due(category, timedelta(days=keep), actor=actor, now=now)
            if done is None:
                break
            deleted[category.id] = deleted.get(category.id, 0) + done.names
    return deleted
