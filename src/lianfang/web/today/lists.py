"""What the page of today shows: the bar, what is overdue, what is due by place, time or clause, what is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import cache
from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from lianfang.acts.in_force import in_force
from lianfang.core.access.filter import Nothing, PathUnder
from lianfang.ledger.bar import Bar, bar
from lianfang.ledger.models import Obligation, Subject
from lianfang.ledger.visible import visible
from lianfang.web.door import Asked
from lianfang.web.today.cursor import read_cursor
from lianfang.web.today.finding import other_kinds
from lianfang.web.today.owed import (
    Day,
    Page,
    coming,
    day_of,
    done_today,
    first_whole,
    made_good,
    narrow,
    open_today,
    overdue,
    owed_by,
    owners_of,
    page,
)
from lianfang.web.today.rows import Group, Row, groups_of, rows_of

FIRST = 20
"""So many overdue rows stand above everything else; the rest is one tap away."""

TOGETHER = 120
"""So many rows are grouped by place at once: a grid worker's whole day."""

SIZE = 40
"""Rows of a page of a plain list."""

AHEAD = 3
LISTS = ("overdue", "due", "done", "coming")
"""The lists of one kind of row only."""

MOST_NAMED = 200
MANY = 20_000


@dataclass(frozen=True)
class Section:
    """Some rows under a heading, and the address of what follows."""

    word: str
    status: str
    rows: tuple[Row, ...]
    more: str = ""


@dataclass(frozen=True)
class Today:
    """The whole page for one post at one instant."""

    day: Day
    bar: Bar
    whole: bool
    show: str
    sections: tuple[Section, ...]
    groups: tuple[Group, ...] = ()
    more: str = ""

    @property
    def counted(self) -> int:
        """How many the bar stands for."""
        return self.bar.met + self.bar.due + self.bar.held + self.bar.overdue

    @property
    def finished(self) -> bool:
        """Whether nothing is left for today."""
        return not (self.bar.due or self.bar.held or self.bar.overdue)

    @staticmethod
    def only_bar(request: Asked) -> Today:
        """The bar alone, for the page on which something has just been recorded."""
        found = mine(request)
        return Today(day_of(request.now), counts(request, found), whole(request), "place", ())


def mine(request: Asked) -> QuerySet[Obligation]:
    """The obligations the page is about."""
    return owed_by(request.actor, request.now, whole=whole(request))


def named(request: Asked, found: QuerySet[Obligation]) -> QuerySet[Obligation]:
    """Only those whose clause or place, unit, lot … is called as the box of the list says."""
    q = request.GET.get("q", "").strip()
    if not q:
        return found
    within = PathUnder(request.actor.path) if request.actor.path else Nothing()
    others = other_kinds(request.now)
    subjects = visible(Subject.objects.filter(kind__in=others, name__icontains=q), within)
    ids = list(subjects.values_list("subject", flat=True)[:MOST_NAMED])
    return found.filter(Q(clause__icontains=q) | Q(subject__in=ids))


def whole(request: Asked) -> bool:
    """Whether the list is of everything the post looks after and not only of what its own units owe."""
    asked = request.GET.get("whole", "")
    return asked == "1" if asked in ("0", "1") else first_whole(request.actor)


def counts(request: Asked, found: QuerySet[Obligation]) -> Bar:
    """The one bar of the page; one that counts a whole city is kept for a minute, as on the board."""
    key = (
        f"today-bar:{request.actor.unit}:{request.actor.path}:{'-'.join(sorted(request.actor.duties))}:{whole(request)}"
    )
    kept: Bar | None = cache.get(key)
    if kept is not None:
        return kept
    counted = bar(found, now=request.now, zone=in_force(request.now).plan.zone)
    if counted.met + counted.due + counted.held + counted.overdue > MANY:
        cache.set(key, counted, 60)
    return counted


