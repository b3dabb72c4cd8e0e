"""How long somebody stays signed in without doing anything, and what a page does when that time is over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from lianfang.core.access.actor import Duty
from lianfang.ledger.actors import actors_of
from lianfang.ledger.models import Account
from lianfang.web.account.adapter import SIGN_OUT, note

Answer = Callable[[HttpRequest], HttpResponse]

SEEN = "seen"
"""Session key: the minute (since 1970 UTC) of the last thing done by hand."""

ON_THE_MOVE = frozenset({Duty.GRID, Duty.CITIZEN})
"""Duties done from a phone between doors: they stay signed in for the whole session."""


def session_limits(answer: Answer) -> Answer:
    """Middleware: ends a session at a desk that nobody touched for the time set.

    A page that refreshes itself does not count as somebody.
    """

    def through(request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            _watch(request, timezone.now())
        return _tell_fragments(request, answer(request))

    return through


def _watch(request: HttpRequest, now: datetime) -> None:
    minute = int(now.timestamp()) // 60
    seen = request.session.get(SEEN, minute)
    if minute - seen >= settings.IDLE_MINUTES and not _on_the_move(request, now):
        note(SIGN_OUT, cast(Account, request.user), request, reason="idle")
        logout(request)
        text = gettext("%(minutes)s 分钟没有动作，已自动退出。请重新登录。") % {"minutes": settings.IDLE_MINUTES}
        messages.info(request, text)
    elif SEEN not in request.session or (minute != seen and "X-Refresh" not in request.headers):
        request.session[SEEN] = minute


def _on_the_move(request: HttpRequest, now: datetime) -> bool:
    duties = {duty for actor in actors_of(cast(Account, request.user), now) for duty in actor.duties}
    return bool(duties) and duties <= ON_THE_MOVE


def _tell_fragments(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A part of a page cannot show the sign-in page: it is told to go there as a whole."""
    entrance = reverse(settings.LOGIN_URL)
    leads = response.headers.get("Location", "") if isinstance(response, HttpResponseRedirect) else ""
    if "HX-Request" not in request.headers or not leads.startswith(entrance):
        return response
    return HttpResponse(status=401, headers={"HX-Redirect": entrance})
