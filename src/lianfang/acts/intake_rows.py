"""The rows of an import as the ledger keeps them: masked for the page, whole but sealed for applying."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta, timezone
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

from lianfang.core.facts.vocabulary import Column, ColumnType
from lianfang.core.identity.masking import masked
from lianfang.core.intake.known import Value
from lianfang.core.intake.outcome import Choice, Outcome, PlannedRow, Problem
from lianfang.ledger.models import IntakeRow
from lianfang.ledger.sealed import seal, unseal

COLUMNS = 'intake_id, "row", outcome, subject, "values", sealed, problems, choice'
STEP = 2_000


def put_rows(intake: int, rows: Iterable[PlannedRow], columns: Mapping[str, Column], zone: int) -> None:
    """Keep the rows of a plan in place of those before."""
    IntakeRow.objects.filter(intake_id=intake).delete()
    with connection.cursor() as cursor:
        statement = f"COPY intake_row ({COLUMNS}) FROM STDIN"
        with cursor.copy(statement) as copy:
            for row in rows:
                shown = _shown({**row.who, **row.values}, columns, zone)
                sealed = seal(json.dumps(_whole(row), ensure_ascii=False))
                problems = [_problem(problem, columns) for problem in row.problems]
                if problems and row.choices:
                    problems[0]["choices"] = [{"value": c.value, "zh": c.zh, "en": c.en} for c in row.choices]
                line = (intake, row.row, row.outcome.value, row.subject, Jsonb(shown), sealed, Jsonb(problems), "")
                copy.write_row(line)


def planned_rows(intake: int) -> Iterator[tuple[PlannedRow, str]]:
    """The rows as they were planned, each with the choice that was made, in the order of the sheet."""
    after = 0
    while True:
        found = list(IntakeRow.objects.filter(intake_id=intake, row__gt=after).order_by("row")[:STEP])
        for row in found:
            yield planned_row(row), row.choice
        if len(found) < STEP:
            return
        after = found[-1].row


def planned_row(row: IntakeRow) -> PlannedRow:
    """One row as it was planned."""
    whole = json.loads(unseal(bytes(row.sealed or b"")))
    problems = tuple(Problem(**problem) for problem in whole.pop("problems"))
    choices = tuple(Choice(**choice) for choice in whole.pop("choices"))
    return PlannedRow(**{**whole, "outcome": Outcome(whole["outcome"])}, problems=problems, choices=choices)


def _whole(row: PlannedRow) -> dict[str, Any]:
    return {**asdict(row), "outcome": row.outcome.value}


def _shown(values: Mapping[str, Value], columns: Mapping[str, Column], zone: int) -> dict[str, object]:
    """What the page shows: masked as the vocabulary says, times as local time."""
    found: dict[str, object] = {}
    for name, value in values.items():
        column = columns.get(name)
        if column is None:
            continue
        if column.type is ColumnType.TIME and isinstance(value, int):
            found[name] = datetime.fromtimestamp(value, timezone(timedelta(seconds=zone))).isoformat()
        else:
            found[name] = masked(column, value) if isinstance(value, str) else value
    return found


def _problem(problem: Problem, columns: Mapping[str, Column]) -> dict[str, object]:
    column = columns.get(problem.column)
    said: dict[str, object] = asdict(problem)
    if column is not None:
        said["found"], said["known"] = masked(column, problem.found), masked(column, problem.known)
    return said
