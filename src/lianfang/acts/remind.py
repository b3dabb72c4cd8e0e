"""Remind the unit that owes something; a second reminder within the hour is not sent."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from lianfang.acts.known import check, obligation_of, obligation_thing
from lianfang.acts.refused import Refused
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import REMIND
from lianfang.core.obligations.owed import HELD
from lianfang.ledger import journal
from lianfang.ledger.models import Note, Obligation

AGAIN_AFTER = timedelta(hours=1)
OWED = ("due", "overdue", HELD, "upcoming")


def remind(number: str | UUID, text: str = "", *, actor: Actor, now: datetime) -> bool:
    """Send a reminder to the unit that owes the obligation; False if it was reminded within the last hour already."""
    row = obligation_of(number)
    check(actor, REMIND, obligation_thing(row))
    if row.status not in OWED:
        raise Refused("这一项已不再待办，不用催办。", "Nothing is owed here any more; there is nothing to remind of.")
    with transaction.atomic():
        long_ago = Q(reminded_at=None) | Q(reminded_at__lt=now - AGAIN_AFTER)
        if not Obligation.objects.filter(long_ago, pk=row.pk).update(reminded_at=now):
            return False
        Note.objects.create(
            about=str(row.pk),
            kind="reminder",
            text=text,
            at=now,
            by=actor.account,
            post=actor.post,
            to_unit=row.owner,
        )
        journal.write(actor, REMIND, f"obligation:{row.pk}", now=now, reason=text, details={"to": row.owner})
    return True
