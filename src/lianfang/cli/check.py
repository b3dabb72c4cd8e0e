"""`lianfang check PACK`: is the pack free of errors?"""

from __future__ import annotations

import typer

from lianfang.cli.arguments import PackArgument
from lianfang.cli.lang import Lang, LangOption, say
from lianfang.cli.refusal import Refusal, door, show_complaints


@door
def check(pack: PackArgument, lang: LangOption = Lang.ZH) -> None:
    """检查预案包，一次列出所有问题。 Check a pack; list everything that is wrong at once."""
    from lianfang.reach.packs import load_pack

    plan, complaints = load_pack(pack)
    if plan is None:
        raise Refusal(complaints)
    show_complaints(complaints, lang)
    sizes = (len(plan.clauses), len(plan.measures), len(plan.parameters), len(plan.indicators), len(plan.cases))
    zh = "{}：条文 {}，措施 {}，参数 {}，指标 {}，用例 {}；提醒 {} 条。没有错误。"
    en = "{}: {} clauses, {} measures, {} parameters, {} indicators, {} cases; {} warnings. No errors."
    typer.echo(say(lang, zh, en).format(plan.id, *sizes, len(complaints)))
