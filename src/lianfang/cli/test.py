"""`lianfang test PACK`: run the worked examples of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from lianfang.cli.arguments import PackArgument, near, read_plan
from lianfang.cli.lang import Lang, LangOption, say
from lianfang.cli.refusal import Refusal, door
from lianfang.core.complaint import Complaint

if TYPE_CHECKING:
    from lianfang.core.language.plan import Case, Plan

FAILED = 1


@door
def test(
    pack: PackArgument,
    case: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="只运行这一用例（可重复） / only this case (repeatable)")
    ] = None,
    lang: LangOption = Lang.ZH,
) -> None:
    """运行预案包自带的用例。 Run the cases of a pack. Exit code 1 if any fails."""
    from lianfang.core.cases import run

    plan = read_plan(pack)
    chosen = plan.cases if not case else tuple(_find(plan, name) for name in case)
    mismatches = {c.id: found for c in chosen if (found := run(plan, c))}
    for found in mismatches.values():
        for mismatch in found:
            typer.echo(mismatch.show(lang))
    passed, failed = len(chosen) - len(mismatches), len(mismatches)
    zh = f"{plan.id}：用例 {len(chosen)}，通过 {passed}，未通过 {failed}"
    typer.echo(say(lang, zh, f"{plan.id}: {len(chosen)} cases, {passed} passed, {failed} failed"))
    if failed:
        raise typer.Exit(FAILED)


def _find(plan: Plan, name: str) -> Case:
    for case in plan.cases:
        if case.id == name:
            return case
    alike = near(name, [case.id for case in plan.cases])
    complaint = Complaint(
        id="cli:unknown-case",
        file="--case",
        zh="没有这个用例",
        en="no such case",
        found=name,
        allowed=", ".join(alike),
        do_zh=f"选用 {len(plan.cases)} 个用例中的一个",
        do_en=f"choose one of the {len(plan.cases)} cases",
    )
    raise Refusal([complaint])
