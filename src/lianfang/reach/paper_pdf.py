"""PDF: the lines of every page from top to bottom, its tables as rows; indents are kept as spaces."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Sequence
from typing import Any

from lianfang.core.notice.paper import Line, Paper, Row, Table
from lianfang.reach.paper_faults import PaperFault, complain

MOST_PAGES = 600
INDENT = "\u3000\u3000"


def read_pdf(data: bytes, name: str) -> Paper:
    """The lines and tables of a PDF. Raises PaperFault if it is encrypted, damaged or too long."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it reports every odd font
    locked = (PDFEncryptionError, PDFPasswordIncorrect)
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            if len(document.pages) > MOST_PAGES:
                raise PaperFault(complain("paper:too-big", name, f"{len(document.pages)} pages", f"{MOST_PAGES} pages"))
            items = tuple(_items(document.pages))
    except PaperFault:
        raise
    except locked:
        raise PaperFault(complain("paper:encrypted", name)) from None
    except PdfminerException as error:
        inner = error.args[0] if error.args else error
        id = "paper:encrypted" if isinstance(inner, locked) else "paper:broken"
        raise PaperFault(complain(id, name, type(inner).__name__)) from None
    except Exception as error:  # noqa: BLE001  damaged files make the reader fail in every way there is
        raise PaperFault(complain("paper:broken", name, type(error).__name__)) from None
    return Paper(items, name)


def _items(pages: Sequence[Any]) -> Iterator[Line | Table]:
    number = 0
    for page in pages:
        for kind, content in _in_order(page):
            if kind == "table":
                rows = tuple(Row(number + 1 + place, cells) for place, cells in enumerate(content))
                number += len(rows)
                yield Table(rows)
            else:
                number += 1
                yield Line(number, content, page.page_number)
        page.close()


def _in_order(page: Any) -> list[tuple[str, Any]]:
    """The tables and lines of a page by their height on it."""
    tables = [table for table in page.find_tables() if len(table.rows) > 1 and len(table.rows[0].cells) > 1]
    boxes = [table.bbox for table in tables]
    rest = page.filter(lambda thing: not _inside(thing, boxes)) if boxes else page
    lines = rest.extract_text_lines(strip=True, return_chars=False)
    left = min((line["x0"] for line in lines), default=0.0)
    found: list[tuple[float, str, Any]] = [(line["top"], "line", _indented(line, left)) for line in lines]
    found += [(table.bbox[1], "table", _rows(table)) for table in tables]
    return [(kind, content) for _, kind, content in sorted(found, key=lambda item: item[0])]


def _indented(line: dict[str, Any], left: float) -> str:
    """A line that begins about two characters to the right of the others begins a paragraph."""
    height = max(float(line["bottom"]) - float(line["top"]), 1.0)
    shift = (float(line["x0"]) - left) / height
    return f"{INDENT}{line['text']}" if 1.3 <= shift <= 3.5 else str(line["text"])


def _inside(thing: dict[str, Any], boxes: Sequence[tuple[float, float, float, float]]) -> bool:
    if "x0" not in thing or "top" not in thing:
        return False
    x, y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)


def _rows(table: Any) -> list[tuple[str, ...]]:
    return [tuple((cell or "").replace("\n", "") for cell in row) for row in table.extract()]
