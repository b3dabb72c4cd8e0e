"""Loops as they stand, as facts for measures that ask about the loops of others: how many are still running."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

import pyarrow as pa
from django.db import connection

from lianfang.core.facts.vocabulary import SUBJECTS, Kind
from lianfang.core.language.loops import RUNNING, UNTIL
from lianfang.core.obligations.loop_facts import naming

Key = tuple[str, str]

_LOOPS = """
SELECT l.id::text, l.fact_kind, l.subject, l.measure, l.state, l.exit, l.stage,
       floor(extract(epoch FROM l.opened))::bigint AS opened,
       floor(extract(epoch FROM least(l.ended, l.release)))::bigint AS over, f."values"
FROM loop l LEFT JOIN fact f ON f.id = l.fact
WHERE l.subject_kind = %s
  AND NOT EXISTS (SELECT 1 FROM unnest(%s::text[], %s::text[]) AS k(kind, subject)
                  WHERE k.kind = l.subject_kind AND k.subject = l.subject)
"""


def loops_as_facts(kind: Kind, kinds: Mapping[str, Kind], besides: Iterable[Key]) -> pa.Table:
    """Every standing loop of a kind of loop (`loop`, `area_loop_running` …) whose subject is not among `besides`.

    Those are evaluated together with the question and bring their own. Instants in seconds; each row names whom and
    what the loop's opening fact names.
    """
    keys = list(besides)
    with connection.cursor() as cursor:
        cursor.execute(_LOOPS, [kind.subject, [one for one, _ in keys], [subject for _, subject in keys]])
        rows = cursor.fetchall()
    running = kind.id.endswith(RUNNING)
    found = [_row(kind, kinds.get(line[1]), line, running) for line in rows]
    kept = [row for row in found if row["opened_at"] is not None and (running or row["ended_at"] is not None)]
    return pa.table({name: pa.array([row[name] for row in kept], _type(name)) for name in _names(kind, running)})


def _names(kind: Kind, running: bool) -> list[str]:
    others = [name for name in SUBJECTS if name != kind.subject]
    until = [UNTIL] if running else []
    return ["id", kind.subject, "measure", "state", "exit", "stage", "opened_at", "ended_at", *until, *others]


def _type(name: str) -> pa.DataType:
    return pa.int64() if name in ("opened_at", "ended_at", UNTIL) else pa.string()


def _row(kind: Kind, opening: Kind | None, line: tuple[object, ...], running: bool) -> dict[str, object]:
    number, _, subject, measure, state, exit, stage, opened, over, values = line
    said: dict[str, object] = json.loads(str(values)) if values else {}
    row: dict[str, object] = {
        "id": number,
        kind.subject: subject,
        "measure": measure,
        "state": state,
        "exit": exit or None,
        "stage": stage or None,
        "opened_at": opened,
        "ended_at": over,
    }
    if running:
        row[UNTIL] = int(over) - 1 if isinstance(over, int) else None
    others = [name for name in SUBJECTS if name != kind.subject]
    columns = {name: next(naming(opening, name), "") if opening is not None else "" for name in others}
    return {**row, **{name: said.get(column) for name, column in columns.items()}}
