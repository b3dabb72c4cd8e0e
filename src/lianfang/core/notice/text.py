"""One way of writing: half-width digits and letters, no stray spaces, no look-alike characters."""

from __future__ import annotations

import re
import unicodedata

_HALF = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_WIDE_SIGNS = "％．＋－～／＝＜＞＆＊＃＠\uff08\uff09\uff1a\uff1b\uff0c\uff01\uff1f\uff3b\uff3d\uff5c"
_SIGNS = {ord(a): b for a, b in zip(_WIDE_SIGNS, "%.+-~/=<>&*#@():;,!?[]|", strict=True)}
_BLANK = {ord(c): " " for c in "\u00a0\u3000\u2002\u2003\u2009\u2007\u202f\t\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029"}
_CONTROL = {code: "" for code in (*range(9), *range(14, 28), *range(127, 160), *range(0xD800, 0xE000)) if code != 0x85}
_NOTHING = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\ufeff\u00ad\u2060\ufffe\uffff"), "")
_TABLE = {**_HALF, **_SIGNS, **_BLANK, **_NOTHING, **_CONTROL}
# Kangxi radicals, compatibility ideographs and signs such as ㈠ or ⒈ come out of PDF files in place of characters
_ALIKE = re.compile("[\u2e80-\u2fd5\u3220-\u3229\u2474-\u249b\uf900-\ufaff]")

WIDE = "\u3001-\u303f\u3400-\u9fff\uff01-\uffef“”‘’…—·×"
_LOOSE = re.compile(rf"(?<=[{WIDE}]) +| +(?=[{WIDE}])")
_MANY = re.compile(r"\s+")
_SPLIT_NUMBER = re.compile(r"(?<=[0-9]) +(?=[%℃])|(?<=[(\[]) +| +(?=[)\]])")


def spaced(text: str) -> str:
    """The text with uniform characters; single spaces stay where something separates."""
    even = _ALIKE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text.translate(_TABLE))
    return _MANY.sub(" ", even).strip()


def tidy(text: str) -> str:
    """The text with uniform characters and without the spaces that stand between Chinese characters."""
    return _SPLIT_NUMBER.sub("", _LOOSE.sub("", spaced(text)))


def squeeze(text: str) -> str:
    """The text with uniform characters and without any space: what quotations are compared in."""
    return _MANY.sub("", spaced(text))


OPENERS, CLOSERS = "(《〈“‘「『【〔[{", ")》〉”’」』】〕]}"


def split_outside(text: str, marks: str, keep: bool = False) -> tuple[str, ...]:
    """The pieces of a text between any of `marks` that stand outside brackets; with `keep` each keeps its mark."""
    pieces: list[str] = []
    depth, start = 0, 0
    for place, sign in enumerate(text):
        if sign in OPENERS:
            depth += 1
        elif sign in CLOSERS:
            depth = max(0, depth - 1)
        elif sign in marks and (depth == 0 or not _closes(text, place)):
            pieces.append(text[start : place + keep])
            start, depth = place + 1, 0
    pieces.append(text[start:])
    return tuple(piece.strip() for piece in pieces if piece.strip())


def _closes(text: str, place: int) -> bool:
    """Whether a bracket closes soon; one that never closes must not swallow the rest."""
    return any(sign in CLOSERS for sign in text[place : place + 80])
