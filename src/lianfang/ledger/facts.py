"""Facts are only ever added: what happened, to whom, when, and since when it is known; read back for the evaluation."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

from lianfang.core.facts.vocabulary import Kind
from lianfang.ledger.fact_tables import HOPS, tables
from lianfang.ledger.fact_values import FactRefused, Kept, Reader, Vocabulary, instant_of, reader
from lianfang.ledger.sealed import seal_columns
from lianfang.ledger.stands import person_columns, who_stands
from lianfang.ledger.subjects import (
    CALLED,
    HOMES,
    PERSON,
    SUPERVISED,
    Belonging,
    Key,
    Registration,
    know,
    register,
    spot_of,
)

Named = Mapping[str, Sequence[tuple[str, str]]]
"""Kind of fact -> (column, kind of subject) through which a measure looks at another subject."""

__all__ = ["NewFact", "append", "mention", "new_id", "rows_of", "tables", "who_stands"]


@dataclass(frozen=True, slots=True)
class NewFact:
    """One fact to be added. `values` by column; `at` its own time (aware).

    `corrects` is the id of the fact it replaces. `unit` is the unit its subject belongs to, where the speaker decides
    that. `said_by` and `recorded_at` only where they are not those of the whole batch.
    """

    kind: str
    subject_kind: str
    subject: str
    at: datetime
    values: Mapping[str, object] = field(default_factory=dict)
    id: str = ""
    corrects: str | None = None
    unit: str = ""
    said_by: str = ""
    recorded_at: datetime | None = None


def new_id(now: datetime) -> str:
    """A number for a fact that nobody gives twice; numbers of one moment lie together, which the index likes."""
    return f"{int(now.timestamp() * 1000):012x}{secrets.token_hex(8)}"


COLUMNS = 'id, kind, subject_kind, subject, at, recorded_at, corrects, said_by, "values", sealed'
MANY = 100
"""From so many facts on COPY is quicker than one statement with all values."""


def append(
    facts: Iterable[NewFact],
    *,
    plan: Vocabulary,
    said_by: str,
    now: datetime,
    named: Named | None = None,
    home: str = "",
) -> list[str]:
    """Add facts, in the transaction of the caller; gives their ids in order.

    Subjects get their rows (in the unit of their registration, else in `home`), persons come into the register, and
    what a measure looks up through (`named`) is noted. FactRefused when a fact does not fit the plan's vocabulary.
    """
    given = list(facts)
    readers = {kind: reader(plan, kind) for kind in {fact.kind for fact in given}}
    kept = [_kept(readers[fact.kind], fact) for fact in given]
    ids = [fact.id or new_id(now) for fact in given]
    know(_belonging(fact, values, home) for fact, values in zip(given, kept, strict=True))
    rows = [_row(*line, said_by, now) for line in zip(ids, given, kept, strict=True)]
    _insert(rows) if len(rows) < MANY else _copy(rows)
    register(_registrations(plan, given, kept))
    mention(_mentions(given, kept, named or {}))
    return ids


def _kept(reader: Reader, fact: NewFact) -> Kept:
    kind = reader.kind
    if kind.subject != fact.subject_kind or not fact.subject.strip():
        raise FactRefused(f"{kind.id}.{kind.subject}", fact.subject_kind, kind.subject, kind.subject)
    return reader.kept(fact.values)


def _row(id: str, fact: NewFact, kept: Kept, said_by: str, now: datetime) -> tuple[Any, ...]:
    return (
        id,
        fact.kind,
        fact.subject_kind,
        fact.subject,
        fact.at,
        fact.recorded_at or now,
        fact.corrects,
        fact.said_by or said_by,
        Jsonb(kept.plain),
        seal_columns(kept.sealed) if kept.sealed else None,
    )


def _insert(rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        line = f"({', '.join(['%s'] * len(rows[0]))})"
        with connection.cursor() as cursor:
            statement = f"INSERT INTO fact ({COLUMNS}) VALUES {', '.join([line] * len(rows))}"  # noqa: S608  no value in it
            cursor.execute(statement, [value for row in rows for value in row])


def _copy(rows: Sequence[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY fact ({COLUMNS}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _belonging(fact: NewFact, kept: Kept, home: str) -> Belonging:
    """Where the subject belongs; only its registration says so by itself."""
    said = (fact.unit,) if fact.unit else ()
    if fact.kind != fact.subject_kind:
        return Belonging(fact.kind and fact.subject_kind, fact.subject, homes=said, home=home)
    plain = kept.plain
    return Belonging(
        fact.subject_kind,
        fact.subject,
        name=next((str(plain[name]) for name in CALLED if name in plain), ""),
        homes=(*said, *(str(plain[name]) for name in HOMES if name in plain)),
        supervisor=str(plain.get(SUPERVISED, "")),
        spot=spot_of(kept.sealed.get("address", str(plain.get("address", "")))),
        home=home,
    )


def _registrations(plan: Vocabulary, facts: Sequence[NewFact], kept: Sequence[Kept]) -> Iterable[Registration]:
    for fact, values in zip(facts, kept, strict=True):
        if fact.kind == PERSON == fact.subject_kind:
            texts = {name: str(value) for name, value in {**values.plain, **values.sealed}.items()}
            yield Registration(fact.subject, fact.at, texts, _day(texts.get("born_on"), plan.zone))


def _day(text: str | None, zone: int) -> date | None:
    if not text:
        return None
    return instant_of("person.born_on", text, zone).astimezone(timezone(timedelta(seconds=zone))).date()


def _mentions(facts: Sequence[NewFact], kept: Sequence[Kept], named: Named) -> Iterable[tuple[str, str, str, str]]:
    for fact, values in zip(facts, kept, strict=True):
        for column, to_kind in named.get(fact.kind, ()):
            if to := values.plain.get(column):
                yield to_kind, str(to), fact.subject_kind, fact.subject


def mention(mentions: Iterable[tuple[str, str, str, str]]) -> None:
    """Note that facts of a subject name another: (kind and id of the one named, kind and id of the one that names)."""
    every = sorted(set(mentions))
    if every:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO mention (to_kind, to_subject, subject_kind, subject)"
                " SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[]) ON CONFLICT DO NOTHING",
                [list(column) for column in zip(*every, strict=True)],
            )


_ROWS = """
WITH RECURSIVE own AS (
    SELECT kind, subject, subject AS stands FROM unnest(%(kinds)s::text[], %(subjects)s::text[]) AS k(kind, subject)
    WHERE NOT EXISTS (SELECT 1 FROM person m WHERE k.kind = 'person' AND m.id = k.subject AND m.merged_into <> '')
    UNION
    SELECT o.kind, p.id, o.stands FROM own o
    JOIN person p ON o.kind = 'person' AND p.merged_into = o.subject AND p.merged_into <> ''
), seen AS (
    SELECT kind, subject, stands, 0 AS hop FROM own
    UNION
    SELECT m.to_kind, m.to_subject, coalesce(p.merged_into, m.to_subject), s.hop + 1 FROM seen s
    JOIN mention m ON m.subject_kind = s.kind AND m.subject = s.subject
    LEFT JOIN person p ON m.to_kind = 'person' AND p.id = m.to_subject AND p.merged_into <> ''
    WHERE s.hop < %(hops)s
), nearest AS (
    SELECT kind, subject, stands, min(hop) AS hop FROM seen GROUP BY kind, subject, stands
)
SELECT f.kind, f.id, n.kind, n.stands, f.at, f.recorded_at, f.corrects, f.said_by, f."values", f.no
FROM nearest n JOIN fact f ON f.subject_kind = n.kind AND f.subject = n.subject
WHERE n.hop = 0 OR %(looked_up)s::text[] IS NULL OR f.kind = ANY(%(looked_up)s::text[])
UNION
SELECT f.kind, f.id, m.subject_kind, coalesce(p.merged_into, m.subject), f.at, f.recorded_at, f.corrects, f.said_by,
       f."values", f.no
