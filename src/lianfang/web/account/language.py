"""Which language somebody reads: the one chosen here, else the one kept with the account, else Chinese."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

Answer = Callable[[HttpRequest], HttpResponse]


def chosen_language(answer: Answer) -> Answer:
    """Middleware: the browser's own wish is not asked, because office computers carry whatever they came with."""

    def through(request: HttpRequest) -> HttpResponse:
        with translation.override(_language(request)):
            request.LANGUAGE_CODE = translation.get_language()
            response = answer(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "")
        return response

    return through


def _language(request: HttpRequest) -> str:
    known = dict(settings.LANGUAGES)
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if cookie in known:
        return cookie
    kept: str = getattr(request.user, "language", "") if settings.SESSION_COOKIE_NAME in request.COOKIES else ""
    return kept if kept in known else settings.LANGUAGE_CODE
