"""What is written once every conflict is decided: facts to add and facts to replace, each person brought in once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lianfang.core.intake.known import Value
from lianfang.core.intake.outcome import Outcome, PlannedRow


@dataclass(frozen=True, slots=True)
class Write:
    """One fact to be written. `subject` is empty for somebody new: `who` names them and `first` holds them together.

    `corrects` is the fact it replaces: what the sheet leaves blank keeps its known value.
    """

    row: int
    subject: str
    first: int
    who: Mapping[str, Value]
    at: int | None
    values: Mapping[str, Value] = field(default_factory=dict)
    corrects: str = ""


def settle(rows: Iterable[PlannedRow], choices: Mapping[int, str]) -> Iterator[Write]:
    """What to write, in the order of the sheet. `choices` is row -> the value of one of its choices.

    Undecided conflicts, refused rows and rows that are the same write nothing. Raises ValueError for a choice the row
    does not offer.
    """
    given = tuple(rows)
    replaced = {row.twin for row in given if row.twin and choices.get(row.row) == f"row:{row.row}"}
    for row in given:
        write = None if row.row in replaced else write_of(row, choices.get(row.row, ""))
        if write is not None:
            yield write


def undecided(rows: Iterable[PlannedRow], choices: Mapping[int, str]) -> tuple[int, ...]:
    """The rows in conflict that nobody has decided yet."""
    return tuple(row.row for row in rows if row.outcome is Outcome.CONFLICT and not choices.get(row.row))


def write_of(row: PlannedRow, choice: str) -> Write | None:
    """What one row writes, None if nothing."""
    if row.outcome in (Outcome.NEW, Outcome.CHANGED):
        return _write(row, row.subject, row.corrects)
    if row.outcome is not Outcome.CONFLICT or not choice:
        return None
    chosen = next((one for one in row.choices if one.value == choice), None)
    if chosen is None:
        allowed = ", ".join(one.value for one in row.choices)
        raise ValueError(f"第 {row.row} 行没有“{choice}”，可选 / row {row.row} has no {choice!r}; allowed: {allowed}")
    if choice in ("sheet", f"row:{row.row}"):
        return _write(row, row.subject, row.corrects)
    if choice == "new" or choice.startswith("subject:"):
        return _write(row, chosen.subject, chosen.fact)
    return None


def _write(row: PlannedRow, subject: str, corrects: str) -> Write:
    return Write(row.row, subject, row.first, row.who, row.at, row.values, corrects)
