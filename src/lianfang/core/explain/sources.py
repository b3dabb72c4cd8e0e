"""The clauses and parameters behind a statement, with dates and where the numbers come from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from lianfang.core.days.civil import day_number
from lianfang.core.days.text import show_day
from lianfang.core.explain.conditions import condition
from lianfang.core.explain.findings import findings
from lianfang.core.explain.loop import Loop
from lianfang.core.explain.speech import NOTHING, amount, both, glue, listing, moment
from lianfang.core.language.measure import Words
from lianfang.core.language.plan import Clause, Parameter
from lianfang.core.language.predicate import Expression, Type

_LISTS = ("requires", "requirements", "then")


def clauses(known: Mapping[str, Clause], cited: Sequence[str]) -> tuple[Words, ...]:
    """Cited clauses with their gist."""
    return tuple(_clause(known, c) for c in cited) or (Words("方案里没有写明条文", "the plan names no clause"),)


def parameters(loop: Loop, requirement: str | None) -> tuple[Words, ...]:
    """The numbers one requirement rests on (None: those of the measure itself), as frozen on the day of opening."""
    plan = loop.evaluation.plan
    paths = tuple(loop.requirements())
    used = dict.fromkeys(
        identity for element, identity in loop.measure.parameters.items() if _belongs(element, paths) == requirement
    )
    return tuple(_parameter(plan.parameters[i], loop) for i in used if i in plan.parameters)


def inputs(loop: Loop) -> tuple[Words, ...]:
    """The values this loop brought along at its opening (ordered days, a credited date), and how they were found."""
    return tuple(_input(loop, name, expression) for name, expression in loop.measure.opening.inputs.items())


def _input(loop: Loop, name: str, expression: Expression) -> Words:
    value = loop.inputs.get(name)
    if value is None:
        shown = Words("未知", "unknown")
    elif expression.type == Type.TIME:
        shown = moment(value, loop.zone)
    else:
        shown = both(str(value))
    how, found = condition(loop, expression.text), findings(loop, (expression.text,))
    said = listing([how, found])
    return Words(f"本次 {name} = {shown.zh}（{said.zh}）", f"here {name} = {shown.en} ({said.en})")


def _clause(known: Mapping[str, Clause], identity: str) -> Words:
    clause = known.get(identity)
    if clause is None:
        return both(identity)
    return Words(f"{identity} {clause.gist.zh.rstrip('。')}", f"{identity} {clause.gist.en.rstrip('.')}")


def _belongs(element: str, paths: Iterable[str]) -> str | None:
    """The requirement an element path lies in, the innermost; None if it lies in none."""
    kind, _, _ = element.partition("/")
    parts = [part for part in element.split("/") if part not in _LISTS]
    inside = [p for p in paths if parts[: p.count("/") + 1] == p.split("/")] if kind in _LISTS else []
    return max(inside, key=len, default=None)


def _parameter(p: Parameter, loop: Loop) -> Words:
    opened = _iso(loop.head["opened"], loop.zone)
    since, value = _in_force(p, opened)
    shown = amount(value, p.unit)
    return glue(
        Words(f"{p.words.zh} = {shown.zh}", f"{p.words.en} = {shown.en}"),
        _source(p, since),
        _later(p, since, _iso(loop.evaluation.as_of, loop.zone)),
    )


def _source(p: Parameter, since: date) -> Words:
    if p.from_text:
        return Words(f"（{since} 起执行，出自条文 {p.clause}）", f" (in force since {since}, from clause {p.clause})")
    why_zh, _, why_en = (p.why or "").partition(" / ")
    zh = f"：{why_zh.rstrip('。')}" if why_zh else ""
    en = f": {(why_en or why_zh).rstrip('.')}" if why_zh else ""
    return Words(
        f"（条文 {p.clause} 没有定数，{since} 起按设定执行{zh}）",
        f" (clause {p.clause} gives no number; a setting since {since}{en})",
    )


def _later(p: Parameter, since: date, now: str) -> Words:
    """A value that came into force after the opening does not touch this loop, and the reader should know."""
    later = [(d, v) for d, v in p.values if d > since and d.isoformat() <= now]
    if not later:
        return NOTHING
    when, value = later[-1]
    shown = amount(value, p.unit)
    return Words(
        f"，{when} 起改为 {shown.zh}，本闭环仍按开启日执行",
        f", {shown.en} since {when}, while this loop keeps the value of its opening day",
    )


def _in_force(p: Parameter, opened: str) -> tuple[date, float | int | str]:
    """The value on the day of opening; before the first date the first value holds."""
    return next(((d, v) for d, v in reversed(p.values) if d.isoformat() <= opened), p.values[0])


def _iso(t: int, zone: int) -> str:
    return show_day(day_number(t, zone))
