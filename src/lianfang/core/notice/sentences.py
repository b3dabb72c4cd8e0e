"""A paragraph becomes its heading and its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lianfang.core.notice.text import split_outside

STOPS = "。!?;"
LONGEST_HEADING = 36
_REMARK = re.compile(r"[(【\[][^()【】]{2,200}[)】\]][。;]?")
_BARE = re.compile(r"[。.;,、!?:…\s]*")


@dataclass(frozen=True, slots=True)
class Spoken:
    """The heading of a numbered paragraph, if it has one, and its sentences."""

    heading: str | None
    sentences: tuple[str, ...]


def speak(text: str, numbered: bool) -> Spoken:
    """Cut a paragraph; only a numbered one can have a heading: a short first sentence, or all of an open line."""
    pieces = _with_remarks(piece for piece in split_outside(text, STOPS, keep=True) if not _BARE.fullmatch(piece))
    if not numbered or not pieces:
        return Spoken(None, pieces)
    first = pieces[0]
    if len(pieces) > 1 and first.endswith("。") and len(first) <= LONGEST_HEADING:
        return Spoken(first.rstrip("。"), pieces[1:])
    if len(pieces) == 1 and not first.endswith(tuple(STOPS)) and not _tells(first):
        return Spoken(first.rstrip(":"), ())
    head, colon, rest = _headed(first)
    if colon and len(head) <= LONGEST_HEADING and rest:
        return Spoken(head, (rest, *pieces[1:]))
    return Spoken(None, pieces)


def _with_remarks(pieces: Iterable[str]) -> tuple[str, ...]:
    """A remark in brackets behind a full stop belongs to the sentence before it."""
    whole: list[str] = []
    for piece in pieces:
        if whole and _REMARK.fullmatch(piece):
            whole[-1] += piece
        else:
            whole.append(piece)
    return tuple(whole)


def spaced_heading(loose: str, label: str, text: str) -> str:
    """The heading that only a space parts from its text (一、总体要求 坚持……); empty where there is none."""
    if not loose.startswith(label):
        return ""
    words = loose[len(label) :].strip().split(" ")
    first = words[0]
    if len(words) != 2 or not 3 < len(first) <= LONGEST_HEADING or re.search(r"[。,;:、]", first):
        return ""
    return first if text.startswith(first) and "。" in text[len(first) :] else ""


def _tells(text: str) -> bool:
    """Whether an open line is long enough to be a sentence that only lacks its full stop."""
    return len(text) > LONGEST_HEADING * 2


def _headed(text: str) -> tuple[str, str, str]:
    match = re.search(r":", text)
    if match is None or re.search(r"[,、“《((]", text[: match.start()]):
        return text, "", ""
    return text[: match.start()], match[0], text[match.end() :].strip()
