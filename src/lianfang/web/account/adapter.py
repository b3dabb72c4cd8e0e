"""How the sign-in library fits an office: nobody registers oneself, no mail is needed, factors are sealed."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse

from lianfang.ledger.sealed import seal, unseal


class OfficeAccounts(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Accounts are made by the administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody registers oneself."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """No mail is sent: an office may have no mail server, and nothing here waits for one."""

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


def visitor_address(request: HttpRequest) -> str:
    """The network address of whoever asks, behind as many of our own proxies as the settings say."""
    return get_client_ip(request) or ""
