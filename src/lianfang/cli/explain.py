"""`lianfang explain PACK --facts DIR --subject ID --as-of T`: why somebody owes what they owe."""

from __future__ import annotations

from typing import Annotated

import typer

from lianfang.cli.arguments import (
    AsOfOption,
    FactsOption,
    PackArgument,
    find_subject,
    read_all_facts,
    read_instant,
    read_plan,
)
from lianfang.cli.lang import Langs, say
from lianfang.cli.refusal import door


@door
def explain(
    pack: PackArgument,
    facts: FactsOption,
    subject: Annotated[str, typer.Option(metavar="ID", help="对象编号 / id of the subject")],
    as_of: AsOfOption,
    lang: Annotated[
        Langs, typer.Option(envvar="LIANFANG_LANG", help="中文、英文或两者 / Chinese, English or both")
    ] = Langs.ZH,
) -> None:
    """说明一个对象的闭环：条文、参数、起因、时限、证据、结论。 Explain the loops of one subject."""
    from lianfang.core.explain import explain as explain_subject
    from lianfang.core.obligations.evaluate import evaluate

    plan = read_plan(pack)
    instant = read_instant(as_of, plan.zone, "--as-of")
    known = read_all_facts(facts, plan)
    evaluation = evaluate(plan, known, instant)
    document = explain_subject(evaluation, find_subject(known, plan, subject))
    for tongue in lang.each():
        text = document.show(tongue)
        typer.echo(text or say(tongue, f"{subject}：没有闭环", f"{subject}: no loops"))
