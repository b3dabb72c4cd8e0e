"""Many papers at once, a few in memory at a time: as one PDF to print, or as a zip with a file for each."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import BinaryIO

import pypdfium2  # type: ignore[import-untyped]

from lianfang.reach.documents.layout import Frame, Paper
from lianfang.reach.documents.pdf import pdf

PIECE = 25
"""How many papers are set at once: typst remembers its last ten prints, some 0.6 MB a page."""

_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
_FIXED = (1980, 1, 1, 0, 0, 0)


def print_many(papers: Iterable[Paper], frame: Frame, out: BinaryIO) -> int:
    """Write the papers as one PDF, in their order, each with its own pages n of m; gives the number of papers.

    Nothing is written if a paper is refused (PaperRefused), ValueError without any.
    """
    count = 0
    whole = pypdfium2.PdfDocument.new()
    try:
        for piece in _pieces(papers):
            made = pypdfium2.PdfDocument(pdf(piece, frame))
            whole.import_pages(made)
            made.close()
            count += len(piece)
        if not count:
            raise ValueError("没有要打印的文书 / there is no paper to print")
        whole.save(out)
    finally:
        whole.close()
    return count


def zip_many(named: Iterable[tuple[str, Paper]], out: BinaryIO, make: Callable[[Paper], bytes], ending: str) -> int:
    """Write a zip with one file for each paper as it is made; gives their number.

    `named` gives a name for each, without ending; signs that file systems refuse become `_`, a name that comes again
    is numbered. `make` makes the bytes (PDF or Word).
    """
    used: dict[str, int] = {}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, paper in named:
            packed.writestr(zipfile.ZipInfo(f"{_unused(name, used)}{ending}", _FIXED), make(paper))
    return sum(used.values())


def one_by_one(frame: Frame) -> Callable[[Paper], bytes]:
    """Makes the PDF of a single paper, for `zip_many`."""
    return lambda paper: pdf([paper], frame)


def _pieces(papers: Iterable[Paper]) -> Iterator[list[Paper]]:
    rest = iter(papers)
    while piece := list(islice(rest, PIECE)):
        yield piece


def _unused(name: str, used: dict[str, int]) -> str:
    safe = _UNSAFE.sub("_", name).strip(" .")[:120] or "_"
    used[safe] = used.get(safe, 0) + 1
    return safe if used[safe] == 1 else f"{safe} ({used[safe]})"
