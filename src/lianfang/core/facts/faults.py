"""What can be wrong with a column of facts: which rows, and what was found there; and how that becomes complaints."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from lianfang.core.complaint import Complaint
from lianfang.core.days.text import INSTANT_FORMS
from lianfang.core.facts.fault_words import CATALOGUE

MOST_COMPLAINTS = 200
"""How many complaints are written out; the last line then says how many more there are."""

MOST_SHOWN = 60  # characters of a value


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake in a column: the rows that have it (the first few), how many there are, and what was found there."""

    id: str
    column: str
    rows: tuple[int, ...] = ()
    found: tuple[str, ...] = ()
    total: int = 1
    allowed: str = ""


ALLOWED_TIMES = INSTANT_FORMS
ALLOWED_FLAGS = "true, false, 1, 0, 是, 否, 有, 无, yes, no"


def shorten(value: object) -> str:
    """A value as it is shown: one line, at most 60 characters."""
    text = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in str(value))
    return text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 1] + "…"


def fault_where(
    id: str, column: str, wrong: pa.Array | np.ndarray, values: Callable[[int], object], allowed: str = ""
) -> list[Fault]:
    """A fault if any row is wrong: `wrong` marks the rows, `values` gives what stands in a row."""
    marks = wrong if isinstance(wrong, np.ndarray) else np.asarray(wrong.fill_null(False))
    rows = np.flatnonzero(marks)
    if not len(rows):
        return []
    shown = tuple(int(row) for row in rows[:MOST_COMPLAINTS])
    return [Fault(id, column, shown, tuple(shorten(values(row)) for row in shown), len(rows), allowed)]


def complaints_of(faults: Iterable[Fault], file: str, line_of: Callable[[int], int]) -> Iterator[tuple[Complaint, int]]:
    """Each fault's rows as complaints, with how many rows each stands for (the last one of a fault for the rest)."""
    for fault in faults:
        rows: tuple[int | None, ...] = fault.rows or (None,)
        for number, row in enumerate(rows):
            found = fault.found[number] if number < len(fault.found) else ""
            line = None if row is None else line_of(row)
            rest = fault.total - len(rows) if number == len(rows) - 1 else 0
            yield complain(fault.id, file, line, fault.column, found, fault.allowed), 1 + max(rest, 0)


def complain(
    id: str, file: str, line: int | None = None, column: str | None = None, found: str = "", allowed: str = ""
) -> Complaint:
    """A complaint in the words of the catalogue."""
    words = CATALOGUE[id]
    return Complaint(
        id=id,
        file=file,
        line=line,
        column=column,
        found=found,
        allowed=allowed,
        zh=words.zh,
        en=words.en,
        do_zh=words.do_zh,
        do_en=words.do_en,
    )


def bounded(complaints: Iterable[tuple[Complaint, int]], most: int = MOST_COMPLAINTS) -> tuple[Complaint, ...]:
    """The first complaints, and if there are more, one last line that counts them."""
    kept: list[Complaint] = []
    left = 0
    for complaint, stands_for in complaints:
        if len(kept) < most:
            kept.append(complaint)
            left += stands_for - 1
        else:
            left += stands_for
    if left:
        last = kept[-1]
        kept.append(Complaint("fact:more", last.file, f"……以及另外 {left} 处", f"… and {left} more"))
    return tuple(kept)
