"""Why: the reasons of one obligation, one loop or one of its dates, in the fixed order of an explanation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lianfang.acts.evaluate_subjects import ALL_KNOWN, evaluation_of
from lianfang.acts.in_force import in_force
from lianfang.acts.known import obligation_of, obligation_thing, subject_of, thing_of
from lianfang.acts.refused import Refused, demand
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import SEE_OWN, SEE_SUBJECT, SEE_TODAY
from lianfang.core.access.may import may
from lianfang.core.access.thing import Thing
from lianfang.core.explain.document import Line, Topic
from lianfang.core.explain.duty import duty_lines
from lianfang.core.explain.loop import Loop as Explained
from lianfang.core.explain.loop import loops_of
from lianfang.core.explain.loop_lines import loop_lines
from lianfang.core.language.measure import Words
from lianfang.ledger.models import Loop


@dataclass(frozen=True, slots=True)
class Reason:
    """One line: what it answers (条文 … 结论) and the words for it."""

    topic: Topic
    words: Words

    @property
    def label(self) -> Words:
        """The topic in both languages; empty for the title."""
        return Words(*self.topic.value)


@dataclass(frozen=True, slots=True)
class Why:
    """The title and the reasons under it; `as_of` is the instant they hold for."""

    title: Words
    reasons: tuple[Reason, ...]
    as_of: datetime


def explain_obligation(number: str | UUID, *, actor: Actor, now: datetime, as_of: datetime | None = None) -> Why:
    """The reasons of one obligation now, or as they were known at an earlier instant."""
    row = obligation_of(number)
    _may_see(actor, obligation_thing(row))
    loop = _explained(_loop(row.loop), now, as_of)
    wanted = [r for r in loop.rows if (r["requirement"], r["occurrence"]) == (row.requirement, row.occurrence)]
    requirement = loop.requirements().get(row.requirement)
    if requirement is None or not wanted:
        raise _not_there(as_of)
    lines = duty_lines(loop, row.requirement, requirement, wanted, row.occurrence)
    return _why(lines, requirement.words, as_of or now)


def explain_loop(number: str | UUID, *, actor: Actor, now: datetime, as_of: datetime | None = None) -> Why:
    """The reasons of a loop: what opened it, its stages and their dates, what its release waits for."""
    row = _loop(number)
    _may_see(actor, thing_of(subject_of(row.subject_kind, row.subject), now))
    loop = _explained(row, now, as_of)
    return _why(loop_lines(loop, 1), loop.measure.words, as_of or now)


DATES = {
    "opened": (Topic.CLAUSE, Topic.CAUSE),
    "day_one": (Topic.CLAUSE, Topic.PARAMETER, Topic.CAUSE),
    "release": (Topic.CLAUSE, Topic.PARAMETER, Topic.CAUSE, Topic.WINDOW, Topic.CONCLUSION),
    "stages": (Topic.CLAUSE, Topic.PARAMETER, Topic.CAUSE, Topic.WINDOW),
}
"""Which lines of a loop explain which of its dates."""


def explain_date(number: str | UUID, date: str, *, actor: Actor, now: datetime, as_of: datetime | None = None) -> Why:
    """The reasons of one date of a loop: `opened`, `day_one`, `stages` or `release`."""
    if date not in DATES:
        allowed = ", ".join(DATES)
        raise Refused(f"没有日期“{date}”；可以问的有：{allowed}。", f"There is no date {date!r}; ask for {allowed}.")
    why = explain_loop(number, actor=actor, now=now, as_of=as_of)
    return Why(why.title, tuple(r for r in why.reasons if r.topic in DATES[date]), why.as_of)


def _may_see(actor: Actor, thing: Thing) -> None:
    if not any(may(actor, act, thing).allowed for act in (SEE_TODAY, SEE_OWN)):
        demand(may(actor, SEE_SUBJECT, thing))


def _loop(number: str | UUID) -> Loop:
    try:
        found = Loop.objects.filter(pk=UUID(str(number))).first()
    except ValueError:
        found = None
    if found is None:
        raise Refused(f"没有这个闭环（{number}）；请刷新页面。", f"There is no such loop ({number}); reload the page.")
    return found


def _explained(row: Loop, now: datetime, as_of: datetime | None) -> Explained:
    """The loop evaluated anew, with everything the explanation reads."""
    at = int((as_of or now).timestamp())
    force = in_force(as_of or now)
    known = ALL_KNOWN if as_of is None else at
    evaluation = evaluation_of(force, row.subject_kind, [row.subject], at, known)
    code = evaluation.facts.code(row.subject_kind, row.subject)
    if code is None or code >= len(evaluation.result.loops.first) - 1:
        raise _not_there(as_of)
    for loop in loops_of(evaluation, row.subject_kind, code):
        if loop.head["measure"] == row.measure and loop.head["opened"] == int(row.opened.timestamp()):
            return loop
    raise _not_there(as_of)


def _not_there(as_of: datetime | None) -> Refused:
    if as_of is None:
        return Refused("这一项刚刚有了变化；请刷新页面。", "This has just changed; reload the page.")
    return Refused("那一天还没有这一项。", "It did not exist on that day.")


def _why(lines: Iterator[Line], title: Words, as_of: datetime) -> Why:
    reasons = tuple(Reason(line.topic, line.words) for line in lines if line.topic is not Topic.TITLE)
    return Why(title, reasons, as_of)
