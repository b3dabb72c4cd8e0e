"""Move a placed person to another room or another site."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from lianfang.acts.in_force import in_force
from lianfang.acts.known import PERSON, about, check, owner_of, subject_of
from lianfang.acts.place_person import done, moved_in, person_at, room_of
from lianfang.acts.recorded import Recorded, recorded
from lianfang.acts.write_facts import checked, write_facts
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import MOVE_PERSON
from lianfang.ledger import journal, placements
from lianfang.ledger.sent import once


def move_person(
    person: str, room: int, why: str = "", *, at: datetime | None = None, actor: Actor, now: datetime, key: str = ""
) -> Recorded:
    """A placed person changes into another room; if that is taken meanwhile, she stays where she is."""
    found = room_of(room)
    row = subject_of(PERSON, person)
    check(actor, MOVE_PERSON, person_at(row, owner_of(row, now)))
    force, since = in_force(now), at or now

    def do() -> Mapping[str, object]:
        new = checked(force, [moved_in(force, person, found, since, actor)], now)
        answer = recorded(write_facts(force, new, actor=actor, now=now))
        done(placements.move(person, room, at=since, fact=answer.facts[0]))
        details = {"room": str(found.pk), "site": found.unit_id}
        journal.write(actor, MOVE_PERSON, about(PERSON, person), now=now, reason=why, details=details)
        return answer.plain()

    with transaction.atomic():
        return Recorded.again(once(actor, key, MOVE_PERSON, do, now=now))
