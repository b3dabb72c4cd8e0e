"""Release a bulletin, or turn it down: never by the person who drafted it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from lianfang.acts.known import district
from lianfang.acts.read_bulletins import ABOUT, DRAFT, RELEASED, TURNED_DOWN
from lianfang.acts.refused import Refused, demand
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import CONFIRM_PLAN
from lianfang.core.access.may import different_person, may
from lianfang.ledger import journal
from lianfang.ledger.models import Note

NAME = "release_bulletin"


def release_bulletin(number: int, *, actor: Actor, now: datetime, turn_down: str = "") -> bool:
    """Publish a draft, or with `turn_down` (why) send it back; False if somebody has decided already."""
    draft = Note.objects.filter(pk=number, kind=DRAFT, about=DRAFT).first()
    if draft is None:
        raise Refused("没有这份公告草稿；请刷新页面。", "There is no such draft; reload the page.")
    demand(different_person(may(actor, CONFIRM_PLAN, district(actor)), actor, draft.by))
    about, kind = f"{ABOUT}{number}", TURNED_DOWN if turn_down else RELEASED
    with transaction.atomic():
        Note.objects.select_for_update().get(pk=number)
        if Note.objects.filter(about=about, kind__in=(RELEASED, TURNED_DOWN)).exists():
            return False
        Note.objects.create(about=about, kind=kind, text=turn_down, at=now, by=actor.account, post=actor.post)
        journal.write(actor, NAME, about, now=now, reason=turn_down, details={"released": not turn_down})
    return True
