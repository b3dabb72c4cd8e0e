"""Which obligations stand on a list of today: of the post's own units, or of everything the post looks after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core.cache import cache
from django.db.models import Q, QuerySet
from django.utils import timezone

from lianfang.core.access.actor import Actor, Duty
from lianfang.core.access.acts import SEE_TODAY
from lianfang.core.access.scope import scope
from lianfang.ledger.bar import DONE, HELD, is_due, is_overdue
from lianfang.ledger.models import Obligation, Placement, Unit
from lianfang.ledger.visible import visible
from lianfang.web.today.cursor import Cursor, cursor_of

AT_THE_DOOR = frozenset({Duty.COMMAND, Duty.OFFICE, Duty.AUDIT, Duty.GRID, Duty.SITE})
"""They first see everything they look after: command all of it, grid workers and sites whomever they visit and keep,
whoever owes it. Everybody else first sees what the own units owe.
"""

MOST_UNITS = 500
WEEK = timedelta(days=7)

ONE_BY_ONE = 24
"""Up to so many units are asked for one by one, each in the order of its index, instead of sorting all they owe."""
OPEN = ("due", "overdue", HELD)


Wanted = tuple[Q, ...]
"""Conditions of one status each: the index of obligations gives the rows of each in the order of (due, id)."""


EVERY: Wanted = (Q(),)
"""No condition at all."""


@dataclass(frozen=True, slots=True)
class Day:
    """The civil day of an instant: what is due before `end` is due today."""

    now: datetime
    start: datetime
    end: datetime


def day_of(now: datetime) -> Day:
    """The day in the zone of the plan."""
    start = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return Day(now, start, start + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows in the order of (due, id), and where the next page begins if there is one."""

    rows: tuple[Obligation, ...]
    next: Cursor | None


def seen_by(actor: Actor, now: datetime) -> QuerySet[Obligation]:
    """Every obligation the post may see; a site also sees what is owed for whoever is placed there now."""
    every = Obligation.objects.all()
    seen: QuerySet[Obligation] = visible(every, scope(actor, SEE_TODAY))
    if Duty.SITE not in actor.duties:
        return seen
    placed = Placement.objects.filter(room__unit=actor.unit, during__contains=now).values("person")
    return seen | every.filter(subject_kind="person", subject__in=placed)


def owed_by(actor: Actor, now: datetime, *, whole: bool) -> QuerySet[Obligation]:
    """What the own units owe; with `whole` everything the post may see."""
    seen = seen_by(actor, now)
    return seen if whole else seen.filter(owner__in=own_units(actor))


def owners_of(actor: Actor, *, whole: bool) -> Wanted:
    """The conditions by which a list of what the own units owe is cut up; one that is always true if it is not."""
    units = own_units(actor)
    return tuple(Q(owner=unit) for unit in units) if not whole and len(units) <= ONE_BY_ONE else EVERY


def first_whole(actor: Actor) -> bool:
    """Whether the list begins with everything the post looks after."""
    return bool(actor.duties & AT_THE_DOOR)


def narrow(actor: Actor) -> bool:
    """Whether the post looks after one cell or site only, so that its whole day fits on one page."""
    return bool(actor.duties & {Duty.GRID, Duty.SITE})


def own_units(actor: Actor) -> tuple[str, ...]:
    """The unit of the post and those below it; asked for once a minute."""
    key = f"own-units:{actor.unit}"
    found: tuple[str, ...] | None = cache.get(key)
    if found is None:
        path = Unit.objects.filter(id=actor.unit).values_list("path", flat=True).first() or ""
        inside = path.count("/") > 1  # what the root itself owes is not what the whole district owes
        below = Unit.objects.filter(path__startswith=path) if inside else Unit.objects.none()
        found = tuple(below.order_by("path").values_list("id", flat=True)[:MOST_UNITS]) or (actor.unit,)
        cache.set(key, found, 60)
    return found


def overdue(day: Day) -> Wanted:
    """Past its due time, as the bar counts it."""
    return tuple(is_overdue(day.now) & Q(status=status) for status in ("overdue", "due"))


def open_today(day: Day) -> Wanted:
    """Due by the end of today, or owed without a due time of its own."""
    return (is_due(day.now) & Q(status="due", due__lt=day.end), Q(status=HELD))


def done_today(day: Day) -> Wanted:
    """Done, and due today."""
    return tuple(Q(status=status, due__gte=day.start, due__lt=day.end) for status in DONE)


def made_good(day: Day) -> Wanted:
    """Due in the week before today and done today: few enough only in the list of one cell or site."""
    lately = Q(due__gte=day.start - WEEK, due__lt=day.start)
    return (lately & Q(status="late", evidence_at__gte=day.start, evidence_at__lt=day.end),)


def coming(day: Day, days: int) -> Wanted:
    """What falls due in the next days after today."""
    ahead = Q(due__gte=day.end, due__lt=day.end + timedelta(days=days))
    return tuple(ahead & Q(status=status) for status in ("due", "upcoming"))


def page(found: QuerySet[Obligation], wanted: Wanted, after: Cursor | None, size: int, owners: Wanted = EVERY) -> Page:
    """The next `size` rows behind a cursor: the first of each condition and owner, brought into one order."""
    behind = found if after is None else found.filter(after.behind)
    parts = [behind.filter(one & owner).order_by("due", "id")[: size + 1] for one in wanted for owner in owners]
    rows = sorted(parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0], key=_place)
    return Page(tuple(rows[:size]), cursor_of(rows[size - 1]) if len(rows) > size else None)


def _place(row: Obligation) -> tuple[bool, float, UUID]:
    return row.due is None, row.due.timestamp() if row.due is not None else 0.0, row.id


def standing(obligation: Obligation, now: datetime) -> str:
    """The status at this instant: due becomes overdue the instant after its due time."""
    late = obligation.status == "due" and obligation.due is not None and obligation.due < now
    return "overdue" if late else str(obligation.status)
