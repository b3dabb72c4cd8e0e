"""What the clauses of a plan still owe: one count of all obligations by requirement, kept for a minute."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256

from django.core.cache import cache
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat

from lianfang.acts.in_force import InForce
from lianfang.core.access import acts
from lianfang.core.access.actor import Actor
from lianfang.core.access.scope import scope
from lianfang.ledger.bar import Bar, bars
from lianfang.ledger.models import Obligation
from lianfang.ledger.visible import visible
from lianfang.web.plan.earlier import bars_then

KEPT = 60
"""Seconds for which a count of the whole plan is good enough."""

Pair = tuple[str, str]
"""A measure and the path of one of its requirements."""

_BETWEEN = "\x1f"
NOTHING = Bar(met=0, late=0, due=0, held=0, overdue=0)


def together(parts: Iterable[Bar]) -> Bar:
    """Several bars as one."""
    total = [0, 0, 0, 0, 0]
    for part in parts:
        for place, number in enumerate((part.met, part.late, part.due, part.held, part.overdue)):
            total[place] += number
    return Bar(*total)


def counted(actor: Actor) -> QuerySet[Obligation]:
    """The obligations an actor's figures are made of."""
    return visible(Obligation.objects.all(), scope(actor, acts.SEE_FIGURES))


def standing(force: InForce, actor: Actor, as_of: datetime, now: datetime) -> Mapping[Pair, Bar]:
    """The bar of every requirement that has one, within the actor's jurisdiction, as of an instant."""
    instant = as_of.isoformat() if as_of < now else "now"
    who = f"{actor.path}|{actor.unit}|{sorted(actor.duties)}"
    key = "standing:" + sha256(f"{force.digest}|{who}|{instant}".encode()).hexdigest()
    found: Mapping[Pair, Bar] | None = cache.get(key)
    if found is None:
        found = _count(counted(actor), force.plan.zone, as_of, now)
        cache.set(key, found, KEPT)
    return found


def _count(queryset: QuerySet[Obligation], zone: int, as_of: datetime, now: datetime) -> Mapping[Pair, Bar]:
    asked = queryset.annotate(pair=Concat(F("measure"), Value(_BETWEEN), F("requirement")))
    rows = bars_by(asked, "pair", zone, as_of, now)
    return {_pair(text): bar for text, bar in rows.items()}


def bars_by(queryset: QuerySet[Obligation], by: str, zone: int, as_of: datetime, now: datetime) -> Mapping[str, Bar]:
    """One bar a value of a column: as it stands, or worked out from the standing rows for an earlier instant."""
    if as_of < now:
        return bars_then(queryset, by, as_of, zone)
    return bars(queryset, by, now=now, zone=zone)


def _pair(text: str) -> Pair:
    measure, _, requirement = text.partition(_BETWEEN)
    return measure, requirement


def of_clauses(rows: Mapping[Pair, Bar], force: InForce, clauses: Iterable[str]) -> Bar:
    """The bar of some clauses together; a requirement that two of them name is counted once."""
    pairs = {pair for clause in clauses for pair in force.clauses.get(clause, ())}
    return together(rows[pair] for pair in pairs if pair in rows)
