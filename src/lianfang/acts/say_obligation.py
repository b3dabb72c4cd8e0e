"""Write the fact that a step of an obligation is, for acts that have checked who may."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from lianfang.acts.attach import attach
from lianfang.acts.in_force import in_force
from lianfang.acts.recorded import Recorded, recorded
from lianfang.acts.write_facts import Said, checked, write_facts
from lianfang.core.access.actor import Actor
from lianfang.ledger import journal
from lianfang.ledger.models import Note, Obligation
from lianfang.ledger.sent import once


def say(
    row: Obligation,
    kind: str,
    values: Mapping[str, object],
    *,
    act: str,
    text: str = "",
    note: str = "",
    files: Sequence[tuple[str, bytes]] = (),
    to_unit: str = "",
    actor: Actor,
    now: datetime,
    key: str = "",
) -> Recorded:
    """A fact about the obligation's subject, journalled as `act`, with its files (name, bytes).

    With `note`, also a note of that kind for a unit.
    """
    force = in_force(now)
    said = Said(kind, row.subject_kind, row.subject, values)

    def do() -> Mapping[str, object]:
        for name, content in files:
            attach(row.pk, name, content, actor=actor, now=now)
        answer = recorded(write_facts(force, checked(force, [said], now), actor=actor, now=now))
        if note:
            Note.objects.create(
                about=str(row.pk), kind=note, text=text, at=now, by=actor.account, post=actor.post, to_unit=to_unit
            )
        details = {"facts": list(answer.facts), "measure": row.measure, "requirement": row.requirement}
        journal.write(actor, act, f"obligation:{row.pk}", now=now, reason=text, details=details)
        return answer.plain()

    with transaction.atomic():
        return Recorded.again(once(actor, key, act, do, now=now))
