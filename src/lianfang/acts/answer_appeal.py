"""Answer a resident's appeal in words she understands; the measure itself changes only by the facts behind it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from lianfang.acts.appeal import ANSWER, KIND, LONGEST, unanswered
from lianfang.acts.known import check, subject_of, thing_of
from lianfang.acts.refused import Refused
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import CORRECT_FACT
from lianfang.ledger import journal
from lianfang.ledger.models import Loop, Note

NAME = "answer_appeal"


def answer_appeal(number: int, text: str, *, actor: Actor, now: datetime) -> int:
    """Answer an appeal: whoever may correct the person's facts may; gives the number of the answer.

    Somebody else's answer that came first stays, and this one is refused.
    """
    said = text.strip()
    if not said or len(said) > LONGEST:
        raise Refused(
            f"答复须有内容，最多 {LONGEST} 字，现有 {len(said)} 字。",
            f"An answer has 1 to {LONGEST} characters, found {len(said)}.",
        )
    asked = Note.objects.filter(pk=number, kind=KIND).first()
    loop = Loop.objects.filter(pk=asked.about).first() if asked is not None else None
    if asked is None or loop is None:
        raise Refused("没有这份申诉，或它所说的措施已经结束。", "There is no such appeal, or its measure is over.")
    check(actor, CORRECT_FACT, thing_of(subject_of(loop.subject_kind, loop.subject), now, kind="fact"))
    with transaction.atomic():
        return _write(asked, loop, said, actor, now)


def _write(asked: Note, loop: Loop, said: str, actor: Actor, now: datetime) -> int:
    Loop.objects.select_for_update().filter(pk=loop.pk).first()
    if not unanswered(loop.pk):
        raise Refused("这份申诉已经答复过。", "This appeal has been answered already.")
    note = Note.objects.create(about=asked.about, kind=ANSWER, text=said, at=now, by=actor.account, post=actor.post)
    about = f"{loop.subject_kind}:{loop.subject}"
    journal.write(actor, NAME, about, now=now, details={"appeal": asked.pk})
    return int(note.pk)
