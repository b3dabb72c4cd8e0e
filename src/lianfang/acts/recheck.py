"""Check again what was put right: by another person than the one who reported it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from lianfang.acts.in_force import in_force
from lianfang.acts.known import check, obligation_of, obligation_thing
from lianfang.acts.recorded import Recorded
from lianfang.acts.rectify import evidence_of
from lianfang.acts.refused import Refused, demand
from lianfang.acts.say_obligation import say
from lianfang.acts.write_facts import account_that_said
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import RECHECK
from lianfang.core.access.may import different_person, may
from lianfang.ledger.models import Fact, Obligation

STEP, SECOND, VERIFIED, FAILED = "step", "second_person", "verified", "failed"


def recheck(
    number: str | UUID,
    ok: bool,
    note: str = "",
    *,
    files: Sequence[tuple[str, bytes]] = (),
    actor: Actor,
    now: datetime,
    key: str = "",
) -> Recorded:
    """Enter the result of the second look: `ok` ends the matter, otherwise it is to be put right again.

    Refused to the account that reported the rectification.
    """
    row = obligation_of(number)
    thing = obligation_thing(row)
    check(actor, RECHECK, thing)
    demand(different_person(may(actor, RECHECK, thing), actor, _who_rectified(row)))
    fit = evidence_of(in_force(now), row)
    if STEP not in fit.kind.columns:
        raise Refused("这一项不是复查。", "This is no recheck.")
    values = {**fit.values, STEP: VERIFIED if ok else FAILED}
    if SECOND in fit.kind.columns:
        values[SECOND] = True
    return say(row, fit.kind.id, values, act=RECHECK, text=note, files=files, actor=actor, now=now, key=key)


def _who_rectified(row: Obligation) -> str:
    """The account that reported what is to be checked: the evidence of the obligation above."""
    above = row.requirement.rpartition("/")[0]
    found = Obligation.objects.filter(loop=row.loop, requirement=above, occurrence=row.occurrence)
    fact = found.values_list("evidence", flat=True).first()
    said = Fact.objects.filter(id=fact).values_list("said_by", flat=True).first() if fact else None
    return account_that_said(said) if said else ""
