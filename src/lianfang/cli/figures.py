"""The plan's indicators on the screen: what was counted, what is lacking, who is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lianfang.cli.lang import say
from lianfang.cli.overview import Names
from lianfang.cli.screen import show_table

if TYPE_CHECKING:
    from rich.console import Console

    from lianfang.core.indicators import Counted, Figure
    from lianfang.core.language.plan import Target
    from lianfang.reach.results import Results

NAMED = 3
"""How many of those missing from a figure are named on the screen."""
HEADS = (
    ("指标", "indicator"),
    ("数值", "figure"),
    ("需要/现有/缺口", "need/held/gap"),
    ("目标", "target"),
    ("达标", "met"),
    ("未办", "missing"),
)


def show_figures(console: Console, results: Results, lang: str) -> None:
    """Print every figure that has anything to count; nothing at all where there is none."""
    if not results.figures:
        return
    names = Names(results.plan, lang)
    console.print()
    show_table(console, [say(lang, *h) for h in HEADS], [_row(counted, names) for counted in results.figures])
    _show_reasons(console, results, lang)


def _show_reasons(console: Console, results: Results, lang: str) -> None:
    """Below the table, how every need was worked out and who lacks what."""
    from lianfang.core.indicators import reason

    for counted in results.figures:
        why = reason(results.plan, counted.indicator, counted.figure)
        if why is not None:
            words = counted.indicator.words
            line = say(lang, f"{words.zh}：{why.zh}", f"{words.en}: {why.en}")
            console.print(line, markup=False, soft_wrap=True)


def _row(counted: Counted, names: Names) -> tuple[str, ...]:
    figure, words, lang = counted.figure, counted.indicator.words, names.lang
    reached = {True: say(lang, "是", "yes"), False: say(lang, "否", "no"), None: ""}[figure.target_met]
    line = _line(figure.target)
    return (say(lang, words.zh, words.en), _amount(figure), _lacking(figure), line, reached, _missing(figure, names))


def _amount(figure: Figure) -> str:
    """A value as it is; a share as `39/40 97.5%`."""
    if figure.value is not None:
        return _number(figure.value)
    if figure.percent is None:
        return ""
    share = f"{figure.percent:g}%"
    return share if figure.need is not None else f"{figure.met:,}/{figure.total:,} {share}"


def _lacking(figure: Figure) -> str:
    if figure.need is None and figure.held is None:
        return ""
    return " / ".join("?" if n is None else _number(n) for n in (figure.need, figure.held, figure.gap))


def _line(target: Target | None) -> str:
    if target is None:
        return ""
    ends = (("≥", target.at_least), ("≤", target.at_most))
    return " ".join(f"{sign} {_number(end)}" for sign, end in ends if end is not None)


def _number(amount: float) -> str:
    """At most two decimals, no empty ones: `1,200`, `3.5`."""
    text = f"{amount:,.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _missing(figure: Figure, names: Names) -> str:
    """The first who are missing, and how many more."""
    first = [
        f"{m.subject} {names.requirement({'measure': m.measure, 'requirement': m.requirement})}"
        for m in figure.misses[:NAMED]
    ]
    rest = figure.missed - len(first)
    if first and rest > 0:
        first.append(say(names.lang, f"另 {rest:,}", f"{rest:,} more"))
    return say(names.lang, "；", "; ").join(first) if first else (f"{figure.missed:,}" if figure.missed else "")
