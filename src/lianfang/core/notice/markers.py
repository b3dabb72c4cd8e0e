"""Numbering at the beginning of a line: 第一章, 一、, (一), 1., (1), ①, 1.1 — and whether it can be one here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import IntEnum

from lianfang.core.notice.numerals import read_whole


class Style(IntEnum):
    """The ways of numbering, outermost first."""

    PART = 0
    CHAPTER = 1
    SECTION = 2
    ARTICLE = 3
    CHINESE = 4
    CHINESE_BRACKETS = 5
    ARABIC = 6
    DECIMAL = 7
    ARABIC_BRACKETS = 8
    CIRCLED = 9


@dataclass(frozen=True, slots=True)
class Marker:
    """A number as written (`label`), what it counts, and the text behind it."""

    style: Style
    value: int
    label: str
    rest: str
    path: tuple[int, ...] = ()  # DECIMAL only: 1.2.1 is (1, 2, 1)


_CN = "[一二三四五六七八九十百零〇]{1,5}"
_OPEN, _CLOSE = "[(〔\\[【]", "[)〕\\]】]"
_PATTERNS: tuple[tuple[Style, re.Pattern[str]], ...] = tuple(
    (style, re.compile(pattern))
    for style, pattern in (
        (Style.PART, rf"第 ?({_CN}|[0-9]{{1,2}}) ?(?:部分|编|篇)(?=[ :、:]|$|[^的规第])"),
        (Style.CHAPTER, rf"第 ?({_CN}|[0-9]{{1,2}}) ?章(?=[ :、:]|$|[^的规第])"),
        (Style.SECTION, rf"第 ?({_CN}|[0-9]{{1,2}}) ?节(?=[ :、:]|$|[^的规第课])"),
        (Style.ARTICLE, rf"第 ?({_CN}|[0-9]{{1,3}}) ?条(?=[ :、:]|$|[^的规第件款])"),
        (Style.CHINESE, rf"({_CN}) ?[、.](?![0-9])"),
        (Style.CHINESE_BRACKETS, rf"{_OPEN} ?({_CN}) ?{_CLOSE}[、.]?"),
        (Style.ARABIC_BRACKETS, rf"{_OPEN} ?([0-9]{{1,2}})(?: +\1)? ?{_CLOSE}[、.]?"),
        (Style.ARABIC_BRACKETS, r"([0-9]{1,2}) ?[)][、.]?"),
        (Style.ARABIC, r"([0-9]{1,2}) ?[、.](?![0-9 ]*[0-9])"),
    )
)
_DECIMAL = re.compile(r"([0-9]{1,2}(?: ?\. ?[0-9]{1,2}){1,4})\.?(?![0-9%℃])[ 、]?(?=[^0-9:/~—%-])")
_BARE = re.compile(r"([0-9]{1,2}) ?(?=[\u3400-\u9fff])")
_UNIT_AHEAD = re.compile(r"(?:米|万|亿|元|倍|天|日|月|人|个|小时|度|公里|平方|厘米|毫|℃|左右|以上|以下|张|吨|%)")
_CIRCLED = re.compile("([\u2460-\u2473])[、.]?")
_LEAD_IN = re.compile(r"^[。.,、 ]+")
MOST = 199


def read_marker(text: str) -> Marker | None:
    """The number that a tidy line begins with, if it begins with one."""
    for style, pattern in _PATTERNS:
        match = pattern.match(text)
        if match is None:
            continue
        value = read_whole(match[1])
        if value is None or not 0 < value <= MOST:
            return None
        return Marker(style, value, match[0].strip(), _LEAD_IN.sub("", text[match.end() :]))
    if match := _CIRCLED.match(text):
        return Marker(Style.CIRCLED, ord(match[1]) - 0x245F, match[1], _LEAD_IN.sub("", text[match.end() :]))
    return _decimal(text)


def _decimal(text: str) -> Marker | None:
    match = _DECIMAL.match(text)
    if match is None or _UNIT_AHEAD.match(text[match.end() :]):
        return None
    path = tuple(int(part) for part in match[1].replace(" ", "").split("."))
    if not all(0 < part <= MOST for part in path):
        return None
    return Marker(Style.DECIMAL, path[-1], match[1].replace(" ", ""), text[match.end() :].strip(), path)


def read_bare(text: str) -> Marker | None:
    """A heading with a bare number (1 总则), as it stands above 1.1; only short lines without punctuation."""
    match = _BARE.match(text)
    if match is None or len(text) > 24 or re.search(r"[。,;:、]", text) or _UNIT_AHEAD.match(text[match.end() :]):
        return None
    return Marker(Style.DECIMAL, int(match[1]), match[1], text[match.end() :].strip(), (int(match[1]),))


@dataclass(slots=True)
class Numbering:
    """Where the numbering of a document stands, to tell a number from text that only looks like one."""

    _open: dict[Style, int] = field(default_factory=dict)
    _last: dict[Style, int] = field(default_factory=dict)
    _paths: set[tuple[int, ...]] = field(default_factory=set)

    def fits(self, marker: Marker, fresh: bool) -> bool:
        """Whether the number can stand here; `fresh` means that the text before it has come to an end."""
        if marker.style is Style.DECIMAL:
            return fresh and self._path_fits(marker.path)
        if marker.value == 1 or marker.value == self._expected(marker.style):
            return fresh or marker.style not in (Style.ARABIC, Style.ARTICLE) or marker.rest[:1] not in ("", ",", "。")
        return fresh

    def skips(self, marker: Marker) -> bool:
        """Whether the number is another than the one that was due."""
        if marker.style is Style.DECIMAL:
            return False
        return marker.value not in (self._open.get(marker.style, 0) + 1, self._last.get(marker.style, 0) + 1)

    def take(self, marker: Marker) -> None:
        """Count on from this number; deeper numbering starts again."""
        self._last[marker.style] = marker.value
        self._open = {style: value for style, value in self._open.items() if style < marker.style}
        self._open[marker.style] = marker.value
        if marker.style is Style.DECIMAL:
            self._paths.add(marker.path)

    def _expected(self, style: Style) -> int:
        return self._open.get(style, self._last.get(style, 0)) + 1

    def _path_fits(self, path: tuple[int, ...]) -> bool:
        if len(path) == 1:
            return path == (1,) or (path[0] - 1,) in self._paths
        before = (*path[:-1], path[-1] - 1)
        return path[-1] == 1 or before in self._paths or path[:-1] in self._paths
