"""`lianfang demo --facts DIR`: the shipped plans over one city, what is overdue, who is released today, and why."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lianfang.cli.arguments import read_all_facts, read_instant, read_plan, shipped_plans
from lianfang.cli.lang import Lang, LangOption, say
from lianfang.cli.overview import Names, escaped, show_summary
from lianfang.cli.refusal import Refusal, door
from lianfang.cli.screen import screen
from lianfang.core.complaint import Complaint

if TYPE_CHECKING:
    from rich.console import Console

    from lianfang.core.explain import Explanation
    from lianfang.core.obligations.evaluation import Evaluation
    from lianfang.reach.results import Results

EVENING = "2020-06-30T22:00"
"""The hour at which the demo looks at its city, which lives from 23 May to 21 July 2020."""

MOST_NAMED = 5
MOST_READ = 60
PAGE = 40


@door
def demo(
    facts: Annotated[Path, typer.Option(metavar="DIR", help="事实文件夹 / folder of facts")] = Path("var/demo"),
    as_of: Annotated[str, typer.Option(metavar="TIME", help="截至何时 / as of")] = EVENING,
    lang: LangOption = Lang.ZH,
) -> None:
    """五份预案同看一座虚构城市。 The shipped plans over a made-up city, with one explanation in both languages."""
    if not facts.is_dir():
        raise Refusal([_no_city(facts)])
    console, best = screen(), None
    for pack in shipped_plans():
        evaluation = _look(console, pack, facts, as_of, lang)
        if best is None or len(evaluation.result.loops.measure) > len(best.result.loops.measure):
            best = evaluation
    if best is not None:
        _explain_one(console, best)


def _look(console: Console, pack: str, folder: Path, as_of: str, lang: str) -> Evaluation:
    """One plan over the city: counts, what is overdue, who is released on the day."""
    from lianfang.core.obligations.evaluate import evaluate
    from lianfang.reach.results import results_from

    plan = read_plan(pack)
    instant = read_instant(as_of, plan.zone, "--as-of")
    evaluation = evaluate(plan, read_all_facts(folder, plan), instant)
    results = results_from(evaluation, instant)
    show_summary(console, results, lang)
    _show_overdue(console, results, lang)
    _show_released(console, results, lang)
    console.print()
    return evaluation


def _show_overdue(console: Console, results: Results, lang: str) -> None:
    names = Names(results.plan, lang)
    overdue = [row for row in results.obligations.to_pylist() if row["status"] == "overdue"]
    what = Counter(f"{names.measure(row)} · {names.requirement(row)}" for row in overdue)
    console.print(f"[red]{say(lang, '逾期', 'overdue')} {len(overdue):,}[/]")
    for thing, number in what.most_common(MOST_NAMED):
        console.print(f"  {number:>6,}  {escaped(thing)}")


def _show_released(console: Console, results: Results, lang: str) -> None:
    from lianfang.core.days.civil import floor_day

    today = floor_day(results.as_of, results.zone)
    freed = [
        row["subject"]
        for row in results.loops.to_pylist()
        if row["state"] == "released" and row["release"] is not None and row["release"] >= today
    ]
    some = ", ".join(list(dict.fromkeys(freed))[:MOST_NAMED]) + (" …" if len(freed) > MOST_NAMED else "")
    console.print(f"[green]{say(lang, '今日解除', 'released today')} {len(freed):,}[/]  {escaped(some)}")


def _explain_one(console: Console, evaluation: Evaluation) -> None:
    """Explain one person whose release waits for something, in Chinese, then in English."""
    held = [row for row in evaluation.loops().to_pylist() if row["state"] == "held"]
    staged = [row for row in held if row["stage"] != "handling"]
    document = _readable(evaluation, [row["subject"] for row in staged or held])
    if document is None:
        return
    for tongue, title in (("zh", "为什么"), ("en", "Why")):
        console.rule(title)
        console.print(escaped(document.show(tongue)))


def _readable(evaluation: Evaluation, subjects: list[str]) -> Explanation | None:
    """Of the first explanations the one that comes nearest to a page."""
    from lianfang.core.explain import explain

    documents = (explain(evaluation, subject) for subject in dict.fromkeys(subjects[:MOST_READ]))
    return min(documents, key=lambda document: abs(len(document.lines) - PAGE), default=None)


def _no_city(folder: Path) -> Complaint:
    return Complaint(
        id="cli:no-city",
        file="--facts",
        zh="还没有城市数据",
        en="there is no city yet",
        found=str(folder),
        do_zh=f"先运行 lianfang city --persons 2000 --seed 7 --out {folder}",
        do_en=f"first run lianfang city --persons 2000 --seed 7 --out {folder}",
    )
