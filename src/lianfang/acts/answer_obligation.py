"""Discharge obligations the usual way: what one tap on today's list records, also for a whole building at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from lianfang.acts.correct_fact import complete_fact
from lianfang.acts.evidence import usual_answer_of
from lianfang.acts.in_force import InForce, in_force
from lianfang.acts.known import obligation_of
from lianfang.acts.record_fact import record_facts, record_said
from lianfang.acts.recorded import Recorded, Trouble
from lianfang.acts.refused import Refused
from lianfang.acts.write_facts import Said
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import RECORD_FACT
from lianfang.core.obligations.answers import Answer
from lianfang.ledger.models import Obligation

Values = Mapping[str, object]


def answer_obligation(
    number: str | UUID,
    values: Values | None = None,
    *,
    quiet: bool = False,
    at: datetime | None = None,
    actor: Actor,
    now: datetime,
    key: str = "",
) -> Recorded:
    """Record the fact that usually discharges the obligation, with the form's `values`; `quiet` is the rarer answer."""
    force, row = in_force(now), obligation_of(number)
    answer = _answer(force, row, quiet)
    if answer.completes:
        return complete_fact(_parent_evidence(row), values or {}, actor=actor, now=now, key=key)
    said = _said(row, answer, values or {}, at)
    return record_said(said, act=RECORD_FACT, actor=actor, now=now, key=key)


def answer_obligations(
    numbers: Sequence[str | UUID], values: Values | None = None, *, actor: Actor, now: datetime, key: str = ""
) -> Recorded:
    """The same usual answer for many obligations; one fact a subject and kind, however many it discharges."""
    force = in_force(now)
    said: list[Said] = []
    places: list[int] = []
    refused: list[Trouble] = []
    for place, number in enumerate(numbers):
        try:
            row = obligation_of(number)
            one = _said(row, _one_tap(force, row, values or {}), values or {}, None)
        except Refused as why:
            refused.append(Trouble(place, why.zh, why.en))
            continue
        if one not in said:
            said.append(one)
            places.append(place)
    done = record_facts(said, actor=actor, now=now, key=key)
    more = (Trouble(places[trouble.place], trouble.zh, trouble.en) for trouble in done.refused)
    every = sorted((*refused, *more), key=lambda trouble: trouble.place)
    return Recorded(done.facts, done.opened, done.closed, done.released, tuple(every), done.job)


def _answer(force: InForce, row: Obligation, quiet: bool = False) -> Answer:
    answer = usual_answer_of(row, force)
    if answer is None:
        raise Refused(
            "这一项在开启时当场判定，不能补记；请核对或更正开启它的事实。",
            "This was decided when the loop opened and cannot be recorded; check or correct the fact that opened it.",
        )
    if quiet:
        if answer.quiet is None:
            raise Refused("这一项没有“异常”一说。", "There is no other answer to this.")
        return answer.quiet
    return answer


def _one_tap(force: InForce, row: Obligation, values: Values) -> Answer:
    answer = _answer(force, row)
    open_fields = [column for column in answer.fields if values.get(column.name) in (None, "")]
    if answer.completes or open_fields:
        missing = [column.zh for column in answer.fields]
        raise Refused(
            f"须逐项填写：{'、'.join(missing)}。", f"To be filled in one by one: {', '.join(missing)}.", missing
        )
    return answer


def _said(row: Obligation, answer: Answer, values: Values, at: datetime | None) -> Said:
    missing = [column for column in answer.fields if values.get(column.name) in (None, "")]
    if missing:
        zh, en = "、".join(column.zh for column in missing), ", ".join(column.en for column in missing)
        raise Refused(f"还须填写：{zh}。", f"Still to be filled in: {en}.", [column.zh for column in missing])
    return Said(answer.kind, row.subject_kind, row.subject, {**answer.values, **values}, at)


def _parent_evidence(row: Obligation) -> str:
    """The fact whose result is asked for: what discharged the obligation above."""
    above = row.requirement.rpartition("/")[0]
    found = Obligation.objects.filter(loop=row.loop, requirement=above, occurrence=row.occurrence)
    fact = found.values_list("evidence", flat=True).first()
    if not fact:
        raise Refused("还没有采样记录，不能填报结果。", "There is nothing yet whose result could be entered.")
    return str(fact)
