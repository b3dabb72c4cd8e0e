"""Everything the board counts, at one instant and for one actor; kept for a minute."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.core.cache import cache
from django.db.models import QuerySet

from lianfang.acts.in_force import in_force
from lianfang.core.access import acts
from lianfang.core.access.actor import Actor
from lianfang.core.access.filter import Filter
from lianfang.core.access.scope import scope
from lianfang.core.language.plan import Plan
from lianfang.ledger import counts
from lianfang.ledger.bar import Bar
from lianfang.ledger.models import Loop, Obligation, Room
from lianfang.ledger.visible import visible
from lianfang.web.plan.earlier import civil_day
from lianfang.web.plan.standing import bars_by, counted, together

KEPT = 50
"""Seconds for which the figures are good enough: the board asks anew every minute."""
BACK, AHEAD = 15, 15
"""Days of the curve, and of the releases: today and the next fourteen."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What was counted. `before` are the persons, `before_overdue` the overdue a day earlier."""

    as_of: datetime
    day: date
    stages: tuple[counts.Kept, ...]
    people: tuple[counts.People, ...]
    before: int
    found: tuple[counts.Found, ...]
    releases: tuple[counts.Releases, ...]
    released: int
    beds: counts.Beds
    bars: Mapping[str, Bar]
    before_overdue: int

    @property
    def persons(self) -> int:
        """Persons under management."""
        return sum(one.persons for one in self.people)

    @property
    def held(self) -> int:
        """Persons past the planned end of their stage who cannot be released."""
        return sum(one.persons for one in self.people if one.held)

    @property
    def bar(self) -> Bar:
        """All that falls due today or is still owed."""
        return together(self.bars.values())


def figures(actor: Actor, as_of: datetime, now: datetime) -> Figures:
    """The figures an actor's board shows, as of now or of an earlier instant."""
    force = in_force(as_of)
    instant = as_of.isoformat() if as_of < now else "now"
    who = f"{actor.path}|{actor.unit}|{sorted(actor.duties)}"
    key = "board:" + sha256(f"{force.digest}|{who}|{instant}".encode()).hexdigest()
    kept: Figures | None = cache.get(key)
    if kept is None:
        kept = _count(actor, force.plan, as_of, now)
        cache.set(key, kept, KEPT)
    return kept


def seen(actor: Actor) -> Filter:
    """What an actor's figures are made of."""
    return scope(actor, acts.SEE_FIGURES)


def _count(actor: Actor, plan: Plan, as_of: datetime, now: datetime) -> Figures:
    loops: QuerySet[Loop] = visible(Loop.objects.all(), seen(actor))
    owed: QuerySet[Obligation] = counted(actor)
    stages, day = counts.kept_stages(plan), civil_day(as_of, plan.zone)
    people = counts.people(loops, stages, as_of if as_of < now else None)
    earlier = as_of - timedelta(days=1)
    before = counts.people(loops, stages, earlier)
    return Figures(
        as_of=as_of,
        day=day,
        stages=stages,
        people=people,
        before=sum(one.persons for one in before),
        found=counts.found(loops, plan, day - timedelta(days=BACK - 1), day, as_of),
        releases=counts.releases(loops, plan, day, AHEAD, as_of),
        released=counts.released(loops, plan, as_of),
        beds=counts.beds(visible(Room.objects.all(), seen(actor)), people, stages),
        bars=bars_by(owed, "owner", plan.zone, as_of, now),
        before_overdue=together(bars_by(owed, "owner", plan.zone, earlier, now).values()).overdue,
    )
