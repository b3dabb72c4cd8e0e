"""Who is in which room since when. The database decides who comes first; the one who lost gets an ordinary answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from psycopg.types.range import TimestamptzRange

from lianfang.ledger.models import Placement, Room

PLACED, MOVED, ENDED = "placed", "moved", "ended"
ALREADY, TAKEN, FULL, CLOSED = "already_placed", "room_taken", "room_full", "room_closed"
NO_ROOM, NOWHERE, TOO_EARLY = "no_such_room", "not_placed", "before_it_began"

_WHY = {
    "placement_one_a_person": ALREADY,
    "placement_alone_in_single": TAKEN,
    "placement_room_full": FULL,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it in one word, and whether it was done. `room` is the room concerned, 0 if there is none."""

    word: str
    room: int = 0

    @property
    def done(self) -> bool:
        """Whether the ledger changed."""
        return self.word in (PLACED, MOVED, ENDED)


def place(person: str, room: int, *, since: datetime, fact: str) -> Outcome:
    """Somebody moves into a room at `since`, as the fact `fact` says, until further notice."""
    found = Room.objects.filter(id=room).first()
    if found is None or not found.in_use:
        return Outcome(NO_ROOM if found is None else CLOSED, room)
    try:
        with transaction.atomic():
            _insert(person, found, since, fact)
    except IntegrityError as refusal:
        return Outcome(_why(refusal), room)
    return Outcome(PLACED, room)


def move(person: str, room: int, *, at: datetime, fact: str) -> Outcome:
    """Somebody changes into another room at `at`; if that is not possible, she stays where she is."""
    with transaction.atomic():
        left = end(person, at=at)
        if not left.done:
            return left
        outcome = place(person, room, since=at, fact=fact)
        if not outcome.done:
            transaction.set_rollback(True)
            return outcome
    return Outcome(MOVED, room)


def end(person: str, *, at: datetime) -> Outcome:
    """Somebody leaves at `at` the room she is in now; the bed is free from that instant on."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE placement SET during = tstzrange(lower(during), %(at)s)"
            " WHERE person = %(person)s AND upper_inf(during) AND lower(during) < %(at)s RETURNING room_id",
            {"person": person, "at": at},
        )
        row = cursor.fetchone()
    if row is not None:
        return Outcome(ENDED, int(row[0]))
    return Outcome(TOO_EARLY if _current(person) else NOWHERE)


def _current(person: str) -> bool:
    return Placement.objects.filter(person=person, during__upper_inf=True).exists()


def _insert(person: str, room: Room, since: datetime, fact: str) -> None:
    during = TimestamptzRange(since, None, "[)")
    Placement.objects.bulk_create([Placement(person=person, room=room, single=room.single, during=during, fact=fact)])


def _why(refusal: IntegrityError) -> str:
    """The word for the guard that refused; another refusal is not ours to explain."""
    cause: Any = refusal.__cause__
    word = _WHY.get(cause.diag.constraint_name if cause is not None else "")
    if word is None:
        raise refusal
    return word
