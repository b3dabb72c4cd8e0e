"""What a phone or a file may send twice is done once: the key of the sender decides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import connection, transaction

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
        mine = _claim(actor.account, key, act, now)
        if mine is not None:
            answer = do()
            SentOnce.objects.filter(pk=mine).update(answer=dict(answer))
            return answer
        kept = SentOnce.objects.get(account=actor.account, key=key)
    if kept.act != act:
        raise KeyUsed(
            f"键 {key!r} 已用于 {kept.act};请换一个键 / the key {key!r} was used for {kept.act}; take another one"
        )
    return dict(kept.answer)


def _claim(account: str, key: str, act: str, now: datetime) -> int | None:
    """The row of a key that is new; None when somebody sent it before. One that is just being done is waited for."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO sent_once (account, key, act, answer, at) VALUES (%s, %s, %s, '{}', %s)"
            " ON CONFLICT (account, key) DO NOTHING RETURNING id",
            [account, key, act, now],
        )
        row = cursor.fetchone()
    return None if row is None else int(row[0])
