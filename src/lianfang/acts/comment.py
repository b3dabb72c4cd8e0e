"""Say something about an obligation, a loop or a subject; it stays there through every evaluation."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from lianfang.acts.known import check, obligation_of, obligation_thing, subject_of, thing_of
from lianfang.acts.refused import Refused
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import COMMENT
from lianfang.core.access.thing import Thing
from lianfang.ledger import journal
from lianfang.ledger.models import Note

LONGEST = 2_000


def comment(about: str | UUID, text: str, *, actor: Actor, now: datetime) -> int:
    """Leave a comment; gives its number. `about` is the number of an obligation, or a subject as `kind:id`."""
    said = text.strip()
    if not said or len(said) > LONGEST:
        raise Refused(
            f"留言须有内容，最多 {LONGEST} 字，现有 {len(said)} 字。",
            f"A comment has 1 to {LONGEST} characters, found {len(said)}.",
        )
    check(actor, COMMENT, thing_about(str(about), now))
    with transaction.atomic():
        note = Note.objects.create(
            about=str(about), kind="comment", text=said, at=now, by=actor.account, post=actor.post
        )
        journal.write(actor, COMMENT, str(about), now=now)
    return int(note.pk)


def thing_about(about: str, now: datetime) -> Thing:
    """What a note or an attachment is about, as the rules see it."""
    kind, colon, subject = about.partition(":")
    if colon:
        return thing_of(subject_of(kind, subject), now)
    return obligation_thing(obligation_of(about))
