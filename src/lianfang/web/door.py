"""The door of every page: who is asking, for which post, at which instant, and whether they may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lianfang.core.access.actor import Actor
from lianfang.core.access.filter import Filter, Nothing
from lianfang.core.access.may import may
from lianfang.core.access.scope import scope
from lianfang.core.access.thing import Thing
from lianfang.ledger.actors import actors_of
from lianfang.ledger.models import Account

POST_KEY = "post"
"""Session key of the post (a holding's number) the account acts for now."""

View = Callable[..., HttpResponse]


class Asked(HttpRequest):
    """A request that came through a door."""

    actor: Actor
    actors: tuple[Actor, ...]
    now: datetime
    as_of: datetime
    scope: Filter


def door(act: str) -> Callable[[View], View]:
    """Open a page to those who may do `act` somewhere; the page itself shows only what `request.scope` lets through."""

    def wrap(view: View) -> View:
        @wraps(view)
        def through(request: Asked, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            enter(request, act)
            if isinstance(request.scope, Nothing):
                return refused(request, act)
            return view(request, *args, **kwargs)

        through.door = act  # type: ignore[attr-defined]  # a test walks all URLs and reads it
        return through

    return wrap


def public_door(view: View) -> View:
    """Open a page to everybody, without an account; such pages never carry a person."""

    @wraps(view)
    def through(request: Asked, *args: Any, **kwargs: Any) -> HttpResponse:
        request.now = request.as_of = timezone.now()
        return view(request, *args, **kwargs)

    through.door = ""  # type: ignore[attr-defined]
    return through


def enter(request: Asked, act: str) -> None:
    """Put actor, instants and scope on the request; `now` is read here and nowhere else."""
    request.now = timezone.now()
    request.as_of = _as_of(request)
    request.actors = actors_of(cast(Account, request.user), request.now)
    request.actor = _chosen(request)
    request.scope = scope(request.actor, act)


def refused(request: Asked, act: str, thing: Thing | None = None) -> HttpResponse:
    """The page that says why not; without a thing, why nowhere."""
    verdict = may(request.actor, act, thing or Thing("subject", ""))
    return render(request, "parts/refused.html", {"verdict": verdict}, status=403)


def _chosen(request: Asked) -> Actor:
    wanted = request.session.get(POST_KEY)
    found = [actor for actor in request.actors if actor.post == wanted]
    return (*found, *request.actors)[0]


def _as_of(request: Asked) -> datetime:
    """The end of an earlier day asked for by `?as_of=2026-11-20`, else now."""
    asked = request.GET.get("as_of", "")
    try:
        day = datetime.fromisoformat(asked)
    except ValueError:
        return request.now
    day = timezone.make_aware(day) if timezone.is_naive(day) else day
    end = day if "T" in asked else day + timedelta(days=1) - timedelta(seconds=1)
    return min(end, request.now)
