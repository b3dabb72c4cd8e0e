"""Deleting what is past its time, category by category, with proof: a journal line with the counts and a digest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import connection, transaction

from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import RETAIN
from lianfang.ledger import journal

BATCH = 500


@dataclass(frozen=True, slots=True)
class Category:
    """Records that are kept equally long: `query` names those past their time (`%(until)s`), `deletes` what goes.

    `id` is a word for the journal; every statement of `deletes` takes the names as `%(names)s`, parts first.
    """

    id: str
    zh: str
    en: str
    query: str
    deletes: tuple[tuple[str, str], ...]


_OF_PERSONS = """
    about IN (
        SELECT id::text FROM obligation WHERE subject_kind = 'person' AND subject = ANY(%(names)s)
        UNION SELECT id::text FROM loop WHERE subject_kind = 'person' AND subject = ANY(%(names)s)
        UNION SELECT 'paper:' || id FROM paper WHERE subject_kind = 'person' AND subject = ANY(%(names)s)
        UNION SELECT 'person:' || name FROM unnest(%(names)s::text[]) AS n(name)
    ) OR about IN (SELECT id FROM fact WHERE subject_kind = 'person' AND subject = ANY(%(names)s))
"""
"""What people said and attached about persons, their loops, obligations, papers and facts."""

PERSONS = Category(
    "persons",
    "解除管理人员的档案",
    "files of persons who are no longer under management",
    # The clock starts with the last thing that happened; whoever has an open loop stays.
    """
    SELECT p.id FROM person p
    WHERE NOT EXISTS (SELECT 1 FROM fact f WHERE f.subject_kind = 'person' AND f.subject = p.id
                      AND greatest(f.at, f.recorded_at) >= %(until)s)
      AND NOT EXISTS (SELECT 1 FROM loop l WHERE l.subject_kind = 'person' AND l.subject = p.id
                      AND l.state IN ('running', 'held', 'suspended'))
      AND NOT EXISTS (SELECT 1 FROM person m WHERE m.merged_into = p.id AND m.merged_into <> '')
      AND p.registered_at < %(until)s
    ORDER BY p.id LIMIT %(size)s FOR UPDATE SKIP LOCKED
    """,
    (
        ("note", _OF_PERSONS),
        ("attachment", _OF_PERSONS),
        ("obligation", "subject_kind = 'person' AND subject = ANY(%(names)s)"),
        ("loop", "subject_kind = 'person' AND subject = ANY(%(names)s)"),
        (
            "mention",
            "subject_kind = 'person' AND subject = ANY(%(names)s)"
            " OR to_kind = 'person' AND to_subject = ANY(%(names)s)",
        ),
        ("placement", "person = ANY(%(names)s)"),
        ("paper", "subject_kind = 'person' AND subject = ANY(%(names)s)"),
        ("merge", "merged = ANY(%(names)s)"),
        ("fact", "subject_kind = 'person' AND subject = ANY(%(names)s)"),
        ("subject", "kind = 'person' AND subject = ANY(%(names)s)"),
        ("person", "id = ANY(%(names)s)"),
    ),
)

FILES = Category(
    "files",
    "导入的文件",
    "files that were imported",
    "SELECT id::text FROM intake WHERE at < %(until)s AND state IN ('applied', 'refused', 'cancelled')"
    " ORDER BY id LIMIT %(size)s FOR UPDATE SKIP LOCKED",
    (("intake_row", "intake_id = ANY(%(names)s::bigint[])"), ("intake", "id = ANY(%(names)s::bigint[])")),
)

_LOST = """
SELECT n.id::text FROM {table} n
WHERE n.at < %(until)s AND n.about ~ '^[0-9a-f-]{{36}}$'
  AND NOT EXISTS (SELECT 1 FROM obligation o WHERE o.id = n.about::uuid)
  AND NOT EXISTS (SELECT 1 FROM loop l WHERE l.id = n.about::uuid)
ORDER BY n.id LIMIT %(size)s FOR UPDATE SKIP LOCKED
"""
"""About a loop or an obligation that closed so long ago that it stands no more."""

NOTES = Category(
    "notes",
    "已了结事项的留言",
    "notes about what is long closed",
    _LOST.format(table="note"),
    (("note", "id = ANY(%(names)s::bigint[])"),),
)

ATTACHMENTS = Category(
    "attachments",
    "已了结事项的附件",
    "attachments to what is long closed",
    _LOST.format(table="attachment"),
    (("attachment", "id = ANY(%(names)s::bigint[])"),),
)

SENT = Category(
    "sent",
    "防重复提交的键",
    "keys against sending twice",
    "SELECT id::text FROM sent_once WHERE at < %(until)s ORDER BY id LIMIT %(size)s FOR UPDATE SKIP LOCKED",
    (("sent_once", "id = ANY(%(names)s::bigint[])"),),
)

FIGURES = Category(
    "figures",
    "历史指标",
    "figures of earlier days",
    "SELECT id::text FROM figure WHERE as_of < %(until)s ORDER BY id LIMIT %(size)s FOR UPDATE SKIP LOCKED",
    (("figure", "id = ANY(%(names)s::bigint[])"),),
)

CATEGORIES: tuple[Category, ...] = (PERSONS, NOTES, ATTACHMENTS, FILES, SENT, FIGURES)
"""Everything that is deleted some day. The journal and the plans stay."""


@dataclass(frozen=True, slots=True)
class Deleted:
    """The proof: how many rows of each table, and SHA-256 over the sorted names; `line` of the journal has both."""

    category: str
    names: int
    rows: dict[str, int]
    digest: str
    line: int


def delete_due(
    category: Category, keep: timedelta, *, actor: Actor, now: datetime, size: int = BATCH
) -> Deleted | None:
    """Delete one batch of what is older than `keep`, with its line in the journal; None when nothing is left.

    The batch and its proof are one transaction: there is no deletion without its line.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(category.query, {"until": now - keep, "size": size})
            names = sorted(str(name) for (name,) in cursor.fetchall())
        if not names:
            return None
        rows = _delete(category, names)
        digest = sha256("\n".join(names).encode()).hexdigest()
        details = {"names": len(names), "rows": rows, "digest": digest, "kept_days": keep.days}
        line = journal.write(actor, RETAIN, f"retention:{category.id}", now=now, details=details)
    return Deleted(category.id, len(names), rows, digest, line)


def _delete(category: Category, names: Sequence[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lianfang.retention', 'on', true)")
        for table, condition in category.deletes:
            cursor.execute(f"DELETE FROM {table} WHERE {condition}", {"names": list(names)})  # noqa: S608  our own words
            counts[table] = int(cursor.rowcount)
        cursor.execute("SELECT set_config('lianfang.retention', 'off', true)")
    return counts
