"""In the morning, tell every unit how much it owes today; once a day, however often this is called."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from django.db import transaction

from lianfang.ledger.bar import bars
from lianfang.ledger.models import Note, Obligation

KIND = "reminder"


def remind_units(*, zone: int, now: datetime) -> int:
    """A note to each unit that has something due or overdue; gives how many were written. `zone`: seconds from UTC."""
    local = now.astimezone(timezone(timedelta(seconds=zone)))
    morning = local.replace(hour=0, minute=0, second=0, microsecond=0)
    with transaction.atomic():
        told = Note.objects.filter(kind=KIND, about__startswith="unit:", by="", at__gte=morning)
        already = set(told.values_list("to_unit", flat=True))
        owed = bars(Obligation.objects.exclude(owner=""), "owner", now=now, zone=zone)
        notes = [
            Note(
                about=f"unit:{unit}"[:120],
                kind=KIND,
                text=f"今日应办 {bar.due} 项，待补 {bar.held} 项，逾期 {bar.overdue} 项",
                at=now,
                by="",
                to_unit=unit,
            )
            for unit, bar in sorted(owed.items())
            if unit not in already and bar.due + bar.held + bar.overdue
        ]
        Note.objects.bulk_create(notes)
    return len(notes)
