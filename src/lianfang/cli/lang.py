"""Chinese or English: the switch every command has, and the words for both."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

import typer

Tongue = Literal["zh", "en"]


class Lang(StrEnum):
    """A language of the output."""

    ZH = "zh"
    EN = "en"


class Langs(StrEnum):
    """A language of an explanation; `both` prints Chinese, then English."""

    ZH = "zh"
    EN = "en"
    BOTH = "both"

    def each(self) -> tuple[Tongue, ...]:
        """The languages meant, Chinese first."""
        return ("zh", "en") if self is Langs.BOTH else ("zh",) if self is Langs.ZH else ("en",)


LangOption = Annotated[Lang, typer.Option(envvar="LIANFANG_LANG", help="中文或英文 / Chinese or English")]


def say(lang: str, zh: str, en: str) -> str:
    """The English words for `en`, the Chinese for anything else."""
    return en if lang == "en" else zh
