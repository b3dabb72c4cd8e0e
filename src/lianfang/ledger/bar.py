"""What a bar counts, the same on every page: what falls due today plus what is still owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from django.db.models import Count, Q, QuerySet

from lianfang.ledger.models import Obligation

HELD = "held"
DONE = ("met", "late")
OPEN = ("due", "overdue")


@dataclass(frozen=True, slots=True)
class Bar:
    """Counts of obligations, each once: `met` of what fell due today, `late` the part of it that came after its time,
    `due` still open today, `held` that a release waits for, `overdue` open past its time since whenever.
    """

    met: int
    late: int
    due: int
    held: int
    overdue: int


def bar(queryset: QuerySet[Obligation], *, now: datetime, zone: int) -> Bar:
    """The bar of some obligations at `now`; `zone` is the plan's distance from UTC in seconds: whose day is today."""
    counts = _counted(queryset, now, zone).aggregate(**_parts(now))
    return Bar(*(counts[name] for name in _parts(now)))


def bars(queryset: QuerySet[Obligation], by: str, *, now: datetime, zone: int) -> dict[str, Bar]:
    """One bar for each value of a column (`owner`, `measure` …), all counted at once."""
    rows = _counted(queryset, now, zone).order_by().values_list(by).annotate(**_parts(now))
    return {row[0]: Bar(*row[1:]) for row in rows}


def is_counted(now: datetime, zone: int) -> Q:
    """Which obligations a bar counts at all: the list behind it."""
    first, end = _day(now, zone)
    today = Q(due__gte=first, due__lt=end)
    return Q(status__in=DONE) & today | is_due(now) & today | is_overdue(now) | Q(status=HELD)


def is_due(now: datetime) -> Q:
    """Open and its time has not passed."""
    return Q(status__in=OPEN, due__gte=now)


def is_overdue(now: datetime) -> Q:
    """Open past its time; overdue begins the instant after the due time, whenever it was last evaluated."""
    return Q(status__in=OPEN, due__lt=now)


def _day(now: datetime, zone: int) -> tuple[datetime, datetime]:
    local = now.astimezone(timezone(timedelta(seconds=zone)))
    first = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return first, first + timedelta(days=1)


def _counted(queryset: QuerySet[Obligation], now: datetime, zone: int) -> QuerySet[Obligation]:
    return queryset.filter(is_counted(now, zone))


def _parts(now: datetime) -> dict[str, Count]:
    """In the order of the fields of Bar; named apart from the columns they are counted from."""
    return {
        "n_met": Count("pk", filter=Q(status__in=DONE)),
        "n_late": Count("pk", filter=Q(status="late")),
        "n_due": Count("pk", filter=is_due(now)),
        "n_held": Count("pk", filter=Q(status=HELD)),
        "n_overdue": Count("pk", filter=is_overdue(now)),
    }
