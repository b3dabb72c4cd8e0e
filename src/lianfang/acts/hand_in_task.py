"""Hand in what a task asks for, with a note and files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from lianfang.acts.evidence import usual_answer_of
from lianfang.acts.in_force import in_force
from lianfang.acts.known import check, obligation_of, obligation_thing
from lianfang.acts.recorded import Recorded
from lianfang.acts.refused import Refused
from lianfang.acts.say_obligation import say
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import HAND_IN_TASK
from lianfang.core.obligations.answers import Answer

NOTE = "evidence"
"""The column of a task's report that says what was done."""


def hand_in_task(
    number: str | UUID,
    note: str = "",
    values: Mapping[str, object] | None = None,
    *,
    files: Sequence[tuple[str, bytes]] = (),
    actor: Actor,
    now: datetime,
    key: str = "",
) -> Recorded:
    """Hand in the evidence of a task's obligation: `values` for the fields its plan asks for, `files` (name, bytes)."""
    row = obligation_of(number)
    check(actor, HAND_IN_TASK, obligation_thing(row))
    answer = usual_answer_of(row, in_force(now))
    if answer is None or answer.completes:
        raise Refused("这一项不能上报。", "This cannot be handed in.")
    given = {**answer.values, **_noted(answer, note), **(values or {})}
    missing = [column for column in answer.fields if given.get(column.name) in (None, "")]
    if missing:
        zh, en = "、".join(column.zh for column in missing), ", ".join(column.en for column in missing)
        raise Refused(f"还须填写：{zh}。", f"Still to be filled in: {en}.", [column.zh for column in missing])
    return say(row, answer.kind, given, act=HAND_IN_TASK, text=note, files=files, actor=actor, now=now, key=key)


def _noted(answer: Answer, note: str) -> dict[str, object]:
    columns = {column.name for column in (*answer.fields, *answer.more)}
    return {NOTE: note} if note and NOTE in columns else {}
