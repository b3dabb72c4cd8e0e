"""Which record stands for a person after records were merged: facts keep the person they were said about."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from lianfang.core.facts.vocabulary import ColumnType, Kind, all_columns
from lianfang.ledger.subjects import PERSON


def person_columns(kind: Kind) -> list[str]:
    """The columns of a kind that name a person, its own subject left out."""
    columns = all_columns(kind).values()
    return [c.name for c in columns if c.type == ColumnType.REF and c.to == PERSON and c.name != kind.subject]


def who_stands(persons: Iterable[str]) -> dict[str, str]:
    """Of these persons, those whose record became part of another -> the record that stands for them now."""
    asked = sorted(set(persons))
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_STANDS, [asked])
        return {str(person): str(stands) for person, stands in cursor.fetchall()}


_STANDS = """
WITH RECURSIVE way AS (
    SELECT id AS person, merged_into AS stands, 1 AS steps FROM person WHERE id = ANY(%s) AND merged_into <> ''
    UNION
    SELECT w.person, p.merged_into, w.steps + 1 FROM way w JOIN person p ON p.id = w.stands
    WHERE p.merged_into <> '' AND w.steps < 20
)
SELECT DISTINCT ON (person) person, stands FROM way ORDER BY person, steps DESC
"""
