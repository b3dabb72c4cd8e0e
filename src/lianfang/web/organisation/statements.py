"""What a unit has to do by the plan: the clauses that name it, each with what it owes today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from lianfang.acts.in_force import InForce
from lianfang.core.access.filter import Filter
from lianfang.core.language.measure import Requirement, Words
from lianfang.core.language.organisation import Organisation
from lianfang.ledger.bar import Bar, bars
from lianfang.ledger.models import Obligation
from lianfang.ledger.visible import visible
from lianfang.web.parts.said import said
from lianfang.web.plan.standing import NOTHING

MOST = 200


@dataclass(frozen=True, slots=True)
class Statement:
    """One clause that gives the unit something to do, with its bar."""

    clause: str
    gist: str
    bar: Bar
    stands: bool


def statements(force: InForce, unit: str, scope: Filter, now: datetime) -> tuple[Statement, ...]:
    """The clauses of a unit: those it owes something under now first, then the others that name it."""
    owed = bars(visible(Obligation.objects.filter(owner=unit), scope), "clause", now=now, zone=force.plan.zone)
    named = _clauses_naming(force, unit)
    wanted = dict.fromkeys([*sorted(owed, key=lambda clause: -owed[clause].overdue), *named])
    found = (_statement(force, clause, owed.get(clause)) for clause in wanted if clause in force.plan.clauses)
    return tuple(found)[:MOST]


def _statement(force: InForce, clause: str, bar: Bar | None) -> Statement:
    return Statement(clause, said(force.plan.clauses[clause].gist), bar or NOTHING, bar is not None)


def _clauses_naming(force: InForce, unit: str) -> Iterable[str]:
    names = _names(force.plan.organisation, unit)
    for measure, requirement in force.requirements.values():
        if _by(requirement) in names:
            yield from requirement.clauses or measure.clauses


def _by(requirement: Requirement) -> str:
    return requirement.by.zh if isinstance(requirement.by, Words) else ""


def _names(organisation: Organisation, unit: str) -> frozenset[str]:
    """Everything that means this unit: its own names, those of its groups and of its posts."""
    known = organisation.units.get(unit)
    if known is None:
        return frozenset()
    groups = [organisation.groups[group] for group in known.groups if group in organisation.groups]
    posts = [post for post in organisation.posts.values() if post.unit == unit]
    own = {*known.names}
    return frozenset(own | {group.words.zh for group in groups} | {post.words.zh for post in posts}) - {""}
