"""`lianfang doctor`: what is wrong with this installation, each with what to do; exit code 1 if anything is."""

from __future__ import annotations

from datetime import datetime

import typer

from lianfang.cli.district import district
from lianfang.cli.findings import AFTER, BEFORE, Check
from lianfang.cli.lang import Lang, LangOption, say
from lianfang.cli.refusal import door
from lianfang.core.complaint import Complaint

UNWELL = 1


@door
def doctor(lang: LangOption = Lang.ZH) -> None:
    """检查这套系统：哪里不对，怎么办。 Look this installation over: what is wrong, what to do."""
    with district():
        from django.utils import timezone

        now = timezone.now()
        found = [_look(check, now, lang) for check in BEFORE]
        if any(each is not None and each.id in STOPPING for each in found):
            typer.echo(say(lang, "其余检查要等表升级后再做", "the other checks wait until the tables are up to date"))
        else:
            found += [_look(check, now, lang) for check in AFTER]
    if any(each is not None and each.level == "error" for each in found):
        raise typer.Exit(UNWELL)


STOPPING = frozenset({"doctor:old-tables", "doctor:database"})


def _look(check: tuple[str, str, Check], now: datetime, lang: Lang) -> Complaint | None:
    """One check, said in one line; one that cannot be carried out is a finding too."""
    from django.db import Error

    zh, en, ask = check
    try:
        found = ask(now)
    except Error as fault:
        found = _unanswered(str(fault))
    word = say(lang, zh, en)
    if found is None:
        typer.echo(f"  ✓ {word}")
    else:
        typer.echo(f"  ✗ {word}  {found.show('en' if lang == 'en' else 'zh')}")
    return found


def _unanswered(fault: str) -> Complaint:
    return Complaint(
        id="doctor:database",
        file="database",
        zh="数据库不回答",
        en="the database does not answer",
        found=fault.strip(),
        do_zh="检查 LIANFANG_DATABASE_URL；用自带数据库时看数据文件夹 database/log",
        do_en="check LIANFANG_DATABASE_URL; for the database that comes along see database/log in the var folder",
    )
