"""Draft a bulletin: yesterday's numbers, counted as everywhere, and what people are asked to do."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone

from django.db import transaction

from lianfang.acts.in_force import in_force
from lianfang.acts.known import check
from lianfang.acts.read_bulletins import DRAFT
from lianfang.acts.refused import Refused
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import PROPOSE_PLAN
from lianfang.core.access.thing import Thing
from lianfang.core.language.plan import Plan
from lianfang.ledger import counts, journal
from lianfang.ledger.models import Loop, Note

NAME = "draft_bulletin"
MOST_LINES, LONGEST = 12, 200
DAYS = 15


def draft_bulletin(title: str, guidance: Sequence[str], *, actor: Actor, now: datetime) -> int:
    """Put down a bulletin with the numbers of the last whole day; gives its number.

    It stays inside until another person releases it. Whoever may propose a plan may draft one.
    """
    check(actor, PROPOSE_PLAN, Thing("plan", actor.root))
    lines = [line.strip() for line in guidance if line.strip()]
    if not title.strip() or len(title) > LONGEST or len(lines) > MOST_LINES or any(len(x) > LONGEST for x in lines):
        raise Refused(
            f"公告须有标题；提示最多 {MOST_LINES} 条，每条最多 {LONGEST} 字。",
            f"A bulletin has a title, and at most {MOST_LINES} lines of {LONGEST} characters.",
        )
    said = {"title": title.strip(), "guidance": lines, **numbers(in_force(now).plan, now)}
    with transaction.atomic():
        note = Note.objects.create(
            about=DRAFT,
            kind=DRAFT,
            text=json.dumps(said, ensure_ascii=False),
            at=now,
            by=actor.account,
            post=actor.post,
            to_unit=actor.unit,
        )
        journal.write(actor, NAME, f"bulletin:{note.pk}", now=now)
    return int(note.pk)


def numbers(plan: Plan, now: datetime) -> dict[str, object]:
    """The numbers of the whole district at the end of yesterday; no person can be told from them."""
    zone = timezone(timedelta(seconds=plan.zone))
    day: date = now.astimezone(zone).date() - timedelta(days=1)
    end = datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=zone)
    loops = Loop.objects.all()
    found = counts.found(loops, plan, day - timedelta(days=DAYS - 1), day, end)
    people = counts.people(loops, counts.kept_stages(plan), end)
    return {
        "day": day.isoformat(),
        "found": found[-1].persons,
        "inside": found[-1].inside,
        "found_total": sum(one.persons for one in found),
        "persons": sum(one.persons for one in people),
        "released": counts.released(loops, plan, end),
    }
