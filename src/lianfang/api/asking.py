"""Who asks: a system by its token, or somebody who is signed in."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer, SessionAuth

from lianfang.api.problems import Stopped
from lianfang.core.access.actor import Actor
from lianfang.core.access.filter import Filter, Nothing
from lianfang.core.access.may import may
from lianfang.core.access.scope import scope
from lianfang.core.access.thing import Thing
from lianfang.ledger.actors import actors_of
from lianfang.ledger.tokens import use

POST_KEY = "post"


class Asking(HttpRequest):
    """A request with who asks, and when."""

    actor: Actor
    now: datetime


class ByToken(HttpBearer):
    """`Authorization: Bearer …`: a system with the jurisdiction of the post it was given."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """The actor behind the token; too many requests in a minute are refused."""
        asked = cast(Asking, request)
        asked.now = timezone.now()
        found = use(token, now=asked.now)
        if found.too_often:
            raise Stopped(
                429, "这个令牌一分钟内问得太多，请稍后再来。", "This token asked too often within a minute; try later."
            )
        if found.actor is not None:
            asked.actor = found.actor
        return found.actor


class BySession(SessionAuth):
    """Somebody who is signed in, acting for the post chosen in the browser."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        """The actor of the session."""
        if not request.user.is_authenticated:
            return None
        asked = cast(Asking, request)
        asked.now = timezone.now()
        actors = actors_of(request.user, asked.now)
        chosen = [actor for actor in actors if actor.post == request.session.get(POST_KEY)]
        asked.actor = (*chosen, *actors)[0]
        return asked.actor


def seen(request: Asking, act: str) -> Filter:
    """What the asker may see for an act; stopped if that is nothing at all."""
    filter = scope(request.actor, act)
    if isinstance(filter, Nothing):
        verdict = may(request.actor, act, Thing("subject", ""))
        raise Stopped(403, verdict.zh, verdict.en)
    return filter
