"""Word: paragraphs with their automatic numbers, and tables, in the order of the document."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from lianfang.core.notice.paper import Line, Paper, Row, Table
from lianfang.reach.paper_faults import FORMATS, PaperFault, complain
from lianfang.reach.paper_numbering import Counters, counters_of

MOST_UNPACKED = 300_000_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_docx(data: bytes, name: str) -> Paper:
    """The lines and tables of a Word file. Raises PaperFault for anything else."""
    _check_package(data, name)
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        document = docx.Document(io.BytesIO(data))
        counters = counters_of(document)
        items = tuple(_items(document.element.body, counters))
    except (OpcError, LxmlError, KeyError, ValueError, AttributeError, zipfile.BadZipFile, OSError, EOFError) as error:
        raise PaperFault(complain("paper:broken", name, type(error).__name__)) from None
    return Paper(items, name)


def _check_package(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise PaperFault(complain("paper:broken", name, type(error).__name__)) from None
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MOST_UNPACKED:
        raise PaperFault(complain("paper:too-big", name, f"{unpacked:,} bytes", f"{MOST_UNPACKED:,} bytes"))
    if any(entry.flag_bits & 1 for entry in entries):
        raise PaperFault(complain("paper:encrypted", name))
    if not any(entry.filename == "word/document.xml" for entry in entries):
        raise PaperFault(complain("paper:unknown-format", name, ".zip", FORMATS))


def _items(body: Any, counters: Counters) -> Iterator[Line | Table]:
    number = 0
    for element in _blocks(body):
        if element.tag == f"{_W}tbl":
            table = _table(element, number + 1)
            number += len(table.rows)
            yield table
            continue
        # a line break inside a paragraph begins a new line of the notice
        pieces = _text(element).split("\n")
        prefix = counters.label(element)
        for place, piece in enumerate(pieces):
            number += 1
            text = prefix + piece if place == 0 else piece
            yield Line(number, text, heading=_heading(element), whole=place == 0)


def _blocks(body: Any) -> Iterator[Any]:
    """Paragraphs and tables, also those inside content controls."""
    for element in body.iterchildren():
        if element.tag in (f"{_W}p", f"{_W}tbl"):
            yield element
        elif element.tag == f"{_W}sdt":
            for content in element.iterchildren(f"{_W}sdtContent"):
                yield from _blocks(content)


def _text(paragraph: Any) -> str:
    """The words of a paragraph without deleted ones; tabs and breaks as they stand."""
    words: list[str] = []
    for node in paragraph.iter():
        if node.tag == f"{_W}t" and node.text and not _inside_a_box(node, paragraph):
            words.append(node.text)
        elif node.tag == f"{_W}tab" and node.getparent().tag == f"{_W}r":
            words.append(" ")
        elif node.tag in (f"{_W}br", f"{_W}cr"):
            words.append("\n")
    return "".join(words).strip("\n")


def _inside_a_box(node: Any, paragraph: Any) -> bool:
    """Text boxes are written twice (a drawing and its fallback); the fallback is left out."""
    above = node.getparent()
    while above is not None and above is not paragraph:
        if above.tag.endswith("}Fallback"):
            return True
        above = above.getparent()
    return False


def _heading(paragraph: Any) -> int | None:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    value = style.get(f"{_W}val", "") if style is not None else ""
    return int(value[-1]) if value.lower().startswith("heading") and value[-1:].isdigit() else None


def _table(element: Any, first: int) -> Table:
    rows = []
    above: tuple[str, ...] = ()
    for place, row in enumerate(element.iterchildren(f"{_W}tr")):
        cells = tuple(_cells(row, above))
        rows.append(Row(first + place, cells))
        above = cells
    return Table(tuple(rows))


def _cells(row: Any, above: tuple[str, ...]) -> Iterator[str]:
    """The cells of a row; one that is merged with the cell above says the same."""
    place = 0
    for cell in row.iterchildren(f"{_W}tc"):
        merged = cell.find(f"{_W}tcPr/{_W}vMerge")
        span = cell.find(f"{_W}tcPr/{_W}gridSpan")
        text = " ".join(filter(None, (_text(p).replace("\n", " ").strip() for p in cell.iter(f"{_W}p"))))
        goes_on = merged is not None and merged.get(f"{_W}val") != "restart"
        yield above[place] if goes_on and not text and place < len(above) else text
        place += 1
        width = span.get(f"{_W}val", "1") if span is not None else "1"
        for _ in range(min(int(width), 60) - 1 if width.isdigit() else 0):
            yield ""
            place += 1
