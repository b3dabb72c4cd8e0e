"""Ask the unit above for help with something one cannot do alone."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from lianfang.acts.known import check, obligation_of, obligation_thing
from lianfang.acts.refused import Refused
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import ESCALATE_TASK
from lianfang.ledger import journal
from lianfang.ledger.models import Note, Unit


def escalate_task(number: str | UUID, why: str, *, actor: Actor, now: datetime) -> str:
    """Bring an obligation before the unit above the one that owes it; gives that unit's id."""
    if not why.strip():
        raise Refused("提请协调须写明需要什么。", "Say what help is needed.")
    row = obligation_of(number)
    check(actor, ESCALATE_TASK, obligation_thing(row))
    above = _above(row.owner or actor.unit) or row.path.partition("/")[0]
    with transaction.atomic():
        Note.objects.create(
            about=str(row.pk),
            kind="escalation",
            text=why.strip(),
            at=now,
            by=actor.account,
            post=actor.post,
            to_unit=above,
        )
        journal.write(actor, ESCALATE_TASK, f"obligation:{row.pk}", now=now, reason=why, details={"to": above})
    return above


def _above(unit: str) -> str:
    return Unit.objects.filter(pk=unit).values_list("parent", flat=True).first() or ""
