"""Take back what one has just recorded: on the same day, by the same account."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone

from django.db import transaction

from lianfang.acts.correct_fact import fact_thing, hold_newest
from lianfang.acts.in_force import in_force
from lianfang.acts.known import about, check, fact_of, values_of
from lianfang.acts.recorded import Recorded, recorded
from lianfang.acts.refused import Refused
from lianfang.acts.write_facts import account_that_said, write_facts
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import RECORD_FACT
from lianfang.core.facts.vocabulary import Kind
from lianfang.ledger import journal
from lianfang.ledger.facts import NewFact
from lianfang.ledger.models import Fact
from lianfang.ledger.sent import once

UNDO = "undo_fact"
WITHDRAWN = datetime(2199, 12, 31, tzinfo=UTC)
"""The own time of a withdrawal: it corrects the fact, and no evaluation ever sees it (facts end with the year 2199)."""


def undo_fact(fact: str, *, actor: Actor, now: datetime, key: str = "") -> Recorded:
    """Withdraw a fact: it is as if it had not been said, and the journal shows both."""
    old = fact_of(fact)
    check(actor, RECORD_FACT, fact_thing(old))
    force = in_force(now)
    _same_day_and_account(old, actor, now, force.plan.zone)

    def do() -> Mapping[str, object]:
        hold_newest(old)
        gone = _withdrawal(force.plan.kinds[old.kind], old)
        answer = recorded(write_facts(force, [gone], actor=actor, now=now))
        journal.write(actor, UNDO, about(old.subject_kind, old.subject), now=now, details={"fact": old.id})
        return answer.plain()

    with transaction.atomic():
        return Recorded.again(once(actor, key, UNDO, do, now=now))


def _withdrawal(kind: Kind, old: Fact) -> NewFact:
    """The fact over again at an instant that never comes; no result is known and no period ends before it begins."""
    late = {name: WITHDRAWN for name in (kind.known_at, kind.period_end) if name is not None and name in old.values}
    return NewFact(old.kind, old.subject_kind, old.subject, WITHDRAWN, {**values_of(old), **late}, corrects=old.id)


def is_withdrawal(at: datetime) -> bool:
    """Whether a fact with this own time only takes another back."""
    return at >= WITHDRAWN


def _same_day_and_account(fact: Fact, actor: Actor, now: datetime, zone: int) -> None:
    if account_that_said(fact.said_by) != actor.account or _day(fact.recorded_at, zone) != _day(now, zone):
        raise Refused(
            "只能撤回本人当天登记的内容；其他请用“更正”。",
            "Only what you recorded yourself today can be taken back; correct anything else.",
        )


def _day(at: datetime, zone: int) -> date:
    return at.astimezone(timezone(timedelta(seconds=zone))).date()
