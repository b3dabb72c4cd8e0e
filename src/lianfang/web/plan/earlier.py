"""What stood on an earlier day, worked out from the rows that stand now: due times and the time of the evidence.

What was recorded later counts by the time it happened; what waits for a release (held) cannot be told afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone

from django.db.models import Count, Q, QuerySet

from lianfang.ledger.bar import DONE, OPEN, Bar
from lianfang.ledger.models import Obligation

OWED = (*DONE, *OPEN)
"""Statuses of obligations that were owed at some time."""


def civil_day(when: datetime, zone: int) -> date:
    """The day of an instant on the plan's clock."""
    return when.astimezone(timezone(timedelta(seconds=zone))).date()


def start_of(day: date, zone: int) -> datetime:
    """The first instant of a day on the plan's clock."""
    return datetime(day.year, day.month, day.day, tzinfo=timezone(timedelta(seconds=zone)))


def moment_of(as_of: datetime) -> datetime:
    """The instant an earlier day is counted at: pages name its last second, counted is its end."""
    return as_of + timedelta(seconds=1) if as_of.second == 59 else as_of


def was_overdue(at: datetime) -> Q:
    """Past its due time at an instant, without evidence until then."""
    return Q(status__in=OWED, due__lt=at) & (Q(evidence_at=None) | Q(evidence_at__gt=at))


def bars_then(queryset: QuerySet[Obligation], by: str, as_of: datetime, zone: int) -> Mapping[str, Bar]:
    """The bars of an earlier instant, by a column."""
    day, at = civil_day(as_of, zone), moment_of(as_of)
    first, end = start_of(day, zone), start_of(day + timedelta(days=1), zone)
    that_day = Q(due__gte=first, due__lt=end)
    done = that_day & Q(evidence_at__lte=at)
    rows = (
        queryset.filter(status__in=OWED, due__lt=end)
        .filter(Q(due__gte=first) | was_overdue(at))
        .values(by)
        .annotate(
            n_met=Count("pk", filter=done),
            n_late=Count("pk", filter=done & Q(status="late")),
            n_due=Count("pk", filter=that_day & Q(due__gte=at) & (Q(evidence_at=None) | Q(evidence_at__gt=at))),
            n_overdue=Count("pk", filter=was_overdue(at)),
        )
    )
    return {
        row[by]: Bar(met=row["n_met"], late=row["n_late"], due=row["n_due"], held=0, overdue=row["n_overdue"])
        for row in rows
    }


def overdue_by_day(
    queryset: QuerySet[Obligation], today: date, days: int, zone: int, now: datetime
) -> list[tuple[date, int]]:
    """How many were overdue at the end of each of the last days, today as of now; oldest first."""
    on = [today - timedelta(days=back) for back in range(days - 1, -1, -1)]
    ends = [min(start_of(day + timedelta(days=1), zone), now) for day in on]
    since = ends[0]
    open_then = Q(evidence_at=None) | Q(evidence_at__gt=since)
    counts = queryset.filter(open_then, status__in=OWED, due__lt=now).aggregate(
        **{f"d{place}": Count("pk", filter=was_overdue(end)) for place, end in enumerate(ends)}
    )
    return [(day, counts[f"d{place}"]) for place, day in enumerate(on)]
