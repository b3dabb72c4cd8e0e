"""`lianfang create-admin NAME`: the first account, which makes all others."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from lianfang.cli.district import district
from lianfang.cli.lang import Lang, LangOption, say
from lianfang.cli.refusal import Refusal, door
from lianfang.core.complaint import Complaint


@door
def create_admin(
    name: Annotated[str, typer.Argument(metavar="NAME", help="账号名 / account name")],
    unit: Annotated[
        str, typer.Option(metavar="UNIT", help="所在单位编号；不填为最上级 / unit; the root if not given")
    ] = "",
    lang: LangOption = Lang.ZH,
) -> None:
    """建立第一个管理账号；密码从标准输入或提示读入。 Make the first administrator; the password is asked for."""
    with district():
        password = _password(lang)
        _make(name, password, unit)
        typer.echo(say(lang, f"已建立管理账号 {name}", f"made the administrator {name}"))


def _password(lang: Lang) -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    return str(typer.prompt(say(lang, "密码", "password"), hide_input=True, confirmation_prompt=True))


def _make(name: str, password: str, unit: str) -> None:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.utils import timezone

    from lianfang.acts.make_administrator import make_administrator
    from lianfang.acts.refused import Refused

    try:
        validate_password(password)
        make_administrator(name, password, unit, now=timezone.now())
    except ValidationError as fault:
        raise Refusal([_refused(name, "；".join(fault.messages), "; ".join(fault.messages))]) from fault
    except Refused as fault:
        raise Refusal([_refused(name, fault.zh, fault.en)]) from fault


def _refused(name: str, zh: str, en: str) -> Complaint:
    return Complaint(id="create-admin:refused", file=name, zh=zh, en=en)
