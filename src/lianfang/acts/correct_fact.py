"""Correct a fact: a new one takes its place, and the old one stays to be seen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from lianfang.acts.in_force import InForce, in_force
from lianfang.acts.known import about, check, fact_of, subject_of, thing_of, values_of
from lianfang.acts.recorded import Recorded, recorded
from lianfang.acts.refused import Refused
from lianfang.acts.write_facts import Said, checked, unit_that_said, write_facts
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import CORRECT_FACT, RECORD_FACT
from lianfang.core.access.thing import Thing
from lianfang.ledger import journal
from lianfang.ledger.models import Fact, Subject
from lianfang.ledger.sent import once


def correct_fact(
    fact: str,
    values: Mapping[str, object],
    *,
    at: datetime | None = None,
    reason: str = "",
    actor: Actor,
    now: datetime,
    key: str = "",
) -> Recorded:
    """Put right what a fact says; everything that followed from it is evaluated anew.

    `values` are the columns that change (None empties one), `at` its own time if that was wrong. A fact that somebody
    else has corrected meanwhile is refused.
    """
    old = fact_of(fact)
    check(actor, CORRECT_FACT, fact_thing(old))
    return _once(old, values, at, reason, CORRECT_FACT, actor, now, key)


def complete_fact(fact: str, values: Mapping[str, object], *, actor: Actor, now: datetime, key: str = "") -> Recorded:
    """Add the result of what was taken, which takes the right to record such facts: a laboratory may for any sample."""
    old = fact_of(fact)
    given = {name: value for name, value in values.items() if old.values.get(name) in (None, "")}
    if given.keys() != values.keys():
        raise Refused("结果已经填报；要改请用“更正”。", "The result is there already; correct it if it is wrong.")
    subject = subject_of(old.subject_kind, old.subject)
    check(actor, RECORD_FACT, thing_of(subject, now, kind="fact", fact=old.kind))
    return _once(old, given, None, "", RECORD_FACT, actor, now, key)


def _once(
    old: Fact,
    values: Mapping[str, object],
    at: datetime | None,
    reason: str,
    act: str,
    actor: Actor,
    now: datetime,
    key: str,
) -> Recorded:
    force = in_force(now)

    def do() -> Mapping[str, object]:
        return _replace(force, old, values, at, reason, act, actor, now).plain()

    with transaction.atomic():
        return Recorded.again(once(actor, key, act, do, now=now))


def fact_thing(fact: Fact) -> Thing:
    """A fact as the rules see it: it belongs to the unit that said it."""
    subject = subject_of(fact.subject_kind, fact.subject)
    said_by = unit_that_said(fact.said_by)
    return Thing("fact", subject.path, said_by, subject.supervisor, fact.subject_kind, fact.subject, fact.kind)


def _replace(
    force: InForce,
    old: Fact,
    values: Mapping[str, object],
    at: datetime | None,
    reason: str,
    act: str,
    actor: Actor,
    now: datetime,
) -> Recorded:
    hold_newest(old)
    merged = {**values_of(old), **values}
    said = Said(old.kind, old.subject_kind, old.subject, merged, at or old.at, corrects=old.id)
    answer = recorded(write_facts(force, checked(force, [said], now), actor=actor, now=now))
    details = {"fact": old.id, "by": answer.facts, "columns": sorted(values), "at": at is not None}
    journal.write(actor, act, about(old.subject_kind, old.subject), now=now, reason=reason, details=details)
    return answer


def hold_newest(fact: Fact) -> None:
    """Hold the subject until the transaction ends; refuse a fact that has been corrected or withdrawn already."""
    Subject.objects.select_for_update().filter(kind=fact.subject_kind, subject=fact.subject).first()
    newer = Fact.objects.filter(corrects=fact.id).values_list("id", flat=True).first()
    if newer is not None:
        raise Refused(
            f"这条记录已被更正（见 {newer}）；请在最新的一条上更正。",
            f"This fact has been corrected already (see {newer}); correct the newest one.",
        )
