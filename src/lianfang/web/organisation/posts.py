"""The posts of a unit: who holds them from when to when, who deputises, who is away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lianfang.core.access.actor import Duty
from lianfang.ledger.models import Absence, Holding
from lianfang.web.parts.said import one_of

MOST = 200


@dataclass(frozen=True, slots=True)
class Held:
    """One holder of a post. `state`: now, coming, over; `away` is the running absence, if any."""

    number: int
    account: str
    name: str
    post: str
    duties: str
    deputy: bool
    since: datetime
    until: datetime | None
    state: str
    away: Absence | None
    planned: tuple[Absence, ...]


def posts_of(unit: str, now: datetime) -> tuple[Held, ...]:
    """The holders of a unit's posts: those of today, then the coming, then the past."""
    rows = list(
        Holding.objects.filter(unit_id=unit).select_related("account").order_by("post", "deputy", "-since")[:MOST]
    )
    absences: dict[int, list[Absence]] = {}
    for one in Absence.objects.filter(holding__in=rows).order_by("since"):
        absences.setdefault(one.holding_id, []).append(one)
    held = [_held(row, absences.get(row.pk, []), now) for row in rows]
    return tuple(sorted(held, key=lambda one: ("now", "coming", "over").index(one.state)))


def _held(row: Holding, absences: list[Absence], now: datetime) -> Held:
    over = row.until is not None and row.until <= now
    running = [one for one in absences if one.since <= now and (one.until is None or one.until > now)]
    return Held(
        number=row.pk,
        account=row.account.username,
        name=row.account.title or row.account.username,
        post=row.post,
        duties="、".join(one_of(Duty(word).zh, Duty(word).en) for word in row.duties),
        deputy=row.deputy,
        since=row.since,
        until=row.until,
        state="over" if over else "now" if row.since <= now else "coming",
        away=running[0] if running else None,
        planned=tuple(one for one in absences if one.since > now),
    )
