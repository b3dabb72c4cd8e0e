"""The fonts papers are printed with: shipped ones for common characters, the system's for rare ones."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pdfplumber
import typst

from lianfang.reach.documents.faults import refuse

FOLDER = Path(__file__).parent.parent / "fonts"
_MEASURE = "LianfangHei-Regular.otf"
_MISSING = "(cid:0)"


def fonts_for(texts: Iterable[str], paper: str) -> typst.Fonts:
    """The fonts that have every character of these texts; the same on every machine unless a character is rare.

    Raises PaperRefused naming the characters that no font has: a box instead of a name is worse than no paper.
    """
    rare = sorted({sign for text in texts for sign in text if sign.isprintable()} - shipped_characters())
    if not rare:
        return _shipped()
    missing = [sign for sign in rare if not _printable(sign)]
    if missing:
        found = " ".join(f"{sign} U+{ord(sign):04X}" for sign in missing[:10])
        raise refuse("paper:no-glyph", paper, found)
    return _with_system()


@cache
def shipped_characters() -> frozenset[str]:
    """Every character the shipped fonts have: the 8,105 of the national list of 2013, GB 2312, letters and signs."""
    font = (FOLDER / _MEASURE).read_bytes()
    tables = struct.unpack_from(">H", font, 4)[0]
    entries = (struct.unpack_from(">4sLLL", font, 12 + 16 * place) for place in range(tables))
    start = next(offset for tag, _, offset, _ in entries if tag == b"cmap")
    subtables = struct.unpack_from(">H", font, start + 2)[0]
    offsets = (struct.unpack_from(">HHL", font, start + 4 + 8 * place)[2] for place in range(subtables))
    full = next(start + offset for offset in offsets if struct.unpack_from(">H", font, start + offset)[0] == 12)
    groups = struct.unpack_from(">L", font, full + 12)[0]
    spans = (struct.unpack_from(">LL", font, full + 16 + 12 * place) for place in range(groups))
    return frozenset(chr(code) for first, last in spans for code in range(first, last + 1))


@cache
def _shipped() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FOLDER])


@cache
def _with_system() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=[FOLDER])


@cache
def _printable(sign: str) -> bool:
    """Whether some font of the machine has a character: printed alone, it must not come out as the empty box."""
    source = f'#set text(font: "Lianfang Hei")\n#"\\u{{{ord(sign):x}}}"'.encode()
    probe = typst.compile(source, font_paths=_with_system())
    with pdfplumber.open(io.BytesIO(probe)) as opened:
        return _MISSING not in (opened.pages[0].extract_text() or "")
