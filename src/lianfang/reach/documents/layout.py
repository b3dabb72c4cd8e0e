"""What stands on a paper, in ready words: letters that are signed, and reports with tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]
Align = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every paper of a print: the plan and its version, as of when, who prints, the watermark."""

    plan: str
    version: str
    as_of: str
    printed_by: str
    watermark: str = ""
    lang: Language = "zh"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the plan, set in Song: the clause's number and its text."""

    mark: str
    text: str
    plan: str = ""


@dataclass(frozen=True, slots=True)
class Verify:
    """Where anybody can check the paper: the address in the QR code, and the code to type."""

    url: str
    code: str


@dataclass(frozen=True, slots=True)
class Line:
    """One fact of a paper: 姓名 - 样某某."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """What falls due today plus what is still owed, counted once each; late counts as met."""

    met: int
    due: int = 0
    held: int = 0
    overdue: int = 0

    @property
    def total(self) -> int:
        """All of it."""
        return self.met + self.due + self.held + self.overdue


@dataclass(frozen=True, slots=True)
class Status:
    """A status as its shape and word: met, late, due, overdue, held, upcoming, or another (then only the word)."""

    id: str
    word: str


Cell = str | Bar | Status


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column: its head, how it is aligned, and its share of the width (0: as wide as its words)."""

    head: str
    align: Align = "left"
    share: float = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its title, and a note under it. `sum_first`: the first row is the sum and bold."""

    title: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    sum_first: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """A paper that is handed over: notice or certificate, signed by an office, with its QR code.

    `receipt`: a line at the foot for the receiver to sign.
    """

    title: str
    number: str
    office: str
    date: str
    to: str = ""
    paragraphs: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    quotes: tuple[Quote, ...] = ()
    tables: tuple[Table, ...] = ()
    closing: str = ""
    receipt: str = ""
    verify: Verify | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A paper for a desk or a meeting: a clause, a task or a file with its tables.

    `keys` explains the shapes of the bars under the first table.
    """

    title: str
    quotes: tuple[Quote, ...] = ()
    about: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    tables: tuple[Table, ...] = ()
    keys: bool = False
    note: str = ""
    receipt: str = ""
    verify: Verify | None = None


Paper = Letter | Report
