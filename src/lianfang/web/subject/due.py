"""What is owed about a subject and until when: a line from when it could be done to its due time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext

from lianfang.acts.in_force import InForce
from lianfang.core.language.measure import Words
from lianfang.ledger.models import Obligation
from lianfang.web.parts.moments import by_when
from lianfang.web.parts.said import said
from lianfang.web.subject.grid import Days, width_of
from lianfang.web.subject.lane import Item, Lane

MOST = 6
OWED = ("overdue", "held", "due")
RANK = {"overdue": 0, "held": 1, "due": 2}


def owed(obligations: Iterable[Obligation]) -> list[Obligation]:
    """What is to be done now, the longest overdue first, then what a release waits for, then by due time."""
    rows = [row for row in obligations if row.status in OWED]
    return sorted(rows, key=lambda row: (RANK[row.status], row.due is None, row.due.timestamp() if row.due else 0.0))


def what(force: InForce, row: Obligation) -> Words:
    """What an obligation asks for."""
    found = force.requirements.get((row.measure, row.requirement))
    return found[1].words if found else Words(row.requirement, row.requirement)


def due_lane(days: Days, force: InForce, obligations: Iterable[Obligation]) -> Lane | None:
    """The most pressing ones as lines; the rest stand in the list below."""
    rows = owed(obligations)
    if not rows:
        return None
    items = [_item(days, force, row, place) for place, row in enumerate(rows[:MOST])]
    return Lane(gettext("应办与期限"), tuple(items), len(items), len(rows) - len(items), look="dues")


def _item(days: Days, force: InForce, row: Obligation, place: int) -> Item:
    """Overdue: from the due time to now. Due: from now to the due time, or to the edge if it has none."""
    late = row.status == "overdue" and row.due is not None
    since = row.due if late and row.due else days.now
    until = days.now if late else (row.due or days.end)
    x, end = days.x(since), days.x(max(until, since + timedelta(seconds=1)))
    when = "" if row.due is None or late else f" {by_when(row.due, days.now)}"
    text = f"{said(what(force, row))}{when}"
    before = x - width_of(text) - 2 > 0
    return Item(
        "line",
        x,
        round(max(end - x, 0.2), 3),
        place,
        row.status,
        text,
        why=reverse("why", args=[row.pk]),
        shape=row.status,
        before=before,
    )
