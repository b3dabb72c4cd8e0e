"""`lianfang import FILE`: what a sheet would change, row by row; and only with --apply it changes it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lianfang.cli.district import district
from lianfang.cli.lang import Lang, LangOption, say
from lianfang.cli.officer import AsOption, UnitOption, officer, refusal
from lianfang.cli.refusal import MOST_SHOWN, door

if TYPE_CHECKING:
    from collections.abc import Mapping

OUTCOMES = {
    "new": ("新增", "new"),
    "same": ("相同", "same"),
    "changed": ("更改", "changed"),
    "conflict": ("冲突", "in conflict"),
    "refused": ("不收", "refused"),
}


@door
def intake(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="xlsx、xls 或 csv / a sheet")
    ],
    account: AsOption,
    unit: UnitOption = "",
    kind: Annotated[str, typer.Option(metavar="KIND", help="哪种台账 / the kind of fact")] = "person",
    apply: Annotated[bool, typer.Option("--apply", help="照计划写入 / write it as planned")] = False,
    lang: LangOption = Lang.ZH,
) -> None:
    """先说一张表会改什么、哪格有问题；加 --apply 才写入。 What a sheet would change; --apply writes it."""
    with district():
        from django.utils import timezone

        from lianfang.acts.apply_intake import apply_intake
        from lianfang.acts.plan_intake import open_intake, plan_intake
        from lianfang.acts.refused import Refused

        now = timezone.now()
        actor = officer(account, unit, now)
        try:
            number = open_intake(kind, file.name, file.read_bytes(), actor=actor, now=now)
            counts = plan_intake(number, actor=actor, now=now)
            typer.echo(_counted(number, counts, lang))
            for line in _trouble(number, lang):
                typer.echo(f"  {line}")
            if apply:
                done = apply_intake(number, actor=actor, now=now)
                zh, en = (
                    f"已写入 {done.facts} 条事实，新登记 {done.persons} 人",
                    f"wrote {done.facts} facts, {done.persons} new people",
                )
                typer.echo(say(lang, zh, en))
        except Refused as fault:
            raise refusal("import", fault) from fault


def _counted(number: int, counts: Mapping[str, int], lang: Lang) -> str:
    said = [f"{say(lang, *OUTCOMES[word])} {counts.get(word, 0)}" for word in OUTCOMES]
    return say(lang, f"导入 {number}：", f"import {number}: ") + say(lang, "，", ", ").join(said)


def _trouble(number: int, lang: Lang) -> Iterator[str]:
    """Each problem with its cell; people are masked as on the pages."""
    from lianfang.ledger.models import IntakeRow

    for row in IntakeRow.objects.filter(intake_id=number).exclude(problems=[]).order_by("row")[:MOST_SHOWN]:
        for problem in row.problems:
            found = f" ({problem['found']})" if problem.get("found") else ""
            yield f"{problem['cell'] or row.row} {say(lang, *OUTCOMES[row.outcome])}: {problem[lang.value]}{found}"
