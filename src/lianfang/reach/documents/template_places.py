"""Where in a Word template something stands, in words a person can find: 第3段, 表1 第2行, 页眉."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docx.document import Document
from docx.table import Table
from docxtpl import DocxTemplate

_PAIR = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|\{#.*?#\}")
_STRAY = re.compile(r"\{\{|\}\}|\{%|%\}|｛｛|｝｝")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a template and what is written there."""

    where: str
    text: str


def place_of(template: DocxTemplate, name: str) -> str | None:
    """Where a name stands in the marks of a template; None if it is not found."""
    if not name:
        return None
    mark = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    for spot in _spots(template):
        if any(mark.search(pair) for pair in _PAIR.findall(spot.text)):
            return f"{spot.where} “{_short(spot.text)}”"
    return None


def broken_mark(template: DocxTemplate) -> Spot | None:
    """The first paragraph whose brackets do not come in pairs, or are full-width ones."""
    for spot in _spots(template):
        if _STRAY.search(_PAIR.sub("", spot.text)):
            return Spot(spot.where, _short(spot.text))
    return None


def _spots(template: DocxTemplate) -> Iterator[Spot]:
    """Every paragraph of a template with its place: body, tables, heads and feet of pages."""
    made: Document = template.get_docx()
    for number, paragraph in enumerate(made.paragraphs, 1):
        yield Spot(f"第{number}段 (paragraph {number})", paragraph.text)
    for number, table in enumerate(made.tables, 1):
        yield from _in_table(table, f"表{number} (table)")
    for section in made.sections:
        for word, part in (("页眉 (head)", section.header), ("页脚 (foot)", section.footer)):
            for paragraph in part.paragraphs:
                yield Spot(word, paragraph.text)
            for number, table in enumerate(part.tables, 1):
                yield from _in_table(table, f"{word} 表{number}")


def _in_table(table: Table, where: str) -> Iterator[Spot]:
    for row_number, row in enumerate(table.rows, 1):
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                yield Spot(f"{where} 第{row_number}行 (row {row_number})", paragraph.text)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
