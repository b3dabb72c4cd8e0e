"""Who stays at a site: in which room since when, how long the plan keeps her there, what is overdue for her."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from lianfang.acts.in_force import InForce
from lianfang.acts.place_person import SITE
from lianfang.core.access.filter import Filter
from lianfang.core.identity.masking import mask_name
from lianfang.core.language.measure import Words
from lianfang.ledger.models import Loop, Obligation, Person, Placement, Room, Unit
from lianfang.ledger.state import OPEN
from lianfang.ledger.visible import visible

MOST_GUESTS = 5_000
PERSON = "person"


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody in a room. `until`: when her stage there ends, None if it has no date; `kept`: such a stage runs."""

    person: str
    name: str
    room: int
    since: datetime
    stage: Words | None
    until: datetime | None
    kept: bool
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class Spot:
    """One room with those who are in it."""

    id: int
    name: str
    beds: int
    in_use: bool
    guests: tuple[Guest, ...]

    @property
    def free(self) -> int:
        """How many beds can be given to somebody."""
        return max(0, self.beds - len(self.guests)) if self.in_use else 0


@dataclass(frozen=True, slots=True)
class Beds:
    """The beds of a site: all in use, taken, free; how many leave today, and how many may leave already."""

    all: int
    taken: int
    free: int
    today: int
    ready: int


def sites(filter: Filter) -> list[Unit]:
    """The isolation sites whose rooms the post looks after, by name."""
    seen = visible(Room.objects.all(), filter).values("unit")
    return list(Unit.objects.filter(pk__in=seen).order_by("name", "pk"))


def spots(force: InForce, site: str) -> list[Spot]:
    """Every room of a site in the order of its number, with whoever is in it now."""
    staying = guests(force, Placement.objects.filter(room__unit=site, during__upper_inf=True)[:MOST_GUESTS])
    inside: dict[int, list[Guest]] = {}
    for guest in staying:
        inside.setdefault(guest.room, []).append(guest)
    rows = Room.objects.filter(unit=site).order_by("name")
    return [Spot(row.pk, row.name, row.beds, row.in_use, tuple(inside.get(row.pk, ()))) for row in rows]


def guests(force: InForce, placed: Iterable[Placement]) -> list[Guest]:
    """Those who are placed, with the stage that keeps each at the site the longest."""
    rows = list(placed)
    persons = [row.person for row in rows]
    names = dict(Person.objects.filter(pk__in=persons).values_list("pk", "name"))
    loops: dict[str, list[Loop]] = {}
    for loop in Loop.objects.filter(subject_kind=PERSON, subject__in=persons, state__in=OPEN):
        loops.setdefault(loop.subject, []).append(loop)
    late = _overdue(persons)
    return [_guest(force, row, names.get(row.person, ""), loops.get(row.person, ()), late[row.person]) for row in rows]


def _overdue(persons: Sequence[str]) -> Counter[str]:
    owed = Obligation.objects.filter(subject_kind=PERSON, subject__in=persons, status="overdue")
    return Counter(owed.values_list("subject", flat=True))


def _guest(force: InForce, row: Placement, name: str, loops: Iterable[Loop], overdue: int) -> Guest:
    stages = [found for loop in loops if (found := _stage(force, loop)) is not None]
    endless = next((words for words, until in stages if until is None), None)
    last = max(
        (pair for pair in stages if pair[1] is not None), key=lambda pair: pair[1] or row.during.lower, default=None
    )
    words, until = (endless, None) if endless is not None else last or (None, None)
    return Guest(row.person, mask_name(name), row.room_id, row.during.lower, words, until, bool(stages), overdue)


def _stage(force: InForce, loop: Loop) -> tuple[Words, datetime | None] | None:
    """The present stage of a loop and until when it is planned, if it is spent at a site."""
    measure = force.measures.get(loop.measure)
    stage = next((one for one in measure.stages if one.id == loop.stage), None) if measure is not None else None
    if stage is None or stage.place != SITE:
        return None
    planned = next((line.get("planned_to") for line in loop.stages if line["stage"] == loop.stage), None)
    return stage.words, datetime.fromtimestamp(planned, UTC) if isinstance(planned, int) else None


def beds_of(rooms: Sequence[Spot], until: datetime) -> Beds:
    """The beds of these rooms; `until` is the end of today."""
    inside = [guest for room in rooms for guest in room.guests]
    today = sum(guest.until is not None and guest.until <= until for guest in inside)
    return Beds(
        all=sum(room.beds for room in rooms if room.in_use),
        taken=len(inside),
        free=sum(room.free for room in rooms),
        today=today,
        ready=sum(not guest.kept for guest in inside),
    )