def by_place(request: Asked) -> Today:
    """First what is overdue, then what is due and done today, place by place."""
    found, day = mine(request), day_of(request.now)
    owners = owners_of(request.actor, whole=whole(request))
    late = page(found, overdue(day), None, FIRST, owners)
    wanted = (*open_today(day), *done_today(day), *(made_good(day) if narrow(request.actor) else ()))
    rest = page(found, wanted, read_cursor(request.GET.get("after", "")), TOGETHER, owners)
    return Today(
        day=day,
        bar=counts(request, found),
        whole=whole(request),
        show="place",
        sections=(_section(request, "overdue", gettext("逾期"), late),) if late.rows else (),
        groups=groups_of(rows_of(rest.rows, request.actor, request.now)),
        more=rest.next.text if rest.next else "",
    )


def one_list(request: Asked, show: str) -> Today:
    """One kind of row only, in pages."""
    found, day = mine(request), day_of(request.now)
    word, status, wanted = {
        "overdue": (gettext("逾期"), "overdue", overdue(day)),
        "due": (gettext("应办"), "due", open_today(day)),
        "done": (gettext("已办"), "met", done_today(day)),
        "coming": (gettext("三日内"), "upcoming", coming(day, AHEAD)),
    }[show]
    owners = owners_of(request.actor, whole=whole(request))
    rows = page(found, wanted, read_cursor(request.GET.get("after", "")), SIZE, owners)
    return Today(day, counts(request, found), whole(request), show, (_section(request, status, word, rows),))


def by_time(request: Asked) -> Today:
    """What is overdue, what is due today, what comes in three days: the list of a desk."""
    found, day = mine(request), day_of(request.now)
    total, found = counts(request, found), named(request, found)
    owners = owners_of(request.actor, whole=whole(request))
    parts = (
        ("overdue", gettext("逾期"), page(found, overdue(day), None, FIRST, owners)),
        ("due", gettext("今日到期"), page(found, open_today(day), None, SIZE, owners)),
        ("coming", gettext("三日内"), page(found, coming(day, AHEAD), None, FIRST, owners)),
    )
    sections = tuple(_section(request, show, word, rows) for show, word, rows in parts if rows.rows)
    return Today(day, total, whole(request), "time", sections)


def by_heading(request: Asked, by: str) -> Today:
    """What is overdue and due today, under its place or its clause."""
    found, day = mine(request), day_of(request.now)
    total, found = counts(request, found), named(request, found)
    owners = owners_of(request.actor, whole=whole(request))
    listed = page(found, (*overdue(day), *open_today(day)), read_cursor(request.GET.get("after", "")), TOGETHER, owners)
    headed: dict[str, list[Row]] = {}
    for row in rows_of(listed.rows, request.actor, request.now):
        headed.setdefault(row.known.spot if by == "place" else row.obligation.clause, []).append(row)
    missing = gettext("没有写明地点") if by == "place" else gettext("没有写明条文")
    sections = tuple(Section(word or missing, "", tuple(rows)) for word, rows in headed.items())
    return Today(day, total, whole(request), by, sections, more=listed.next.text if listed.next else "")


def _section(request: Asked, status: str, word: str, rows: Page) -> Section:
    more = rows.next.text if rows.next else ""
    return Section(word, status, rows_of(rows.rows, request.actor, request.now), more)


@dataclass(frozen=True, slots=True)
class Coming:
    """What comes next when today is done: the first instant, what, for how many; and tomorrow as a whole."""

    first: Row | None
    alike: int
    tomorrow: int
    places: int


def next_after(request: Asked) -> Coming:
    """What the empty page tells: what is due next, and how much tomorrow brings."""
    found, day = mine(request), day_of(request.now)
    ahead = page(found, coming(day, AHEAD), None, TOGETHER).rows
    rows = rows_of(ahead[:1], request.actor, request.now)
    first = rows[0] if rows else None
    alike = sum(one.requirement == ahead[0].requirement and one.due == ahead[0].due for one in ahead) if ahead else 0
    tomorrow = [one for one in ahead if one.due is not None and one.due < day.end + timedelta(days=1)]
    places = {row.known.spot for row in rows_of(tomorrow, request.actor, request.now)} if tomorrow else set()
    return Coming(first, alike, len(tomorrow), len(places))
