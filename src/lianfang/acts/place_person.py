"""Admit a person to a room of an isolation site."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from lianfang.acts.in_force import InForce, in_force
from lianfang.acts.known import PERSON, about, check, subject_of
from lianfang.acts.recorded import Recorded, recorded
from lianfang.acts.refused import Refused
from lianfang.acts.write_facts import Said, checked, write_facts
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import PLACE_PERSON
from lianfang.core.access.thing import Thing
from lianfang.ledger import journal, placements
from lianfang.ledger.models import Room, Subject
from lianfang.ledger.placements import Outcome
from lianfang.ledger.sent import once

KIND = "placement"
SITE = "isolation_site"

WHY = {
    placements.ALREADY: ("该人员已安置在别处；请先办理转出或换房。", "The person is placed already; move her instead."),
    placements.TAKEN: ("该房间为单人间，已有人入住；请另选房间。", "The single room is taken; choose another room."),
    placements.FULL: ("该房间床位已满；请另选房间。", "All beds of the room are taken; choose another room."),
    placements.CLOSED: ("该房间已停用；请另选房间。", "The room is not in use; choose another room."),
    placements.NO_ROOM: ("没有这个房间；请从列表中选。", "There is no such room; choose one from the list."),
    placements.NOWHERE: ("该人员目前没有安置在任何房间。", "The person is not placed anywhere now."),
    placements.TOO_EARLY: ("时间早于入住时间；请核对。", "That is before she moved in; check the time."),
}
"""What to say when the ledger refused; who was first decides."""


def place_person(
    person: str, room: int, *, at: datetime | None = None, actor: Actor, now: datetime, key: str = ""
) -> Recorded:
    """A person moves into a room, which is recorded as a fact and evaluated; refused if the room is taken meanwhile."""
    found = room_of(room)
    row = subject_of(PERSON, person)
    check(actor, PLACE_PERSON, person_at(row, found.unit_id))
    force, since = in_force(now), at or now

    def do() -> Mapping[str, object]:
        answer = recorded(
            write_facts(
                force, checked(force, [moved_in(force, person, found, since, actor)], now), actor=actor, now=now
            )
        )
        done(placements.place(person, room, since=since, fact=answer.facts[0]))
        journal.write(actor, PLACE_PERSON, about(PERSON, person), now=now, details={"room": str(found.pk)})
        return answer.plain()

    with transaction.atomic():
        return Recorded.again(once(actor, key, PLACE_PERSON, do, now=now))


def room_of(room: int) -> Room:
    """The room of that number; refused if there is none."""
    found = Room.objects.filter(pk=room).first()
    if found is None:
        raise Refused(*WHY[placements.NO_ROOM])
    return found


def person_at(row: Subject, site: str) -> Thing:
    """A person as the rules see her where she is, or is about to be, placed at a site."""
    return Thing("subject", row.path, site, row.supervisor, PERSON, row.subject)


def moved_in(force: InForce, person: str, room: Room, since: datetime, actor: Actor) -> Said:
    """The fact that somebody stays in a room from an instant on."""
    kind = force.plan.kinds.get(KIND)
    if kind is None:
        raise Refused("在用方案没有“安置”这种事实。", "The plan in force knows no placement.")
    values = {"place_kind": SITE, "place": room.unit_id, "room": room.name, "admitted": True, "by": actor.unit}
    given = {name: value for name, value in values.items() if name in kind.columns}
    return Said(KIND, PERSON, person, given, since)


def done(outcome: Outcome) -> None:
    """Stop here unless the ledger took it."""
    if not outcome.done:
        raise Refused(*WHY[outcome.word])
