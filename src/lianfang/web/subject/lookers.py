"""Who else looked at a file today: the journal knows."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from lianfang.core.access.actor import Actor
from lianfang.ledger.models import JournalEntry


def others_today(actor: Actor, about: str, now: datetime, zone: int) -> int:
    """How many other accounts looked at or worked on a record since midnight."""
    local = now.astimezone(timezone(timedelta(seconds=zone)))
    start = local.replace(hour=0, minute=0, second=0, microsecond=0)
    rows = JournalEntry.objects.filter(about=about, at__gte=start).exclude(account=actor.account)
    return rows.values("account").distinct().count()
