"""Accept what was handed in: the task is done with it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from lianfang.acts.in_force import in_force
from lianfang.acts.known import check, obligation_thing
from lianfang.acts.recorded import Recorded
from lianfang.acts.say_obligation import say
from lianfang.acts.task_step import ACCEPTED, answer_values, handed_in, must_be_handed_in
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import ACCEPT_TASK


def accept_task(number: str | UUID, text: str = "", *, actor: Actor, now: datetime, key: str = "") -> Recorded:
    """Accept a task; `number` is the obligation to hand in or the one to answer it."""
    row = handed_in(number)
    check(actor, ACCEPT_TASK, obligation_thing(row, kind="task"))
    must_be_handed_in(row)
    kind, values = answer_values(in_force(now), row, ACCEPTED)
    return say(row, kind, values, act=ACCEPT_TASK, text=text, actor=actor, now=now, key=key)