FROM own o JOIN mention m ON m.to_kind = o.kind AND m.to_subject = o.subject AND %(through)s::text[] <> '{}'
LEFT JOIN person p ON m.subject_kind = 'person' AND p.id = m.subject AND p.merged_into <> ''
JOIN fact f ON f.subject_kind = m.subject_kind AND f.subject = m.subject AND f.kind = ANY(%(through)s::text[])
ORDER BY no
"""


def rows_of(
    keys: Iterable[Key],
    kinds: Mapping[str, Kind],
    looked_up: Iterable[str] | None = None,
    through: Iterable[str] = (),
) -> list[tuple[str, dict[str, object]]]:
    """Every fact about the subjects, and about those they name: (kind, column -> value) rows for `Facts.from_rows`.

    Facts of persons whose record was merged into an asked one come under the one that stands. `looked_up`: the kinds
    to read of those named (default: all). `through`: kinds to read of those who name an asked one. Sealed columns hold
    a marker, times of the row itself are datetimes. Kinds that the plan no longer has are left out.
    """
    asked = sorted(set(keys))
    given: dict[str, Any] = {
        "kinds": [kind for kind, _ in asked],
        "subjects": [subject for _, subject in asked],
        "hops": HOPS,
        "looked_up": None if looked_up is None else sorted(looked_up),
        "through": sorted(through),
    }
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, given)
        found = cursor.fetchall()
    rows = [(line[0], _as_row(kinds[line[0]], line)) for line in found if line[0] in kinds]
    stands = who_stands(_persons_named(rows, kinds))
    return [(kind, _renamed(kinds[kind], row, stands)) for kind, row in rows] if stands else rows


def _as_row(kind: Kind, line: Sequence[object]) -> dict[str, object]:
    _, id, subject_kind, stands, at, recorded_at, corrects, said_by, values, _ = line
    own: dict[str, object] = json.loads(str(values))
    row: dict[str, object] = {"id": id, str(subject_kind): stands, kind.time: at, "recorded_at": recorded_at}
    return {**own, **row, "corrects": corrects, "said_by": said_by}


def _persons_named(rows: Sequence[tuple[str, Mapping[str, object]]], kinds: Mapping[str, Kind]) -> set[str]:
    """Persons that facts name beside their own subject: a contact, a case."""
    columns = {kind: person_columns(kinds[kind]) for kind, _ in rows}
    return {str(row[name]) for kind, row in rows for name in columns[kind] if row.get(name)}


def _renamed(kind: Kind, row: dict[str, object], stands: Mapping[str, str]) -> dict[str, object]:
    changed = {name: stands.get(str(row[name]), row[name]) for name in person_columns(kind) if row.get(name)}
    return {**row, **changed}
