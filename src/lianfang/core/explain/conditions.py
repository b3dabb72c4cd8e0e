"""A condition of the plan as a reader says it: columns and choices by their names instead of the plan's signs."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lianfang.core.facts.vocabulary import Column, Kind
from lianfang.core.language.measure import Words

_TOKEN = re.compile(r"'[^']*'|[^\W\d]\w*(?:\.\w+)*|[<>!=]=|\s+|.", re.UNICODE)
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
}


def in_words(text: str, kind: Kind | None) -> Words:
    """The condition with the names of the kind's columns and choices; what it does not know stays as written.

    >>> in_words("a == 'b' and c", None)
    Words(zh='a 为 b 且 c', en='a is b and c')
    """
    columns: Mapping[str, Column] = {} if kind is None else kind.columns
    choices = {value: zh for column in columns.values() for value, zh in column.choices}
    pairs = [_said(token, columns, choices) for token in _TOKEN.findall(text)]
    return Words("".join(zh for zh, _ in pairs), "".join(en for _, en in pairs))


def _said(token: str, columns: Mapping[str, Column], choices: Mapping[str, str]) -> tuple[str, str]:
    if token.startswith("'"):
        word = token[1:-1]
        return choices.get(word, word), word.replace("_", " ") if word in choices else word
    if token in _SIGNS:
        return _SIGNS[token]
    column = columns.get(token)
    return (token, token) if column is None else (column.zh, column.en)
