"""Return what was handed in, with the reason: it is to be handed in again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from lianfang.acts.in_force import in_force
from lianfang.acts.known import check, obligation_thing
from lianfang.acts.recorded import Recorded
from lianfang.acts.refused import Refused
from lianfang.acts.say_obligation import say
from lianfang.acts.task_step import RETURNED, answer_values, handed_in, must_be_handed_in
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import RETURN_TASK


def return_task(number: str | UUID, why: str, *, actor: Actor, now: datetime, key: str = "") -> Recorded:
    """Return a task; the unit that handed it in reads `why`."""
    if not why.strip():
        raise Refused("退回须写明理由。", "Say why it is returned.")
    row = handed_in(number)
    check(actor, RETURN_TASK, obligation_thing(row, kind="task"))
    must_be_handed_in(row)
    kind, values = answer_values(in_force(now), row, RETURNED)
    return say(
        row, kind, values, act=RETURN_TASK, text=why, note="return", to_unit=row.owner, actor=actor, now=now, key=key
    )
