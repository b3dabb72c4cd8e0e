"""Cells of an xlsx whose formula failed: calamine shows them blank, so they are looked up in the file itself."""

from __future__ import annotations

import io
import re
import zipfile

from lxml import etree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MARK = b't="e"'
_ERROR = re.compile(rb'<c\s[^>]*?r="([A-Z]{1,3})(\d+)"[^>]*?t="e"[^>]*?>.*?<v>([^<]*)</v>', re.DOTALL)
_PIECE = 1 << 22
_LONGEST_CELL = 1 << 16


def error_cells(raw: bytes, sheet: str) -> dict[int, dict[int, str]]:
    """Row number (from 1) -> column (from 0) -> `#REF!` and the like, for one sheet; empty if there are none."""
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        part = _part(packed, sheet)
        return _errors(packed, part) if part in packed.namelist() else {}


def _part(packed: zipfile.ZipFile, sheet: str) -> str:
    """The file inside the xlsx that holds a sheet."""
    if "xl/workbook.xml" not in packed.namelist() or "xl/_rels/workbook.xml.rels" not in packed.namelist():
        return ""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    book = etree.fromstring(packed.read("xl/workbook.xml"), parser)
    relation = next((one.get(_RELATION) for one in book.iter(f"{_MAIN}sheet") if one.get("name") == sheet), None)
    relations = etree.fromstring(packed.read("xl/_rels/workbook.xml.rels"), parser)
    target = next((str(one.get("Target")) for one in relations if one.get("Id") == relation), "")
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _errors(packed: zipfile.ZipFile, part: str) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = {}
    rest = b""
    with packed.open(part) as stream:
        while piece := stream.read(_PIECE):
            window = rest + piece
            if _MARK in window:
                for letters, row, word in _ERROR.findall(window):
                    found.setdefault(int(row), {})[_place(letters.decode())] = word.decode()
            rest = window[-_LONGEST_CELL:]
    return found


def _place(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place - 1
