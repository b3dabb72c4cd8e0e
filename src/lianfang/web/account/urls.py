"""Addresses of signing in and of one's own account; of the sign-in library only the pages an office needs."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as entrance
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.usersessions import views as sessions
from axes.decorators import axes_dispatch
from django.http import HttpRequest, HttpResponse
from django.urls import path

from lianfang.web.account import views

View = Callable[..., HttpResponse]

OWN = "own account"
"""What stands at the door of pages that show somebody nothing but their own account."""


def open_to(door: str, view: View) -> View:
    """A page of the sign-in library with its door written on it: "" for everybody, OWN for whoever has signed in."""

    @wraps(view)
    def through(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    through.door = door  # type: ignore[attr-defined]  # a test walks all addresses and reads it
    return through


urlpatterns = [
    path("", open_to(OWN, views.account), name="account"),
    path("", open_to(OWN, views.account), name="mfa_index"),  # where the library goes back to
    path("start/", open_to(OWN, views.start), name="start"),
    path("post/", open_to(OWN, views.post), name="post"),
    path("language/", open_to("", views.language), name="language"),
    path("login/", open_to("", axes_dispatch(entrance.login)), name="account_login"),
    path("logout/", open_to("", entrance.logout), name="account_logout"),
    path("inactive/", open_to("", entrance.account_inactive), name="account_inactive"),
    path("again/", open_to(OWN, entrance.reauthenticate), name="account_reauthenticate"),
    path("password/", open_to(OWN, entrance.password_change), name="account_change_password"),
    path("sessions/", open_to(OWN, sessions.list_usersessions), name="usersessions_list"),
    path("factor/", open_to("", second_factor.authenticate), name="mfa_authenticate"),
    path("factor/again/", open_to(OWN, second_factor.reauthenticate), name="mfa_reauthenticate"),
    path("factor/totp/on/", open_to(OWN, totp.activate_totp), name="mfa_activate_totp"),
    path("factor/totp/off/", open_to(OWN, totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("codes/", open_to(OWN, codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("codes/new/", open_to(OWN, codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("codes/file/", open_to(OWN, codes.download_recovery_codes), name="mfa_download_recovery_codes"),
    path("passkeys/", open_to(OWN, passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("passkeys/add/", open_to(OWN, passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("passkeys/again/", open_to(OWN, passkeys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("passkeys/login/", open_to("", passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("passkeys/<int:pk>/remove/", open_to(OWN, passkeys.remove_webauthn), name="mfa_remove_webauthn"),
    path("passkeys/<int:pk>/name/", open_to(OWN, passkeys.edit_webauthn), name="mfa_edit_webauthn"),
]
