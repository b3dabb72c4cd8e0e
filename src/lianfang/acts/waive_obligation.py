"""Waive an obligation where the plan allows it: who approved, and why."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from lianfang.acts.in_force import in_force
from lianfang.acts.known import check, obligation_of, obligation_thing
from lianfang.acts.recorded import Recorded
from lianfang.acts.refused import Refused
from lianfang.acts.say_obligation import say
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import WAIVE_OBLIGATION
from lianfang.core.obligations.fitting import fitting


def waive_obligation(number: str | UUID, why: str, *, actor: Actor, now: datetime, key: str = "") -> Recorded:
    """Waive what a subject owes, with the reason; refused where the plan provides for no waiver."""
    if not why.strip():
        raise Refused("豁免须写明理由。", "Say why it is waived.")
    row = obligation_of(number)
    check(actor, WAIVE_OBLIGATION, obligation_thing(row))
    force = in_force(now)
    found = force.requirements.get((row.measure, row.requirement))
    if found is None or found[1].waiver is None:
        raise Refused(
            "方案没有规定这一项可以豁免；确须调整的，请修改方案或更正开启它的事实。",
            "The plan provides for no waiver here; change the plan, or correct the fact that opened this.",
        )
    fit = fitting(force.plan, found[1].waiver)
    own = {"approved_by": actor.post or actor.name, "reason": why.strip()}
    given = {name: value for name, value in own.items() if name in fit.kind.columns}
    return say(row, fit.kind.id, {**fit.values, **given}, act=WAIVE_OBLIGATION, text=why, actor=actor, now=now, key=key)
