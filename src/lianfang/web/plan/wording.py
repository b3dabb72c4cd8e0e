"""The text of a clause with the words that became parameters, so that a reader can press on a number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lianfang.acts.in_force import InForce
from lianfang.core.language.plan import Parameter

_DIGITS = {word: number for number, word in enumerate("零一二三四五六七八九十")} | {"两": 2}
_AMOUNT = re.compile(
    r"(?P<number>\d+(?:\.\d+)?|[一二两三四五六七八九十]+)\s*(?P<unit>个?小时|分钟|个月|天|日|次|周|%|％|人|米|岁|℃|度)"
)
_UNITS = {
    "d": ("天", "日", "周"),
    "h": ("小时", "个小时", "天"),
    "min": ("分钟", "小时", "个小时"),
    "mo": ("个月",),
    "percent": ("%", "％"),
    "person": ("人",),
    "metre": ("米",),
    "celsius": ("℃", "度"),
    "count": ("次", "人", "天"),
}
_FACTOR = {("d", "周"): 7, ("h", "天"): 24, ("min", "小时"): 60, ("min", "个小时"): 60}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; `parameter` is the id of the number it stands for, if it is one."""

    text: str
    parameter: str = ""


def pieces(text: str, parameters: Iterable[Parameter]) -> tuple[Piece, ...]:
    """The text cut at the amounts that are parameters of the plan."""
    known = tuple(parameters)
    found: list[Piece] = []
    at = 0
    for match in _AMOUNT.finditer(text):
        meant = next((p.id for p in known if _is(match, p)), "")
        if meant:
            found += [Piece(text[at : match.start()]), Piece(match[0], meant)]
            at = match.end()
    found.append(Piece(text[at:]))
    return tuple(piece for piece in found if piece.text)


def _is(amount: re.Match[str], parameter: Parameter) -> bool:
    """Whether an amount in the text is the newest or any earlier value of a parameter."""
    unit = amount["unit"]
    if unit not in _UNITS.get(parameter.unit, ()):
        return False
    number = _number(amount["number"]) * _FACTOR.get((parameter.unit, unit), 1)
    return any(isinstance(value, int | float) and value == number for _, value in parameter.values)


def _number(text: str) -> float:
    if text[0].isascii():
        return float(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS[text[-1]]
    return (_DIGITS[tens[-1]] if tens else 1) * 10 + (_DIGITS[ones[-1]] if ones else 0)


def parameters_of(force: InForce, clause: str) -> tuple[Parameter, ...]:
    """The parameters a clause brings, and those its requirements use."""
    plan = force.plan
    own = [p for p in plan.parameters.values() if p.clause == clause]
    measures = dict.fromkeys(measure for measure, _ in force.clauses.get(clause, ()))
    used = [name for id in measures for name in force.measures[id].parameters.values()]
    found = {p.id: p for p in (*own, *(plan.parameters[name] for name in used if name in plan.parameters))}
    return tuple(found.values())
