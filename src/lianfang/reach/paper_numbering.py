"""Word's automatic numbers (一、 (一) 1.), which are not in the text of the paragraphs, counted again."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE = {
    "chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting", "taiwaneseCounting",
    "taiwaneseCountingThousand", "ideographTraditional", "chineseLegalSimplified",
}  # fmt: skip
_CIRCLED = {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"}
_DIGITS = "零一二三四五六七八九"
LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts."""

    start: int
    format: str
    text: str


@dataclass(slots=True)
class Counters:
    """The lists of a document and where each stands."""

    levels: dict[str, dict[int, Level]]
    styles: dict[str, tuple[str, int]]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, paragraph: Any) -> str:
        """The number that Word shows before a paragraph; empty if it shows none."""
        place = self._place(paragraph)
        if place is None:
            return ""
        list_id, depth = place
        level = self.levels.get(list_id, {}).get(depth)
        if level is None or level.format in ("none", "bullet"):
            return ""
        counts = self.counts.setdefault(list_id, {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in range(depth + 1, LEVELS):
            counts.pop(deeper, None)
        return re.sub("%([1-9])", lambda match: self._shown(list_id, int(match[1]) - 1), level.text)

    def _shown(self, list_id: str, depth: int) -> str:
        level = self.levels[list_id].get(depth)
        if level is None:
            return ""
        return written(self.counts[list_id].get(depth, level.start), level.format)

    def _place(self, paragraph: Any) -> tuple[str, int] | None:
        numbered = paragraph.find(f"{_W}pPr/{_W}numPr")
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        inherited = self.styles.get(style.get(f"{_W}val", "")) if style is not None else None
        if numbered is None:
            return inherited
        return _num_pr(numbered, inherited)


def _num_pr(numbered: Any, inherited: tuple[str, int] | None) -> tuple[str, int] | None:
    id, depth = numbered.find(f"{_W}numId"), numbered.find(f"{_W}ilvl")
    list_id = id.get(f"{_W}val") if id is not None else inherited[0] if inherited else None
    level = depth.get(f"{_W}val", "0") if depth is not None else "0"
    if list_id in (None, "0") or not level.isdigit():
        return None
    return str(list_id), int(level)


def written(value: int, format: str) -> str:
    """A number as a list shows it."""
    if format in _CHINESE:
        return _chinese(value)
    if format in _CIRCLED and 1 <= value <= 20:
        return chr(0x245F + value)
    if format in ("lowerLetter", "upperLetter") and 1 <= value <= 26:
        return chr((96 if format == "lowerLetter" else 64) + value)
    return str(value)


def _chinese(value: int) -> str:
    if not 0 < value < 100:
        return str(value)
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def counters_of(document: Any) -> Counters:
    """The lists that a document declares."""
    parts = [rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")]
    if not parts:
        return Counters({}, {})
    root = parts[0].element
    abstract = {a.get(f"{_W}abstractNumId"): _levels(a) for a in root.iterchildren(f"{_W}abstractNum")}
    levels: dict[str, dict[int, Level]] = {}
    for num in root.iterchildren(f"{_W}num"):
        target = num.find(f"{_W}abstractNumId")
        if target is not None:
            levels[str(num.get(f"{_W}numId"))] = abstract.get(target.get(f"{_W}val"), {})
    return Counters(levels, _styles(document))


def _levels(abstract: Any) -> dict[int, Level]:
    found = {}
    for level in abstract.iterchildren(f"{_W}lvl"):
        depth = level.get(f"{_W}ilvl", "")
        start, format, text = (_value(level, tag) for tag in ("start", "numFmt", "lvlText"))
        if depth.isdigit():
            found[int(depth)] = Level(int(start) if start and start.isdigit() else 1, format or "decimal", text or "")
    return found


def _value(element: Any, tag: str) -> str | None:
    child = element.find(f"{_W}{tag}")
    return child.get(f"{_W}val") if child is not None else None


def _styles(document: Any) -> dict[str, tuple[str, int]]:
    found = {}
    for style in document.styles.element.iterchildren(f"{_W}style"):
        numbered = style.find(f"{_W}pPr/{_W}numPr")
        place = _num_pr(numbered, None) if numbered is not None else None
        if place is not None:
            found[style.get(f"{_W}styleId", "")] = place
    return found
