"""Papers as PDF: one file for as many papers as are given, each with its own pages n of m."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields, is_dataclass
from pathlib import Path

import typst

from lianfang.reach.documents.fonts import fonts_for
from lianfang.reach.documents.layout import Bar, Frame, Letter, Paper
from lianfang.reach.documents.qr import svg

TEMPLATE = Path(__file__).parent / "templates" / "paper.typ"
ROOT = TEMPLATE.parent


def pdf(papers: Iterable[Paper], frame: Frame) -> bytes:
    """The papers one after the other as one PDF with its fonts inside; the same papers give the same bytes.

    Meant for at most a few hundred at once, see `bundle` for more. Raises PaperRefused where a character has no font,
    ValueError without a paper.
    """
    given = tuple(papers)
    if not given:
        raise ValueError("没有要打印的文书 / there is no paper to print")
    named = given[0].title if len(given) == 1 else f"{given[0].title} 等 {len(given)} 份"
    words = {"title": named, "frame": asdict(frame), "papers": [_words(paper) for paper in given]}
    fonts = fonts_for((text for one in (frame, *given) for text in texts(one)), named)
    made = typst.compile(
        TEMPLATE,
        root=ROOT,
        font_paths=fonts,
        format="pdf",
        sys_inputs={"papers": json.dumps(words)},
        timestamp=0,
        pdf_tags=len(given) == 1,  # for a screen reader; a pile for the printer would grow threefold
    )
    return bytes(made)


def texts(part: object) -> Iterator[str]:
    """Every text that stands anywhere in a paper."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from texts(one)
    elif is_dataclass(part):
        for field in fields(part):
            yield from texts(getattr(part, field.name))


def _words(paper: Paper) -> dict[str, object]:
    """A paper as the template reads it."""
    words: dict[str, object] = asdict(paper)
    tables = [
        {**asdict(table), "rows": [[_cell(cell) for cell in row] for row in table.rows]} for table in paper.tables
    ]
    code = svg(paper.verify) if paper.verify else ""
    return {**words, "layout": "letter" if isinstance(paper, Letter) else "report", "tables": tables, "code": code}


def _cell(cell: object) -> object:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Bar):
        return {**asdict(cell), "total": cell.total}
    return asdict(cell)  # type: ignore[call-overload]
