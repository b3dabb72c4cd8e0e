"""What was read out of a notice: every field is a quotation with its line, or is not there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the notice and the line where they begin."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a person should look at: where, which field, what was found, why it is doubtful."""

    line: int
    field: str
    found: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line that is not part of the notice's text (page number, running head, table of contents, web page)."""

    line: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class DatedQuote:
    """A date that the notice carries; `day` is None where the words do not settle a day."""

    quote: Quote
    day: date | None


class When(StrEnum):
    """The sorts of deadline."""

    DATE = "date"
    CONTINUOUS = "continuous"
    WITHIN = "within"
    AT_ONCE = "at_once"
    EVERY = "every"
    VAGUE = "vague"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when something is to be done.

    `day` stands for DATE, `amount` and `unit` (d, h, min, mo …) for WITHIN and EVERY. `doubtful` marks what the words
    alone do not settle, such as a date without a year.
    """

    sort: When
    quote: Quote
    day: date | None = None
    amount: float | int | None = None
    unit: str | None = None
    doubtful: bool = False
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit; `high` differs from `low` only where a range is written."""

    low: float | int
    high: float | int
    unit: str
    quote: Quote
    clause: str
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """One piece of the clause tree: a numbered item (`label` as written) or one sentence of it."""

    id: str
    parent: str
    label: str
    heading: Quote | None
    text: Quote | None
    last_line: int
    kind: str
    lead: Quote | None = None

    @property
    def line(self) -> int:
        """Where the clause begins."""
        return self.heading.line if self.heading else self.text.line if self.text else self.last_line

    @property
    def words(self) -> str:
        """The words of the clause, heading first."""
        return " ".join(quote.text for quote in (self.heading, self.text) if quote)


@dataclass(frozen=True, slots=True)
class Task:
    """A piece of work with the units that answer for it; what the text does not say is None or empty."""

    clause: str
    what: Quote
    lead: Quote | None
    group_lead: bool
    with_units: tuple[Quote, ...]
    deadline: Deadline | None
    basis: str  # listed | named | label | table


@dataclass(frozen=True, slots=True)
class Unit:
    """A body that the notice names, where it is first named, and whether the name stands for several."""

    name: Quote
    group: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A notice, read. Nothing in it is made up: what the text does not carry is None or empty."""

    title: Quote | None
    plan_title: Quote | None
    issuers: tuple[Quote, ...]
    number: Quote | None
    issued: DatedQuote | None
    plan_dated: DatedQuote | None
    recipients: tuple[Quote, ...]
    annexes: tuple[Quote, ...]
    clauses: tuple[Clause, ...]
    tasks: tuple[Task, ...]
    deadlines: tuple[Deadline, ...]
    quantities: tuple[Quantity, ...]
    units: tuple[Unit, ...]
    left_out: tuple[LeftOut, ...]
    doubts: tuple[Doubt, ...]
    text: str  # what was kept, in order, in uniform characters

    @property
    def issuer(self) -> Quote | None:
        """The first of those who signed."""
        return self.issuers[0] if self.issuers else None

    def children(self, clause: str) -> tuple[Clause, ...]:
        """The clauses directly below one; "" gives the top."""
        return tuple(found for found in self.clauses if found.parent == clause)
