"""What a phone or a file may send twice is done once: the key of the sender decides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import transaction

from lianfang.core.access.actor import Actor
from lianfang.ledger.models import SentOnce

Answer = Mapping[str, object]


class KeyUsed(ValueError):
    """The key was given to another act before: what was sent is not the same thing again."""


def once(actor: Actor, key: str, act: str, do: Callable[[], Answer], *, now: datetime) -> Answer:
    """Do it, unless the same account sent it before with the same key: then answer what was answered the first time.

    Two that come at the same moment wait for each other. Without a key it is always done. Answers are JSON values.
    KeyUsed when the key belongs to another act.
    """
    if not key:
        return do()
    with transaction.atomic():
        mine = SentOnce(account=actor.account, key=key, act=act, at=now)
        SentOnce.objects.bulk_create([mine], ignore_conflicts=True)
        kept = SentOnce.objects.select_for_update().get(account=actor.account, key=key)
        if kept.act != act:
            raise KeyUsed(
                f"键 {key!r} 已用于 {kept.act};请换一个键 / the key {key!r} was used for {kept.act}; take another one"
            )
        if kept.answered:
            return dict(kept.answer)
        kept.answer, kept.answered = dict(do()), True
        kept.save(update_fields=["answer", "answered"])
        return dict(kept.answer)
