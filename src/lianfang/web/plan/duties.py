"""The obligations and loops of one clause: which rows count for it, who is late, what changed since yesterday."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from lianfang.acts.in_force import InForce
from lianfang.core.access import acts
from lianfang.core.access.actor import Actor
from lianfang.core.access.scope import scope
from lianfang.core.language.measure import Words
from lianfang.ledger.bar import DONE, is_overdue
from lianfang.ledger.keyset import Page, page
from lianfang.ledger.models import Loop, Obligation
from lianfang.ledger.visible import visible
from lianfang.web.plan.carried import measures_of
from lianfang.web.plan.earlier import moment_of, was_overdue
from lianfang.web.subject.called import called

LIVE = ("running", "held", "suspended")
"""States of a loop in which its subject is under management."""


@dataclass(frozen=True, slots=True)
class Late:
    """One obligation past its due time: about whom, what is missing, who owes it."""

    id: UUID
    subject_kind: str
    subject: str
    name: str
    missing: Words
    occurrence: int
    owner: str
    due: datetime
    lasting: timedelta


@dataclass(frozen=True, slots=True)
class Since:
    """What changed in the last 24 hours: done after the due time or in time, newly overdue, loops opened."""

    done: int
    late: int
    overdue: int
    opened: int


def of_clause(force: InForce, clauses: Iterable[str]) -> Q:
    """The rows of a clause: its requirements, found by the clause each is filed under."""
    pairs = {pair for clause in clauses for pair in force.clauses.get(clause, ())}
    if not pairs:
        return Q(pk__in=())
    filed = {filed_under(force, pair) for pair in pairs}
    by_measure: dict[str, set[str]] = {}
    for measure, requirement in pairs:
        by_measure.setdefault(measure, set()).add(requirement)
    each = (Q(measure=measure, requirement__in=paths) for measure, paths in by_measure.items())
    return Q(clause__in=filed) & reduce(or_, each)


def filed_under(force: InForce, pair: tuple[str, str]) -> str:
    """The clause an obligation names: the first of its requirement, else of its measure."""
    measure, requirement = force.requirements[pair]
    return (*requirement.clauses, *measure.clauses, "")[0]


def in_care(force: InForce, clauses: Iterable[str], actor: Actor) -> Mapping[str, int]:
    """How many subjects are in a loop of the clauses' measures now, by the path of their unit."""
    loops = visible(Loop.objects.all(), scope(actor, acts.SEE_FIGURES))
    rows = (
        loops.filter(measure__in=measures_of(force, clauses), state__in=LIVE)
        .values("path")
        .annotate(many=Count("subject", distinct=True))
    )
    return {row["path"]: row["many"] for row in rows}


def late_rows(queryset: QuerySet[Obligation], at: datetime, now: datetime) -> QuerySet[Obligation]:
    """Those overdue at an instant."""
    return queryset.filter(was_overdue(moment_of(at)) if at < now else is_overdue(now))


def named(actor: Actor, queryset: QuerySet[Obligation]) -> QuerySet[Obligation]:
    """Only those whose subjects the actor may open."""
    return visible(queryset, scope(actor, acts.SEE_SUBJECT))


def latest(
    force: InForce, queryset: QuerySet[Obligation], names: Mapping[str, str], at: datetime, size: int
) -> tuple[tuple[Late, ...], bool]:
    """The longest overdue first, with names masked; and whether there are more."""
    found: Page[Obligation] = page(queryset, ("due", "id"), size=size)
    known = called((row.subject_kind, row.subject) for row in found.rows)
    rows = tuple(_late(force, row, known[row.subject_kind, row.subject], names, at) for row in found.rows)
    return rows, bool(found.next)


def _late(force: InForce, row: Obligation, name: str, names: Mapping[str, str], at: datetime) -> Late:
    asked = force.requirements.get((row.measure, row.requirement))
    due = row.due or at
    return Late(
        id=row.id,
        subject_kind=row.subject_kind,
        subject=row.subject,
        name=name,
        missing=asked[1].words if asked else Words(row.requirement, row.requirement),
        occurrence=row.occurrence if asked and asked[1].times != 1 else 0,
        owner=names.get(row.owner, row.by or row.owner),
        due=due,
        lasting=at - due,
    )


def since_yesterday(rows: QuerySet[Obligation], loops: QuerySet[Loop], now: datetime) -> Since:
    """What changed in the 24 hours before an instant."""
    before = now - timedelta(days=1)
    done = Q(evidence_at__gt=before, evidence_at__lte=now)
    counts = rows.aggregate(
        done=Count("pk", filter=done & Q(status__in=DONE)),
        late=Count("pk", filter=done & Q(status="late")),
        overdue=Count("pk", filter=was_overdue(now) & Q(due__gt=before)),
    )
    opened = loops.filter(opened__gt=before, opened__lte=now).count()
    return Since(counts["done"], counts["late"], counts["overdue"], opened)
