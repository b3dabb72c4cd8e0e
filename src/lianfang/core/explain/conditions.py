"""A condition of the plan as a reader says it: columns, choices and parameters by name instead of the plan's signs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from lianfang.core.explain.loop import Loop
from lianfang.core.explain.questions import questions
from lianfang.core.language.measure import Words

_TOKEN = re.compile(r"'[^']*'|\$?[^\W\d]\w*(?:\.\w+)*|[<>!=]=|\s+|.", re.UNICODE)
_SIGNS: Mapping[str, tuple[str, str]] = {
    "and": ("且", "and"),
    "or": ("或", "or"),
    "not": ("非", "not"),
    "in": ("属于", "in"),
    "==": ("为", "is"),
    "!=": ("不为", "is not"),
    ">=": ("≥", "≥"),
    "<=": ("≤", "≤"),
    "true": ("是", "yes"),
    "false": ("否", "no"),
    "opened": ("开启时间", "opening time"),
    "is_known": ("已知", "known"),
    "coalesce": ("首个已知者", "first known of"),
    "later": ("较晚者", "later of"),
    "ceil": ("进一取整", "rounded up"),
    "floor": ("舍去取整", "rounded down"),
    "earlier": ("较早者", "earlier of"),
    "choose": ("按条件取", "choice by"),
    "day": ("当日", "day of"),
    "days_between": ("相隔天数", "days between"),
    "hours_between": ("相隔小时", "hours between"),
    "first_listed": ("首个单位", "first unit of"),
    "count_listed": ("单位个数", "number of units in"),
    "contains": ("含有", "part of text"),
    "starts_with": ("开头为", "beginning of text"),
}


def condition(loop: Loop, text: str) -> Words:
    """A condition on the opening of a loop, in words."""
    parameters = {f"${p.id}": p.words for p in loop.evaluation.plan.parameters.values() if f"${p.id}" in text}
    columns = (*loop.kind.columns.values(), *(c for c in map(loop.looked_up, loop.measure.opening.lookups) if c))
    own = {c.name: Words(c.zh, c.en) for c in loop.kind.columns.values()}
    return in_words(
        text,
        {**own, **questions(loop), **parameters},
        {value: zh for column in columns for value, zh in column.choices},
    )


def in_words(text: str, names: Mapping[str, Words], choices: Mapping[str, str]) -> Words:
    """The condition with columns, choices and parameters by their names; the rest stays as written.

    >>> in_words("a == 'b' and $c", {"$c": Words("丙", "C")}, {"b": "乙"})
    Words(zh='a 为 乙 且 丙', en='a is b and C')
    """
    pairs = [_said(token, names, choices) for token in _tokens(text)]
    return Words("".join(zh for zh, _ in pairs), "".join(en for _, en in pairs))


@lru_cache(maxsize=1024)
def _tokens(text: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(text))


def _said(token: str, known: Mapping[str, Words], choices: Mapping[str, str]) -> tuple[str, str]:
    if token.startswith("'"):
        word = token[1:-1]
        return choices.get(word, word), word.replace("_", " ") if word in choices else word
    if token in known:
        return known[token].zh, known[token].en
    return _SIGNS.get(token, (token, token))
