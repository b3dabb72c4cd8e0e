"""The rows of a planned import as the page shows them: trouble first, masked, with what can be chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lianfang.ledger.keyset import Page, page
from lianfang.ledger.models import Intake, IntakeRow
from lianfang.web.parts.said import one_of
from lianfang.web.subject.called import called

TROUBLE_FIRST = ("conflict", "refused", "changed", "new", "same")
FIRST = {"conflict": 20, "refused": 10, "changed": 10, "new": 5, "same": 2}
"""How many rows of each outcome stand on the first page."""


@dataclass(frozen=True, slots=True)
class Told:
    """One reason: the cell, the words, what the sheet says (`found`) against what is known."""

    cell: str
    words: str
    found: str
    known: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the sheet: number, outcome, masked name and number, reasons, and the choices of a conflict."""

    row: int
    outcome: str
    subject: str
    name: str
    number: str
    told: tuple[Told, ...]
    choices: tuple[tuple[str, str], ...]
    choice: str


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one outcome, and how many more there are."""

    outcome: str
    lines: tuple[Line, ...]
    more: int


def groups(intake: Intake, kind: str) -> tuple[Group, ...]:
    """The first rows of each outcome, trouble first."""
    found = []
    for outcome in TROUBLE_FIRST:
        rows = list(_rows(intake).filter(outcome=outcome).order_by("row")[: FIRST[outcome]])
        if rows:
            more = int(intake.counts.get(outcome, 0)) - len(rows)
            found.append(Group(outcome, lines(rows, kind), max(more, 0)))
    return tuple(found)


def listed(intake: Intake, outcome: str, after: str) -> Page[IntakeRow]:
    """The rows of one outcome (or, for `all`, of the whole sheet), page by page in the order of the sheet."""
    rows = _rows(intake)
    return page(rows if outcome == "all" else rows.filter(outcome=outcome), ("row",), after)


def lines(rows: Iterable[IntakeRow], kind: str) -> tuple[Line, ...]:
    """Rows as the page shows them; `kind` is the kind of subject, for the names of those who are known."""
    every = list(rows)
    names = called((kind, row.subject) for row in every if row.subject)
    return tuple(_line(row, names.get((kind, row.subject), row.subject)) for row in every)


def _rows(intake: Intake) -> Any:
    return IntakeRow.objects.filter(intake_id=intake.pk).defer("sealed")


def _line(row: IntakeRow, known: str) -> Line:
    values: Mapping[str, Any] = row.values
    choices = [one for problem in row.problems for one in problem.get("choices", [])]
    return Line(
        row.row,
        row.outcome,
        row.subject,
        str(values.get("name") or known),
        str(values.get("id_number") or values.get("phone") or ""),
        tuple(_told(problem) for problem in row.problems),
        tuple((one["value"], one_of(one["zh"], one["en"])) for one in choices),
        row.choice,
    )


def _told(problem: Mapping[str, Any]) -> Told:
    words = one_of(problem.get("zh", ""), problem.get("en", ""))
    found, known = str(problem.get("found") or ""), str(problem.get("known") or "")
    return Told(problem.get("cell", ""), words, found, known, bool(known) and problem.get("id") != "intake:other-name")
