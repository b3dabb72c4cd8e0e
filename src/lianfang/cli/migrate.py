"""`lianfang migrate`: bring the tables of the database up to this version of the program."""

from __future__ import annotations

import typer

from lianfang.cli.district import district, unmigrated
from lianfang.cli.lang import Lang, LangOption, say
from lianfang.cli.refusal import door


@door
def migrate(lang: LangOption = Lang.ZH) -> None:
    """把数据库的表升到本版本。 Bring the database's tables up to date."""
    with district():
        from django.core.management import call_command

        missing = unmigrated()
        call_command("migrate", interactive=False, verbosity=0)
        typer.echo(say(lang, f"已应用 {len(missing)} 项变更", f"applied {len(missing)} changes"))
