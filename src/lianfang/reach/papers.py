"""Documents on disk: text, Word, PDF and web pages become numbered lines and tables; a bad file becomes a complaint."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from lianfang.core.complaint import Complaint
from lianfang.core.notice.paper import Line, Paper, Table
from lianfang.reach.paper_docx import read_docx
from lianfang.reach.paper_faults import FORMATS, PaperFault, complain
from lianfang.reach.paper_html import read_html
from lianfang.reach.paper_pdf import read_pdf
from lianfang.reach.paper_txt import read_txt

MOST_BYTES = 60_000_000
MOST_LINES = 60_000
MOST_CHARACTERS = 5_000_000

_READERS: dict[str, Callable[[bytes, str], Paper]] = {
    ".txt": read_txt,
    ".text": read_txt,
    ".md": read_txt,
    ".docx": read_docx,
    ".pdf": read_pdf,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
}
_BEGINNINGS = (
    (b"%PDF", ".pdf"),
    (b"PK\x03\x04", ".docx"),
    (b"\xd0\xcf\x11\xe0", ".doc"),
    (b"{\\rtf", ".rtf"),
    (b"\x89PNG", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
)

Found = tuple[Paper | None, tuple[Complaint, ...]]


def read_paper(path: Path) -> Found:
    """The lines and tables of a document, or what is wrong with the file. Raises nothing but for a lost disk."""
    name = path.name
    try:
        data = _bytes(path, name)
        paper = _READERS[_format(path, data, name)](data, name)
        _check(paper, name)
    except PaperFault as fault:
        return None, (fault.complaint,)
    except RecursionError:
        return None, (complain("paper:too-deep", name),)
    return paper, ()


def _bytes(path: Path, name: str) -> bytes:
    if path.is_dir():
        raise PaperFault(complain("paper:folder", name))
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise PaperFault(complain("paper:too-big", name, f"{size:,} bytes", f"{MOST_BYTES:,} bytes"))
        data = path.read_bytes()
    except OSError as error:
        raise PaperFault(complain("paper:unreadable", name, error.strerror or type(error).__name__)) from None
    if not data.strip():
        raise PaperFault(complain("paper:empty", name))
    return data


def _format(path: Path, data: bytes, name: str) -> str:
    """The format by the file's first bytes; the ending of its name where they say nothing."""
    written = path.suffix.lower()
    real = next((format for beginning, format in _BEGINNINGS if data.startswith(beginning)), None)
    if real == ".doc" and "EncryptedPackage".encode("utf-16-le") in data:
        raise PaperFault(complain("paper:encrypted", name))
    if real is None and written in (".pdf", ".docx"):
        raise PaperFault(complain("paper:not-what-it-says", name, written))
    found = real or written
    if found not in _READERS:
        raise PaperFault(complain("paper:unknown-format", name, found or "-", FORMATS))
    return found


def _check(paper: Paper, name: str) -> None:
    lines = [item.text for item in paper.items if isinstance(item, Line)]
    rows = [row.cells for item in paper.items if isinstance(item, Table) for row in item.rows]
    texts = [*lines, *(cell for row in rows for cell in row)]
    if not any(text.strip() for text in texts):
        raise PaperFault(complain("paper:no-text", name))
    count, characters = len(lines) + len(rows), sum(map(len, texts))
    if count > MOST_LINES or characters > MOST_CHARACTERS:
        found = f"{count:,} lines, {characters:,} characters"
        allowed = f"{MOST_LINES:,} lines, {MOST_CHARACTERS:,} characters"
        raise PaperFault(complain("paper:too-big", name, found, allowed))
