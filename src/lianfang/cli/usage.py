"""A mistyped command is answered in Chinese and English: what is wrong, and where to look."""

from __future__ import annotations

from typing import Any, cast

import typer
from typer.core import TyperGroup

UsageError = cast(type[Exception], typer.BadParameter.__mro__[1])
"""The base of every complaint about how a command was typed; typer exports only this one child of it."""

WORDS = {
    "MissingParameter": "缺少必填项",
    "NoSuchOption": "没有这个选项",
    "BadOptionUsage": "选项用法不对",
    "BadParameter": "给的值不能用",
}
OTHERWISE = "命令写得不对"


class Doors(TyperGroup):
    """The commands; complaints about usage come out in both languages."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was typed."""
        try:
            return super().invoke(ctx)
        except UsageError as error:
            raise _in_both_languages(error) from None


def _in_both_languages(error: Any) -> Exception:
    words = WORDS.get(type(error).__name__, OTHERWISE)
    make = cast(Any, UsageError)
    return cast(Exception, make(f"{words}。 {error.format_message()}", ctx=error.ctx))
