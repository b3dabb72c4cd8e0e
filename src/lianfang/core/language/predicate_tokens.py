"""The words and signs of an expression, each with its place in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from lianfang.core.days.text import TimeError, parse_instant
from lianfang.core.language.predicate_tree import MOST_CHARACTERS, PredicateError

UNITS = {"s": 1.0, "min": 60.0, "h": 3600.0, "d": 86400.0}
KEYWORDS = frozenset({"and", "or", "not", "in", "true", "false"})
SIGNS = "== != < <= > >= + - * / ( ) [ ] ,"


class Sort(Enum):
    """What a token is."""

    NUMBER = auto()
    TEXT = auto()
    TIME = auto()
    NAME = auto()
    PARAMETER = auto()
    SIGN = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """One word or sign: what it is, how it is written, where it starts (0 = first character)."""

    sort: Sort
    text: str
    offset: int


_PATTERN = re.compile(
    r"""
      (?P<blank>[ \t\r\n]+)
    | (?P<time>[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?)
    | (?P<number>[0-9]+(?:\.[0-9]+)?)
    | (?P<text>'[^']*')
    | (?P<parameter>\$[^\W\d]\w*(?:\.\w+)*)
    | (?P<name>opening\.[^\W\d]\w*|[^\W\d]\w*)
    | (?P<sign>==|!=|<=|>=|[<>+\-*/()\[\],])
    """,
    re.VERBOSE,
)
_SORTS = {
    "time": Sort.TIME,
    "number": Sort.NUMBER,
    "text": Sort.TEXT,
    "parameter": Sort.PARAMETER,
    "name": Sort.NAME,
    "sign": Sort.SIGN,
}


def tokenize(text: str) -> tuple[Token, ...]:
    """Cut an expression into tokens, the last one being the end. Raises PredicateError."""
    if len(text) > MOST_CHARACTERS:
        raise PredicateError("expression:too-long", MOST_CHARACTERS, str(len(text)), str(MOST_CHARACTERS))
    tokens = []
    at = 0
    while at < len(text):
        match = _PATTERN.match(text, at)
        if match is None or any("\ud800" <= c <= "\udfff" or c == "\0" for c in match.group()):
            raise _stray(text, at)
        group = match.lastgroup or "blank"
        if group != "blank":
            tokens.append(Token(_SORTS[group], match.group(), at))
        at = match.end()
    return (*tokens, Token(Sort.END, "", len(text)))


def civil_seconds(token: Token) -> float:
    """A written date or time as seconds since 1970-01-01 on the plan's own clock. Raises PredicateError."""
    try:
        return float(parse_instant(token.text, 0))
    except TimeError:
        allowed = "2020-05-21, 2020-05-21T14:00"
        raise PredicateError("expression:no-such-date", token.offset, token.text, allowed) from None


def _stray(text: str, at: int) -> PredicateError:
    found = text[at].encode("unicode_escape").decode() if not text[at].isprintable() else text[at]
    if text[at] == "'":
        return PredicateError("expression:open-text", at, text[at : at + 20])
    return PredicateError("expression:stray-character", at, found, SIGNS)
