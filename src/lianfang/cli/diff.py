"""`lianfang diff PLAN_A PLAN_B`: what the second plan changes, clause by clause, in the words of the plan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from lianfang.cli.arguments import read_plan
from lianfang.cli.lang import Lang, LangOption, say
from lianfang.cli.refusal import door
from lianfang.cli.screen import FIRST_ROWS, screen, show_rest, show_table

if TYPE_CHECKING:
    from rich.console import Console

    from lianfang.core.difference import Change, FieldChange, Pair, PlanDifference
    from lianfang.core.language.measure import Words

BeforeArgument = Annotated[
    str, typer.Argument(metavar="PLAN_A", help="原预案：编号或文件夹 / first plan: id of a shipped pack, or a folder")
]
AfterArgument = Annotated[str, typer.Argument(metavar="PLAN_B", help="新预案 / second plan")]
JsonOption = Annotated[bool, typer.Option("--json", help="完整结果，供程序读取 / everything, for other programs")]


@door
def diff(
    before: BeforeArgument,
    after: AfterArgument,
    json: JsonOption = False,
    all: Annotated[bool, typer.Option("--all", help="不限 200 行 / lift the limit of 200 rows")] = False,
    lang: LangOption = Lang.ZH,
) -> None:
    """两份预案有何不同。 What the second plan changes against the first."""
    from lianfang.core.difference import diff as difference_of
    from lianfang.core.difference.written import diff_json

    difference = difference_of(read_plan(before), read_plan(after))
    if json:
        typer.echo(diff_json(difference), nl=False)
        return
    console = screen()
    show_heads(console, difference, lang)
    show_pairs(console, difference.pairs, lang)
    _show_changes(console, difference, most=None if all else FIRST_ROWS, lang=lang)


def spoken(words: Words, lang: str) -> str:
    """Words in one language."""
    return say(lang, words.zh, words.en)


def show_heads(console: Console, difference: PlanDifference, lang: str) -> None:
    """Name both plans and count what changed."""
    from lianfang.core.difference.change import OP_WORDS, SORT_WORDS, Op, Sort

    for sign, plan in (("A", difference.before), ("B", difference.after)):
        console.print(f"{sign}  {plan.id}  {spoken(plan.words, lang)}  ({plan.issued.isoformat()})", markup=False)
    if not difference.changes:
        console.print(say(lang, "两份预案没有不同。", "The plans do not differ."), markup=False)
        return
    heads = [say(lang, "构件", "element"), *(spoken(OP_WORDS[op], lang) for op in Op)]
    rows = [[spoken(SORT_WORDS[sort], lang), *(str(difference.count(op, sort)) for op in Op)] for sort in Sort]
    console.print()
    show_table(console, heads, [row for row in rows if set(row[1:]) != {"0"}], right=heads[1:])


def show_pairs(console: Console, pairs: tuple[Pair, ...], lang: str) -> None:
    """Name the measures that were paired otherwise than by id, and why."""
    from lianfang.core.difference.change import PAIRED_WORDS, Paired

    rows = [
        (pair.before or "", pair.after or "", spoken(PAIRED_WORDS[pair.how], lang))
        for pair in pairs
        if pair.how not in (None, Paired.ID)
    ]
    if rows:
        heads = [say(lang, "A 的措施", "measure of A"), say(lang, "B 的措施", "measure of B")]
        console.print()
        show_table(console, [*heads, say(lang, "对应依据", "paired by")], rows)


def _show_changes(console: Console, difference: PlanDifference, *, most: int | None, lang: str) -> None:
    rows = list(_rows(difference, lang))
    if not rows:
        return
    heads = (("条文", "clause"), ("", ""), ("构件", "element"), ("A → B", "A → B"))
    shown = rows if most is None else rows[:most]
    console.print()
    show_table(console, [say(lang, *head) for head in heads], shown)
    show_rest(console, len(shown), len(rows), lang)


def _rows(difference: PlanDifference, lang: str) -> Iterator[tuple[str, str, str, str]]:
    for group in difference.by_clause():
        for number, change in enumerate(group.changes):
            clause = (group.clause or "—") if number == 0 else ""
            yield clause, SIGNS[change.op], _element(change, lang), says(change, difference.zone, lang)


SIGNS = {"added": "+", "removed": "−", "changed": "~"}


def _element(change: Change, lang: str) -> str:
    from lianfang.core.difference.change import SORT_WORDS, Sort

    sort = spoken(SORT_WORDS[change.sort], lang)
    if change.sort is Sort.CLAUSE:
        return f"{sort} {change.id}"
    inside = change.measure_words is not None and change.sort is not Sort.MEASURE
    before = f"{spoken(change.measure_words, lang)} · " if inside and change.measure_words else ""
    return f"{sort} {before}{spoken(change.words, lang)}"


def says(change: Change, zone: int, lang: str) -> str:
    """The fields that changed, one a line, and which changed parameters and openings it is about."""
    from lianfang.core.days.text import show_date

    fields = [f for f in change.fields if change.op == "changed" or f.field not in ("clauses", "clause")]
    lines = [_field(change, field, lang) for field in fields]
    if change.op != "changed":
        lines = [say(lang, "；", "; ").join(lines)]
    if change.because:
        lines.append(say(lang, "参数 ", "parameter ") + ", ".join(f"${name}" for name in change.because))
    if change.since is not None:
        day = show_date(change.since, zone)
        lines.append(say(lang, f"{day} 起开启的闭环", f"loops opened from {day} on"))
    if change.until is not None:
        day = show_date(change.until, zone)
        lines.append(say(lang, f"{day} 前开启的闭环", f"loops opened before {day}"))
    return "\n".join(lines)


def _field(change: Change, field: FieldChange, lang: str) -> str:
    """`集中隔离 14 天 → 7 天`; only the one value for what was added or removed."""
    label = spoken(field.label, lang) or (spoken(change.words, lang) if change.op == "changed" else "")
    before, after = spoken(field.before, lang), spoken(field.after, lang)
    if change.op == "changed":
        none = say(lang, "无", "none")
        return f"{label} {before or none} → {after or none}".strip()
    return f"{label} {before or after}".strip()
