"""The district's own words: the section of the loaded document in which a clause stands.

A document is loaded by laying it into `documents/` of the program's own folder, called like its pack: `city-plan.docx`
(or .pdf, .txt, .html). Sentences are counted by people, sections by the paper: so a whole section is shown.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from lianfang.core.notice.notice import read_notice
from lianfang.core.notice.reading import Reading
from lianfang.reach.papers import read_paper
from lianfang.web.plan.tree import number_of

_LETTERED = re.compile(r"\.?[^.\d][^.]*$")


def original(pack: str, clause: str) -> tuple[str, tuple[str, ...]]:
    """The number of the section a clause stands in and its paragraphs; nothing if no document is loaded."""
    file = _file(pack)
    reading = _read(file, file.stat().st_mtime_ns) if file is not None else None
    if reading is None:
        return "", ()
    section = _LETTERED.sub("", number_of(clause))
    inside = [one for one in reading.clauses if one.id == section or one.id.startswith(f"{section}.")]
    said = tuple(one.words for one in inside if one.words)
    return (section, said) if section and said else ("", ())


def _file(pack: str) -> Path | None:
    folder = Path(settings.VAR) / "documents"
    found = sorted(file for file in folder.glob("*.*") if file.stem == pack) if folder.is_dir() else []
    return found[0] if found else None


@lru_cache(maxsize=16)
def _read(file: Path, changed: int) -> Reading | None:
    paper, _ = read_paper(file)
    return read_notice(paper) if paper is not None else None
