"""Web pages: the words of every block in order, tables of data as rows; menus, scripts and forms left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lianfang.core.notice.paper import Line, Paper, Row, Table
from lianfang.reach.paper_faults import PaperFault, complain
from lianfang.reach.paper_txt import decode

_DROPPED = frozenset("script style noscript template nav form select button svg iframe head aside".split())
_BLOCKS = frozenset(
    "p div li ul ol section article main header footer h1 h2 h3 h4 h5 h6 tr td th table tbody thead dd dt dl "
    "blockquote pre center body hr caption".split()
)
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_CHINESE_NAMES = {"gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk"}
LONGEST_CELL = 1500


def read_html(data: bytes, name: str) -> Paper:
    """The lines and tables of a web page. Raises PaperFault if its text cannot be decoded."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(_decoded(data, name))
    root = tree.body or tree.root
    if root is None:
        raise PaperFault(complain("paper:no-text", name))
    page = _Page()
    page.walk(root)
    page.end_line()
    return Paper(tuple(page.items), name)


def _decoded(data: bytes, name: str) -> str:
    match = _CHARSET.search(data[:4096])
    if (
        match
        and match[1].decode("ascii").lower() in _CHINESE_NAMES
        and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe"))
    ):
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError:
            pass
    return decode(data, name)


class _Page:
    """The lines of a page as they come."""

    def __init__(self) -> None:
        self.items: list[Line | Table] = []
        self._words: list[str] = []
        self._number = 0
        self._heading: int | None = None

    def end_line(self) -> None:
        """Close the line that is being gathered, if it has words."""
        text = re.sub(r"[ \t\r\n]+", " ", "".join(self._words)).strip(" ")
        self._words = []
        if text:
            self._number += 1
            self.items.append(Line(self._number, text, heading=self._heading, whole=True))

    def walk(self, root: Any) -> None:
        """Go through the tree without recursion: pages nest as deeply as they like."""
        waiting: list[tuple[Any, bool]] = [(root, False)]
        while waiting:
            node, leaving = waiting.pop()
            tag = node.tag
            if leaving:
                self.end_line()
                self._heading = None
                continue
            if tag in _DROPPED or tag == "_comment":
                continue
            if tag == "-text":
                self._words.append(node.text_content or "")
            elif tag == "br":
                self.end_line()
            elif tag == "table" and (rows := _data_rows(node)):
                self._table(rows)
            else:
                if tag in _BLOCKS:
                    self.end_line()
                    self._heading = int(tag[1]) if re.fullmatch("h[1-6]", tag) else self._heading
                    waiting.append((node, True))
                waiting += [(child, False) for child in reversed(list(_children(node)))]

    def _table(self, rows: list[tuple[str, ...]]) -> None:
        self.end_line()
        made = tuple(Row(self._number + 1 + place, cells) for place, cells in enumerate(rows))
        self._number += len(made)
        self.items.append(Table(made))


def _children(node: Any) -> Iterator[Any]:
    yield from node.iter(include_text=True)


def _data_rows(table: Any) -> list[tuple[str, ...]]:
    """The rows of a table that holds data; empty for one that only lays out the page."""
    if len(table.css("table")) > 1:
        return []
    rows = [tuple(_cell(cell) for cell in row.css("td, th")) for row in table.css("tr")]
    rows = [row for row in rows if row]
    data = len(rows) > 1 and max(map(len, rows)) > 1 and max(len(cell) for row in rows for cell in row) <= LONGEST_CELL
    return rows if data else []


def _cell(cell: Any) -> str:
    return re.sub(r"\s+", " ", cell.text(separator=" ")).strip()
