"""Why something is lacking: how the need was worked out, from which numbers of the plan and of the facts."""

from __future__ import annotations

from collections.abc import Iterator

from lianfang.core.indicators.figure import Figure, Period
from lianfang.core.language.measure import Words
from lianfang.core.language.plan import FigurePart, Indicator, Plan

MOST_GROUPS = 3
"""So many of those that lack something are named."""


def reason(plan: Plan, wanted: Indicator, figure: Figure) -> Words | None:
    """The clauses, the sums behind need and held with their numbers, and who lacks most; None without need and held."""
    if figure.need is None or figure.held is None:
        return None
    parts = [_clauses(wanted), *_sums(plan, wanted, figure), *_lacking(figure)]
    said = [part for part in parts if part is not None]
    return Words("；".join(part.zh for part in said), "; ".join(part.en for part in said))


def _clauses(wanted: Indicator) -> Words | None:
    cited = ", ".join(wanted.clauses)
    return Words(f"依据 {cited}", f"clause {cited}") if cited else None


def _sums(plan: Plan, wanted: Indicator, figure: Figure) -> Iterator[Words]:
    """What need and held are, and every number that goes into them."""
    amounts = dict(figure.parts)
    names = {"need": Words("需要", "need"), "held": Words("现有", "held")}
    for part in wanted.parts:
        if part.id in names:
            said = _sum(plan, part)
            yield Words(f"{names[part.id].zh} = {said.zh}", f"{names[part.id].en} = {said.en}")
    others = [(name, amount) for name, amount in amounts.items() if name not in names and amount is not None]
    for name, amount in others if not figure.periods else ():
        yield Words(f"{name} = {amount:,g}", f"{name} = {amount:,g}")
    used = {name for part in wanted.parts if part.formula is not None for name in part.formula.parameters}
    for name in sorted(used):
        parameter = plan.parameters[name]
        value = parameter.values[-1][1]
        shown = value if isinstance(value, str) else f"{value:,g}"
        yield Words(f"{parameter.words.zh} ${name} = {shown}", f"{parameter.words.en} ${name} = {shown}")


def _sum(plan: Plan, part: FigurePart) -> Words:
    if part.formula is not None:
        return Words(part.formula.text, part.formula.text)
    selection = plan.selections.get(part.of_facts or "")
    words = Words(part.of or "", part.of or "") if selection is None else selection.words
    field = f" {part.field}" if part.field else ""
    return Words(f"“{words.zh}”{field}", f"“{words.en}”{field}")


def _lacking(figure: Figure) -> Iterator[Words]:
    short = sorted((p for p in figure.periods if p.gap), key=lambda p: (-(p.gap or 0), p.period))
    for group in short[:MOST_GROUPS]:
        yield _group(group)
    if len(short) > MOST_GROUPS:
        more = len(short) - MOST_GROUPS
        yield Words(f"另 {more} 个有缺口", f"{more} more lack something")


def _group(group: Period) -> Words:
    need, held, gap = (0 if amount is None else amount for amount in (group.need, group.held, group.gap))
    return Words(
        f"{group.period} 需要 {need:,g}，现有 {held:,g}，缺 {gap:,g}",
        f"{group.period} needs {need:,g}, has {held:,g}, lacks {gap:,g}",
    )
