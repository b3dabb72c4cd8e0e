"""A resident objects to a measure; disease control or the town answers, and both stay on record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from lianfang.acts.known import check, subject_of, thing_of
from lianfang.acts.refused import Refused
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import APPEAL
from lianfang.ledger import journal
from lianfang.ledger.models import Loop, Note
from lianfang.ledger.sent import once

KIND, ANSWER = "appeal", "appeal_answer"
LONGEST = 2_000


def appeal(loop: str | UUID, why: str, *, actor: Actor, now: datetime, key: str = "") -> int:
    """Object to the measure that a loop of one's own stands for; gives the number of the appeal.

    One appeal at a time for each loop: the next one when the first has been answered. It changes no obligation.
    """
    text = _said(why)
    found = _own(loop)
    check(actor, APPEAL, thing_of(subject_of(found.subject_kind, found.subject), now))

    def do() -> Mapping[str, object]:
        return {"appeal": _write(found, text, actor, now)}

    with transaction.atomic():
        return int(str(once(actor, key, APPEAL, do, now=now)["appeal"]))


def unanswered(loop: str | UUID) -> bool:
    """Whether the last word about a loop is an appeal."""
    last = Note.objects.filter(about=str(loop), kind__in=(KIND, ANSWER)).order_by("-at", "-id").first()
    return last is not None and last.kind == KIND


def _write(loop: Loop, text: str, actor: Actor, now: datetime) -> int:
    Loop.objects.select_for_update().filter(pk=loop.pk).first()
    if unanswered(loop.pk):
        raise Refused(
            "这项措施的申诉还没有答复；请等答复后再补充。",
            "An appeal about this measure is still waiting for its answer; wait for it before you add to it.",
        )
    note = Note.objects.create(about=str(loop.pk), kind=KIND, text=text, at=now, by=actor.account, post=actor.post)
    journal.write(actor, APPEAL, f"{loop.subject_kind}:{loop.subject}", now=now, details={"loop": str(loop.pk)})
    return int(note.pk)


def _own(loop: str | UUID) -> Loop:
    try:
        found = Loop.objects.filter(pk=UUID(str(loop))).first()
    except ValueError:
        found = None
    if found is None:
        raise Refused("没有这项措施，可能已经结束；请刷新页面。", "There is no such measure; it may be over. Reload.")
    return found


def _said(why: str) -> str:
    text = why.strip()
    if not text or len(text) > LONGEST:
        raise Refused(
            f"申诉须写明理由，最多 {LONGEST} 字，现有 {len(text)} 字。",
            f"An appeal says why in 1 to {LONGEST} characters, found {len(text)}.",
        )
    return text
