"""The records an act is about, and how the rules of access see them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from lianfang.acts.refused import Refused, demand
from lianfang.core.access.actor import Actor
from lianfang.core.access.may import may
from lianfang.core.access.thing import Thing
from lianfang.ledger.models import Fact, Obligation, Placement, Subject, Unit
from lianfang.ledger.sealed import unseal_columns

PERSON, UNIT = "person", "unit"


def subject_of(kind: str, subject: str) -> Subject:
    """The subject of that kind and id; refused if the ledger does not know it."""
    found = Subject.objects.filter(kind=kind, subject=subject).first()
    if found is None:
        raise Refused(
            f"没有编号为“{subject}”的对象（{kind}）；请先登记。",
            f"There is no {kind} {subject!r}; register it first.",
        )
    return found


def subjects_of(keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Subject]:
    """The subjects that the ledger knows, one query for each kind."""
    by_kind: dict[str, set[str]] = {}
    for kind, subject in keys:
        by_kind.setdefault(kind, set()).add(subject)
    return {
        (kind, row.subject): row
        for kind, subjects in by_kind.items()
        for row in Subject.objects.filter(kind=kind, subject__in=subjects)
    }


def owner_of(subject: Subject, now: datetime) -> str:
    """The unit that a subject belongs to: for a person who is placed somewhere now, that site."""
    if subject.kind == PERSON:
        rows = Placement.objects.filter(person=subject.subject, during__contains=now)
        site = rows.values_list("room__unit", flat=True).first()
        if site is not None:
            return str(site)
    return subject.subject if subject.kind == UNIT else subject.unit


def thing_of(subject: Subject, now: datetime, *, kind: str = "subject", fact: str = "") -> Thing:
    """A subject, or a fact about it, as the rules see it."""
    owner = owner_of(subject, now)
    return Thing(kind, subject.path, owner, subject.supervisor, subject.kind, subject.subject, fact)


def obligation_of(number: str | UUID) -> Obligation:
    """The obligation of that number; refused if it no longer stands."""
    try:
        found = Obligation.objects.filter(pk=UUID(str(number))).first()
    except ValueError:
        found = None
    if found is None:
        raise Refused(
            f"没有这项应办事项（{number}），可能已经不再需要；请刷新页面。",
            f"There is no such obligation ({number}); it may no longer be needed; reload the page.",
        )
    return found


def obligation_thing(obligation: Obligation, *, kind: str = "obligation", owner: str | None = None) -> Thing:
    """An obligation as the rules see it."""
    supervisor = (
        Subject.objects.filter(kind=obligation.subject_kind, subject=obligation.subject)
        .values_list("supervisor", flat=True)
        .first()
    )
    by = obligation.owner if owner is None else owner
    return Thing(kind, obligation.path, by, supervisor or "", obligation.subject_kind, obligation.subject)


def fact_of(number: str) -> Fact:
    """The fact of that id; refused if there is none."""
    found = Fact.objects.filter(id=number).first()
    if found is None:
        raise Refused(f"没有编号为“{number}”的事实。", f"There is no fact {number!r}.")
    return found


def values_of(fact: Fact) -> dict[str, object]:
    """The values of a fact with its sealed columns opened."""
    return {**fact.values, **unseal_columns(bytes(fact.sealed) if fact.sealed else None)}


def district(actor: Actor) -> Thing:
    """The actor's whole district, for acts on its plan."""
    return Thing("plan", actor.root)


def unit_of(unit: str) -> Unit:
    """The unit of that id; refused if there is none."""
    found = Unit.objects.filter(pk=unit).first()
    if found is None:
        raise Refused(
            f"没有编号为“{unit}”的单位；请从单位表中选。", f"There is no unit {unit!r}; choose one of the list."
        )
    return found


def check(actor: Actor, act: str, thing: Thing) -> None:
    """Stop here unless the actor may do the act to the record."""
    demand(may(actor, act, thing))


def about(kind: str, subject: str) -> str:
    """How the journal names a subject."""
    return f"{kind}:{subject}"
