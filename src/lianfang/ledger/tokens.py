"""Tokens of other systems: made once, kept as a digest, counted by the minute."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import connection

from lianfang.core.access.actor import Actor
from lianfang.ledger.actors import actor_in
from lianfang.ledger.models import Holding, Token

_COUNT = """
UPDATE token SET used = CASE WHEN minute = %(minute)s THEN used + 1 ELSE 1 END, minute = %(minute)s
WHERE digest = %(digest)s AND (ended_at IS NULL OR ended_at > %(now)s)
RETURNING holding_id, used, per_minute
"""


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a token: who acts by it (None: nobody, it is not valid), and whether it asked too often."""

    actor: Actor | None
    too_often: bool = False


def make_token(name: str, holding: Holding, per_minute: int, *, now: datetime) -> str:
    """A new token for a system that acts in a post; it is shown this once and cannot be read again."""
    text = secrets.token_urlsafe(32)
    Token.objects.create(name=name, digest=digest_of(text), holding=holding, per_minute=per_minute, created_at=now)
    return text


def digest_of(text: str) -> str:
    """What is kept of a token."""
    return sha256(text.encode()).hexdigest()


def use(text: str, *, now: datetime) -> Use:
    """Count one use of a token and say who acts by it."""
    values: dict[str, str | int | datetime] = {
        "digest": digest_of(text),
        "minute": int(now.timestamp()) // 60,
        "now": now,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, values)
        row = cursor.fetchone()
    if row is None:
        return Use(None)
    holding, used, per_minute = row
    if used > per_minute:
        return Use(None, too_often=True)
    return Use(actor_in(Holding.objects.select_related("account", "unit").get(pk=holding), now))
