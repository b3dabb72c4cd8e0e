"""The holder of a post is away; deputies act until she is back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from lianfang.acts.appoint import holding_of
from lianfang.acts.known import check
from lianfang.acts.refused import Refused
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import APPOINT
from lianfang.core.access.thing import Thing
from lianfang.ledger import journal
from lianfang.ledger.models import Absence, Holding

NAME = "set_absence"


def set_absence(number: int, since: datetime, until: datetime | None, *, actor: Actor, now: datetime) -> int:
    """Enter that the holder of a post is away from `since` until before `until` (None: not known); gives its number.

    Whoever holds the post may say so, and whoever appoints. Two absences of one post do not overlap.
    """
    row = holding_of(number)
    _may(row, actor)
    if until is not None and until <= since:
        raise Refused("返岗时间须在离岗时间之后。", "The return comes after the leave.")
    with transaction.atomic():
        Holding.objects.select_for_update().get(pk=row.pk)
        meets = (Q(until=None) | Q(until__gt=since)) & (Q(since__lt=until) if until is not None else Q())
        if Absence.objects.filter(meets, holding=row).exists():
            raise Refused("这段时间已登记缺岗。", "An absence is entered for this time already.")
        away = Absence.objects.create(holding=row, since=since, until=until)
        details = {"post": row.post, "account": row.account.username, "since": since, "until": until}
        journal.write(actor, NAME, f"unit:{row.unit.pk}", now=now, details=details)
    return int(away.pk)


def end_absence(number: int, *, actor: Actor, now: datetime) -> bool:
    """The holder is back; False if that was entered already. An absence that has not begun is taken back."""
    away = Absence.objects.select_related("holding__unit", "holding__account").filter(pk=number).first()
    if away is None:
        return False
    _may(away.holding, actor)
    still = Absence.objects.filter(Q(until=None) | Q(until__gt=now), pk=away.pk)
    with transaction.atomic():
        changed = still.delete()[0] if away.since >= now else still.update(until=now)
        if changed:
            details = {"post": away.holding.post, "account": away.holding.account.username, "until": now}
            journal.write(actor, NAME, f"unit:{away.holding.unit.pk}", now=now, details=details)
    return bool(changed)


def _may(row: Holding, actor: Actor) -> None:
    if row.account.username != actor.account:
        check(actor, APPOINT, Thing("unit", row.unit.path, row.unit.pk, "", "unit", row.unit.pk))
