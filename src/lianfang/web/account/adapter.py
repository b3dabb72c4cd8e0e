"""How the sign-in library fits an office: nobody registers oneself, no mail is needed, factors are sealed."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any
from unicodedata import normalize

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from lianfang.ledger.actors import actors_of
from lianfang.ledger.journal import write
from lianfang.ledger.models import Account
from lianfang.ledger.sealed import seal, unseal

SIGN_IN, SIGN_OUT = "sign_in", "sign_out"
"""What the journal calls it."""


class OfficeAccounts(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Accounts are made by the administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody registers oneself."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """No mail is sent: an office may have no mail server, and nothing here waits for one."""

    def login(self, request: HttpRequest, user: Account) -> None:
        """Sign somebody in, and write it down."""
        super().login(request, user)
        note(SIGN_IN, user, request)

    def logout(self, request: HttpRequest) -> None:
        """Sign somebody out, and write it down."""
        if isinstance(request.user, Account):
            note(SIGN_OUT, request.user, request)
        super().logout(request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """After signing in: the first page of the post."""
        return reverse("start")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """After a new password: back to one's own account."""
        return reverse("account")


class OfficeFactors(DefaultMFAAdapter):  # type: ignore[misc]  # the library has no types
    """Second factors; their secrets are sealed like identity numbers."""

    def encrypt(self, text: str) -> str:
        """The sealed secret as text."""
        return b64encode(seal(text)).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again."""
        return unseal(b64decode(encrypted_text))

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        """What the authenticator app shows: the account's name."""
        return user.get_username()


def note(act: str, account: Account, request: HttpRequest, reason: str = "") -> None:
    """Write a sign-in or sign-out into the journal, with the address it came from."""
    now = timezone.now()
    about, details = f"account:{account.username}", {"address": visitor_address(request)}
    write(actors_of(account, now)[0], act, about, now=now, reason=reason, details=details)


def attempted_name(request: HttpRequest, credentials: Mapping[str, str] | None) -> str:
    """The account name somebody tries, as the sign-in finds it: capitals and spaces do not make another name."""
    tried = (credentials or {}).get("username") or request.POST.get("login", "")
    return normalize("NFKC", tried).strip().casefold()


def visitor_address(request: HttpRequest) -> str:
    """The network address of whoever asks, behind as many of our own proxies as the settings say."""
    return get_client_ip(request) or ""
