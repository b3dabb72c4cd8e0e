"""What an import would do, row by row, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from lianfang.core.intake.known import Value


class Outcome(StrEnum):
    """What a row is against what is known."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    CONFLICT = "conflict"
    REFUSED = "refused"


WORDS: Mapping[Outcome, tuple[str, str]] = {
    Outcome.NEW: ("新增", "new"),
    Outcome.SAME: ("相同", "same"),
    Outcome.CHANGED: ("更改", "changed"),
    Outcome.CONFLICT: ("冲突", "conflict"),
    Outcome.REFUSED: ("拒收", "refused"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One way out of a conflict. `value` is what is stored: `known`, `sheet`, `row:97`, `subject:P-1` or `new`.

    `subject` and `fact` say what is written to when it is chosen: nobody yet and no fact for `new`.
    """

    value: str
    zh: str
    en: str
    subject: str = ""
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to be seen in a row: the cell, its column, what is written, what is known, and the reason.

    `zh` and `en` never hold a value of a person: `found` and `known` do, and are masked by whoever shows them.
    `other` is the cell of another row it is about.
    """

    id: str
    cell: str
    column: str
    zh: str
    en: str
    found: str = ""
    known: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row of the sheet: what it is, whom it is about, what would be written.

    `subject` is empty for somebody not known yet: then `who` names them, and `first` is the row that brings them in
    (the row itself, or an earlier one of the same person). `values` are those of the kind that the sheet gives, `at`
    the fact's own time, `corrects` the fact that would be replaced. `twin` is an earlier row of the same fact.
    """

    row: int
    outcome: Outcome
    subject: str = ""
    who: Mapping[str, Value] = field(default_factory=dict)
    first: int = 0
    at: int | None = None
    values: Mapping[str, Value] = field(default_factory=dict)
    corrects: str = ""
    problems: tuple[Problem, ...] = ()
    choices: tuple[Choice, ...] = ()
    twin: int = 0

    def turned(self, outcome: Outcome, *problems: Problem, choices: tuple[Choice, ...] = ()) -> PlannedRow:
        """The same row with another outcome and more reasons."""
        return replace(self, outcome=outcome, problems=(*self.problems, *problems), choices=(*self.choices, *choices))


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Every row of a sheet in the order of the sheet; a second run of an applied sheet finds only `same`."""

    file: str
    sheet: str
    rows: tuple[PlannedRow, ...]

    @property
    def counts(self) -> Mapping[Outcome, int]:
        """How many rows of each outcome; outcomes without a row count 0."""
        found = Counter(row.outcome for row in self.rows)
        return {outcome: found[outcome] for outcome in Outcome}
