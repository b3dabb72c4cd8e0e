"""Record one fact about a subject, or the same kind of thing about many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from lianfang.acts.in_force import InForce, in_force
from lianfang.acts.known import about, check, subject_of, subjects_of, thing_of
from lianfang.acts.recorded import Recorded, Trouble, recorded
from lianfang.acts.refused import Refused
from lianfang.acts.write_facts import Said, checked, write_facts
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import RECORD_FACT, RECORD_MANY
from lianfang.ledger import journal
from lianfang.ledger.facts import NewFact
from lianfang.ledger.models import Subject
from lianfang.ledger.sent import once

MOST = 2_000
"""So many facts are recorded in one go; more come as a file."""


def record_fact(
    kind: str,
    subject_kind: str,
    subject: str,
    values: Mapping[str, object],
    *,
    at: datetime | None = None,
    actor: Actor,
    now: datetime,
    key: str = "",
) -> Recorded:
    """Record that something happened to a subject; its obligations are evaluated before this returns.

    `values` are columns of the kind of fact (vocabulary or form), `at` its own time (default: now). `key`: the same key
    sent twice by the same account is recorded once and answered alike. Refused with everything that is wrong.
    """
    said = Said(kind, subject_kind, subject, values, at)
    return record_said(said, actor=actor, now=now, key=key)


def record_said(said: Said, *, act: str = RECORD_FACT, actor: Actor, now: datetime, key: str = "") -> Recorded:
    """The same for a fact that another act puts together; `act` names the right it takes."""
    force = in_force(now)
    check(actor, act, thing_of(subject_of(said.subject_kind, said.subject), now, kind="fact", fact=said.kind))
    new = checked(force, [said], now)

    def do() -> Mapping[str, object]:
        return _write(force, new, act, about(said.subject_kind, said.subject), actor, now).plain()

    with transaction.atomic():
        return Recorded.again(once(actor, key, act, do, now=now))


def record_facts(said: Sequence[Said], *, actor: Actor, now: datetime, key: str = "") -> Recorded:
    """Record many facts at once: a whole building that is well. What may not be recorded is named, the rest is done."""
    if len(said) > MOST:
        raise Refused(
            f"一次最多登记 {MOST} 项，现有 {len(said)} 项；请分批或用导入。",
            f"At most {MOST} facts at once, found {len(said)}; send them in parts or import a file.",
        )
    force = in_force(now)
    new, refused = _allowed(force, said, actor, now)

    def do() -> Mapping[str, object]:
        kinds = "、".join(sorted({fact.kind for fact in new}))
        return _write(force, new, RECORD_MANY, f"facts:{kinds}"[:160], actor, now, refused).plain()

    with transaction.atomic():
        return Recorded.again(once(actor, key, RECORD_MANY, do, now=now))


def _allowed(
    force: InForce, said: Sequence[Said], actor: Actor, now: datetime
) -> tuple[list[NewFact], tuple[Trouble, ...]]:
    """The facts that may be recorded, and the others with the reason."""
    known = subjects_of((one.subject_kind, one.subject) for one in said)
    fine: list[Said] = []
    refused: list[Trouble] = []
    for place, one in enumerate(said):
        try:
            row = known.get((one.subject_kind, one.subject)) or subject_of(one.subject_kind, one.subject)
            _may_record_many(row, one, actor, now)
            checked(force, [one], now)
            fine.append(one)
        except Refused as why:
            refused.append(Trouble(place, why.zh, why.en))
    return checked(force, fine, now), tuple(refused)


def _may_record_many(subject: Subject, said: Said, actor: Actor, now: datetime) -> None:
    check(actor, RECORD_MANY, thing_of(subject, now, kind="fact", fact=said.kind))


def _write(
    force: InForce,
    new: Sequence[NewFact],
    act: str,
    record: str,
    actor: Actor,
    now: datetime,
    refused: tuple[Trouble, ...] = (),
) -> Recorded:
    if not new:
        return Recorded(refused=refused)
    answer = recorded(write_facts(force, new, actor=actor, now=now), refused)
    details = {"facts": list(answer.facts), "kinds": sorted({fact.kind for fact in new})}
    journal.write(actor, act, record, now=now, details=details)
    return answer
