"""A bar counts what falls due today and what is still owed, each once, the same on every page."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from lianfang.ledger.bar import Bar, bar, bars, is_counted, is_overdue
from lianfang.ledger.models import Obligation

pytestmark = pytest.mark.django_db
ZONE = 28800
NOON = datetime(2020, 5, 25, 4, 0, tzinfo=UTC)  # twelve o'clock in the plan's zone
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def owed(status: str, due: datetime | None, owner: str = "willow") -> None:
    key = uuid.uuid4()
    Obligation.objects.create(
        id=key, loop=key, subject_kind="person", subject="P-1", owner=owner, status=status, due=due
    )


def counted(now: datetime = NOON) -> Bar:
    return bar(Obligation.objects.all(), now=now, zone=ZONE)


@pytest.mark.parametrize(
    ("status", "due", "expected"),
    [
        ("met", NOON, Bar(1, 0, 0, 0, 0)),
        ("late", NOON - HOUR, Bar(1, 1, 0, 0, 0)),
        ("met", NOON - DAY, Bar(0, 0, 0, 0, 0)),
        ("due", NOON + HOUR, Bar(0, 0, 1, 0, 0)),
        ("due", NOON, Bar(0, 0, 1, 0, 0)),
        ("due", NOON - timedelta(seconds=1), Bar(0, 0, 0, 0, 1)),
        ("due", NOON + DAY, Bar(0, 0, 0, 0, 0)),
        ("due", None, Bar(0, 0, 0, 0, 0)),
        ("overdue", NOON - 30 * DAY, Bar(0, 0, 0, 0, 1)),
        ("held", None, Bar(0, 0, 0, 1, 0)),
        ("upcoming", NOON + HOUR, Bar(0, 0, 0, 0, 0)),
        ("suspended", NOON, Bar(0, 0, 0, 0, 0)),
        ("waived", NOON, Bar(0, 0, 0, 0, 0)),
        ("cancelled", NOON, Bar(0, 0, 0, 0, 0)),
        ("superseded", NOON, Bar(0, 0, 0, 0, 0)),
    ],
)
def test_each_status_counts_in_one_place_or_nowhere(status: str, due: datetime | None, expected: Bar) -> None:
    owed(status, due)
    assert counted() == expected
    parts = (expected.met, expected.due, expected.held, expected.overdue)
    assert Obligation.objects.filter(is_counted(NOON, ZONE)).count() == sum(parts)


def test_today_is_the_day_of_the_plan_and_not_of_the_server() -> None:
    for hour in (16, 17):  # the first hours of the twenty-fifth in the plan's zone
        owed("met", datetime(2020, 5, 24, hour, 0, tzinfo=UTC))
    owed("met", datetime(2020, 5, 24, 15, 59, 59, tzinfo=UTC))
    owed("met", datetime(2020, 5, 25, 16, 0, tzinfo=UTC))
    assert counted().met == 2
    assert bar(Obligation.objects.all(), now=NOON, zone=0).met == 1


def test_overdue_begins_the_instant_after_the_due_time_without_any_evaluation() -> None:
    owed("due", NOON)
    late = NOON + timedelta(microseconds=1)
    assert (counted().overdue, counted(late).overdue) == (0, 1)
    assert Obligation.objects.filter(is_overdue(late)).count() == 1


def test_the_bars_of_all_units_together_are_the_bar_of_the_district() -> None:
    for owner, status, due in (
        ("willow", "met", NOON),
        ("willow", "overdue", NOON - DAY),
        ("cedar", "held", None),
        ("cedar", "upcoming", NOON),
        ("hq", "upcoming", NOON),
    ):
        owed(status, due, owner)
    parts = bars(Obligation.objects.all(), "owner", now=NOON, zone=ZONE)
    assert parts == {"willow": Bar(1, 0, 0, 0, 1), "cedar": Bar(0, 0, 0, 1, 0)}
    assert counted() == Bar(1, 0, 0, 1, 1)
