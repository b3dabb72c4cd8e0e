"""Plan, foresee or apply an import: a small one at once, a large one as a job with its progress."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from threading import Thread
from typing import Any

from django.db import connection, transaction

from lianfang.acts.apply_intake import Tell, apply_intake
from lianfang.acts.intake_causes import intake_causes
from lianfang.acts.plan_intake import intake_of, plan_intake
from lianfang.acts.refused import Refused
from lianfang.core.access.actor import Actor
from lianfang.ledger import progress
from lianfang.ledger.actors import actors_of
from lianfang.ledger.models import Account, IntakeRow, Progress
from lianfang.ledger.progress import Step
from lianfang.ledger.queue import defer

JOB = "intake"
PLAN, FORESEE, APPLY = "plan", "foresee", "apply"
SMALL = 500
"""Up to so many rows nobody has to wait for."""

Plain = dict[str, Any]


def begin_intake(
    intake: int, step: str, letters: dict[str, str | None] | None = None, *, actor: Actor, now: datetime
) -> Progress:
    """Begin a step of an import: `plan` (with the mapping `letters`), `foresee` what it causes, or `apply`.

    Another job of the same import that is still on the list is called off: a killed one is begun again like this, and
    whichever comes second finds the work done. A small import is done when this returns; its refusal is raised.
    """
    row = intake_of(intake, actor)
    with transaction.atomic():
        for old in Progress.objects.filter(job=JOB, about=_about(intake), state__in=progress.LIVE):
            progress.close(old.pk, progress.CANCELLED, now=now)
        cursor: Plain = {"intake": intake, "step": step, "letters": letters}
        cursor |= {"account": actor.account, "post": actor.post}
        number = progress.begin(JOB, _about(intake), 3, actor=actor, now=now, cursor=cursor)
        small = int(row.mapping.get("rows", 0)) <= SMALL
        if not small:
            defer(JOB, once=f"{JOB}-{number}", progress=number)
    if small:
        _run_or_say(number, cursor, actor, now)
    return Progress.objects.get(pk=number)


def _run_or_say(number: int, cursor: Plain, actor: Actor, now: datetime) -> None:
    try:
        _run(number, cursor, actor, now, lambda done, total: None)
    except Refused as why:
        progress.close(number, progress.FAILED, now=now, message=f"{why.zh} / {why.en}")
        raise


def run_intake(number: int, *, now: datetime) -> None:
    """Do the step of a job; one that was killed is done again, and nothing of it is done twice."""
    taken = progress.take_up(number, now=now)
    if taken is None:
        return
    try:
        actor = _actor(dict(taken.cursor), now)
        _run(number, dict(taken.cursor), actor, now, lambda done, total: _aside(number, done, taken, now))
    except Refused as why:
        progress.close(number, progress.FAILED, now=now, message=f"{why.zh} / {why.en}")


def latest(intake: int, step: str = "") -> Progress | None:
    """The newest job of an import, or the newest of one step."""
    rows = Progress.objects.filter(job=JOB, about=_about(intake))
    return (rows.filter(cursor__step=step) if step else rows).order_by("-pk").first()


def choices_digest(intake: int) -> str:
    """What has been decided so far, in short: tells whether what was foreseen still holds."""
    rows = IntakeRow.objects.filter(intake_id=intake).exclude(choice="").order_by("row").values_list("row", "choice")
    return sha256(repr(list(rows)).encode()).hexdigest()


def _about(intake: int) -> str:
    return f"intake:{intake}"


def _run(number: int, cursor: Plain, actor: Actor, now: datetime, tell: Tell) -> None:
    intake, step = int(cursor["intake"]), cursor["step"]
    with transaction.atomic():
        if step == PLAN:
            plan_intake(intake, cursor["letters"], actor=actor, now=now)
        elif step == FORESEE:
            cursor = {**cursor, "causes": intake_causes(intake, actor=actor, now=now).plain}
            cursor["choices"] = choices_digest(intake)
        else:
            applied = apply_intake(intake, actor=actor, now=now, tell=tell)
            cursor = {**cursor, "facts": applied.facts, "persons": applied.persons}
        Progress.objects.filter(pk=number).update(cursor=cursor, done=3)
        progress.close(number, progress.DONE, now=now)


def _aside(number: int, done: int, taken: Step, now: datetime) -> None:
    """Note how far the one transaction is, beside it: what it writes itself nobody sees before its end."""

    def note() -> None:
        progress.advance(number, Step(done, taken.cursor), now=now)
        connection.close()

    beside = Thread(target=note)
    beside.start()
    beside.join()


def _actor(cursor: Plain, now: datetime) -> Actor:
    """Who asked for it, in the post she had then if she holds it still."""
    account = Account.objects.filter(username=cursor.get("account", ""), is_active=True).first()
    if account is None:
        raise Refused("办理人的账号已停用。", "The account that asked for it is closed.")
    post = cursor.get("post")
    found = next((one for one in actors_of(account, now) if one.post == post), None)
    if found is None:
        raise Refused("办理人已不在原来的岗位。", "Whoever asked for it no longer holds the post.")
    return found
