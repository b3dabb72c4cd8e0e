"""When a command cannot do what was asked: all complaints at once on standard error, exit code 2, never a traceback."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from functools import wraps
from typing import ParamSpec

import typer

from lianfang.cli.lang import say
from lianfang.core.complaint import Complaint

P = ParamSpec("P")

BAD_INPUT = 2
MOST_SHOWN = 200


class Refusal(Exception):
    """What was asked cannot be done, and why."""

    def __init__(self, complaints: Iterable[Complaint]) -> None:
        self.complaints = tuple(complaints)
        super().__init__("\n".join(c.show("en") for c in self.complaints))


def door(command: Callable[P, None]) -> Callable[P, None]:
    """Turn a refusal, or a file that cannot be read or written, into words and exit code 2."""

    @wraps(command)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> None:
        speak_utf8()
        try:
            command(*args, **kwargs)
        except Refusal as refusal:
            show_complaints(refusal.complaints, str(kwargs.get("lang", "zh")))
        except BrokenPipeError:
            raise  # the reader has gone (`| head`); the command line ends quietly
        except LookupError as error:
            show_complaints([_unknown_year(error)], str(kwargs.get("lang", "zh")))
        except OSError as error:
            show_complaints([_unusable_file(error)], str(kwargs.get("lang", "zh")))
        else:
            return
        raise typer.Exit(BAD_INPUT)

    return guarded


def show_complaints(complaints: Iterable[Complaint], lang: str) -> None:
    """Print complaints to standard error, at most 200 and then how many more; `both` prints each in both languages."""
    found = list(complaints)
    for complaint in found[:MOST_SHOWN]:
        for tongue in ("zh", "en") if lang == "both" else (lang,):
            typer.echo(complaint.show("en" if tongue == "en" else "zh"), err=True)
    if len(found) > MOST_SHOWN:
        more = len(found) - MOST_SHOWN
        typer.echo(say(lang, f"……另有 {more} 条", f"… and {more} more"), err=True)


def speak_utf8() -> None:
    """Chinese must come out whatever the machine's locale, and odd file names must not stop the answer."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _unknown_year(error: LookupError) -> Complaint:
    """A year that no calendar has; any other look-up that fails is a mistake of the program and goes on."""
    from lianfang.core.days.calendar import UnknownYear  # brings the compiler along, which no help page needs

    if not isinstance(error, UnknownYear):
        raise error
    return Complaint(id="plan:unknown-year", file="calendar", zh=error.zh, en=error.en)


def _unusable_file(error: OSError) -> Complaint:
    return Complaint(
        id="cli:unusable-file",
        file=str(error.filename or ""),
        zh="文件或文件夹无法使用",
        en="the file or folder cannot be used",
        found=error.strerror or str(error),
        do_zh="检查路径、权限和磁盘空间",
        do_en="check the path, the permissions and the free space",
    )
