"""One's own account: where to begin, which post to act for, which language, what protects it."""

from __future__ import annotations

from typing import cast

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from lianfang.ledger.actors import actors_of
from lianfang.ledger.models import Account
from lianfang.web.door import POST_KEY
from lianfang.web.parts.chrome import around


@login_required
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Where a post begins: the first page of its menu, else the own account."""
    pages = around(request).pages
    return redirect(pages[0].address if pages else "account")


@login_required
@require_POST
def post(request: HttpRequest) -> HttpResponse:
    """Act for another post that the account holds."""
    wanted = request.POST.get("post", "")
    actor = next((one for one in actors_of(cast(Account, request.user), timezone.now()) if one.post == wanted), None)
    if actor is None:
        messages.error(request, gettext("您现在不任这个岗位，没有换岗。"))
    else:
        request.session[POST_KEY] = actor.post
        messages.success(request, gettext("现在的岗位：%(post)s") % {"post": actor.post})
    return redirect("start")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Read in another language; kept in this browser and with the account."""
    wanted = request.POST.get("language", "")
    wanted = wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    if request.user.is_authenticated:
        Account.objects.filter(pk=request.user.pk).update(language=wanted)
    translation.activate(wanted)
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = redirect(back if safe else "start")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        wanted,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
        httponly=True,
    )
    return response


@login_required
@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """One's own account: posts, second factor, passkeys, devices, password."""
    factors = list(Authenticator.objects.filter(user=request.user))
    kinds = [factor.type for factor in factors]
    return render(
        request,
        "account/account.html",
        {
            "totp": Authenticator.Type.TOTP in kinds,
            "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
            "codes": Authenticator.Type.RECOVERY_CODES in kinds,
            "devices": UserSession.objects.filter(user=request.user).count(),
        },
    )


def locked(
    request: HttpRequest, response: HttpResponse | None = None, credentials: dict[str, str] | None = None
) -> HttpResponse:
    """Too many wrong passwords from here for this name: wait, or ask the administrator."""
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    limits = {"minutes": minutes, "limit": settings.AXES_FAILURE_LIMIT}
    return render(request, "account/locked.html", limits, status=429)
