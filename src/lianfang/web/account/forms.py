"""The sign-in forms in our words."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy


class SignIn(LoginForm):  # type: ignore[misc]  # the library has no types
    """Account name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = {"login": gettext_lazy("账号"), "password": gettext_lazy("密码")}
        for name, label in named.items():
            field: forms.Field = self.fields[name]
            field.label, field.help_text = label, ""
            field.widget.attrs.pop("placeholder", None)
        self.fields["login"].widget.attrs["autofocus"] = True


class AddPasskey(AddWebAuthnForm):  # type: ignore[misc]  # the library has no types
    """A name for the passkey, and whether it stands in for the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = gettext_lazy("给它起个名称")
        self.fields["passwordless"].label = gettext_lazy("登录时不用输密码")
        self.fields["passwordless"].help_text = gettext_lazy(
            "设备会核对指纹、面容或开机密码。不勾选，则只作密码之外的第二道核对。"
        )


class OneTimeCode(AuthenticateForm):  # type: ignore[misc]  # the library has no types
    """The code asked for after the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named_code(self)


class FirstOneTimeCode(ActivateTOTPForm):  # type: ignore[misc]  # the library has no types
    """The first code, which proves that the app is set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named_code(self)


def named_code(form: forms.Form) -> None:
    """Call the code what the page above it calls it."""
    form.fields["code"].label = gettext_lazy("口令")
    form.fields["code"].widget.attrs.pop("placeholder", None)
