"""For whom or what a paper can be issued now: those without a valid one of that sort, the newest first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from lianfang.acts.in_force import InForce
from lianfang.acts.paper_things import FOUND, LOT
from lianfang.core.access import acts
from lianfang.core.access.actor import Actor
from lianfang.core.access.scope import scope
from lianfang.ledger.counts import PERSON, kept_stages, managed
from lianfang.ledger.keyset import page, read_key
from lianfang.ledger.models import Loop, Obligation, Paper
from lianfang.ledger.visible import visible
from lianfang.web.parts.said import said
from lianfang.web.subject.called import called, unit_names

SIZE = 100
LOOKED_BACK = timedelta(days=30)
OWED = ("due", "overdue", "held")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody or something a paper can be about: the loop or obligation, its name and what the paper would say."""

    about: str
    kind: str
    subject: str
    name: str
    what: str
    unit: str
    since: datetime | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Candidates:
    """A page of them and from where the next one goes on."""

    rows: tuple[Candidate, ...]
    next: str


def candidates(
    force: InForce, sort: str, actor: Actor, now: datetime, *, under: str = "", about: str = "", after: str = ""
) -> Candidates:
    """A page of candidates for a sort of paper; `under` narrows to a part of the district, `about` to one of them."""
    if sort == "task_sheet":
        return _tasks(force, actor, under, about, after)
    rows = LOOPS[sort](force, visible(Loop.objects.all(), scope(actor, acts.ISSUE_PAPER)), now)
    rows = rows.filter(path__startswith=under) if under else rows
    rows = rows.filter(pk=about) if about else rows.filter(~Exists(_issued(sort)))
    order = ("opened", "id")
    found = page(rows.filter(opened__gte=now - 4 * LOOKED_BACK), order, after if read_key(after, 2) else "", SIZE)
    names, units = called((row.subject_kind, row.subject) for row in found.rows), unit_names()
    made = (
        Candidate(
            str(row.pk),
            row.subject_kind,
            row.subject,
            names[row.subject_kind, row.subject],
            _measure(force, row.measure),
            units.get(_last(row.path), ""),
            row.opened,
            row.release,
        )
        for row in found.rows
    )
    return Candidates(tuple(made), found.next)


def _issued(sort: str) -> QuerySet[Paper]:
    return Paper.objects.filter(kind=sort, loop=OuterRef("pk"), withdrawn_at=None)


def _kept(force: InForce, rows: QuerySet[Loop], now: datetime) -> QuerySet[Loop]:
    return managed(rows, kept_stages(force.plan))


def _released(force: InForce, rows: QuerySet[Loop], now: datetime) -> QuerySet[Loop]:
    measures = {kept.measure for kept in kept_stages(force.plan)}
    return rows.filter(
        subject_kind=PERSON, measure__in=measures, state="released", release__lte=now, release__gte=now - LOOKED_BACK
    )


def _lots(force: InForce, rows: QuerySet[Loop], now: datetime) -> QuerySet[Loop]:
    gates = [measure.id for measure in force.measures.values() if measure.gate and measure.subject == LOT]
    return rows.filter(subject_kind=LOT, measure__in=gates, state="released")


def _found_wrong(force: InForce, rows: QuerySet[Loop], now: datetime) -> QuerySet[Loop]:
    endings = Q()
    for ending in FOUND:
        endings |= Q(fact_kind__endswith=ending)
    owed = Obligation.objects.filter(loop=OuterRef("pk"), status__in=OWED)
    return rows.filter(endings, Exists(owed)).exclude(subject_kind=PERSON)


LOOPS: Mapping[str, Callable[[InForce, QuerySet[Loop], datetime], QuerySet[Loop]]] = {
    "isolation_notice": _kept,
    "release_certificate": _released,
    "lot_exit": _lots,
    "rectification": _found_wrong,
}
"""Which loops each sort of paper can be about."""


def _tasks(force: InForce, actor: Actor, under: str, about: str, after: str) -> Candidates:
    rows = visible(Obligation.objects.filter(subject_kind="unit"), scope(actor, acts.ISSUE_PAPER))
    rows = rows.filter(status__in=OWED, due__isnull=False).exclude(requirement__contains="/")
    rows = rows.filter(path__startswith=under) if under else rows
    rows = rows.filter(pk=about) if about else rows
    found = page(rows, ("due", "id"), after if read_key(after, 2) else "", SIZE)
    names, units = called((row.subject_kind, row.subject) for row in found.rows), unit_names()
    made = (
        Candidate(
            str(row.pk),
            row.subject_kind,
            row.subject,
            names[row.subject_kind, row.subject],
            _measure(force, row.measure),
            units.get(row.owner, row.by),
            row.since,
            row.due,
        )
        for row in found.rows
    )
    return Candidates(tuple(made), found.next)


def _measure(force: InForce, id: str) -> str:
    measure = force.measures.get(id)
    return said(measure.words) if measure is not None else id


def _last(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]
