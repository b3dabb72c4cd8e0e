"""The papers that were issued: the newest first, filtered, with masked names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Q, QuerySet

from lianfang.acts.issue_paper import SORTS
from lianfang.acts.paper_code import standard
from lianfang.core.access.filter import Filter
from lianfang.ledger.models import Account, Paper, Person
from lianfang.ledger.visible import visible
from lianfang.web.parts.said import said
from lianfang.web.subject.called import called, unit_names

SIZE = 50
STATES = ("valid", "withdrawn")
NAMES = ("sort", "state", "q", "n", "after")


@dataclass(frozen=True, slots=True)
class Row:
    """One paper as the list shows it."""

    number: int
    sort: str
    name: str
    kind: str
    subject: str
    issued_at: datetime
    by: str
    unit: str
    code: str
    withdrawn_at: datetime | None
    why: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of papers, the filters it was made with, and after which number the next one starts."""

    rows: tuple[Row, ...]
    sort: str
    state: str
    q: str
    just: tuple[int, ...]
    next: int | None

    @property
    def numbers(self) -> str:
        """The papers of this page as they stand in the address of a print."""
        return urlencode([("n", row.number) for row in self.rows if row.withdrawn_at is None])


def listed(data: Mapping[str, str], just: list[str], scope: Filter) -> Listed:
    """The page that was asked for; `just` are the papers that were issued a moment ago."""
    numbers = tuple(int(text) for text in just if text.isdigit())
    sort, state, q = data.get("sort", ""), data.get("state", ""), data.get("q", "").strip()[:80]
    rows = papers_of(scope)
    rows = rows.filter(pk__in=numbers) if numbers else rows
    rows = rows.filter(kind=sort) if sort in SORTS else rows
    rows = rows.filter(withdrawn_at__isnull=state == "valid") if state in STATES else rows
    rows = rows.filter(_named(q)) if q else rows
    after = data.get("after", "")
    rows = rows.filter(pk__lt=int(after)) if after.isdigit() else rows
    found = list(rows.order_by("-pk")[: SIZE + 1])
    more = found[SIZE - 1].pk if len(found) > SIZE else None
    return Listed(_rows(found[:SIZE]), sort, state, q, numbers, more)


def papers_of(scope: Filter) -> QuerySet[Paper]:
    """Every paper somebody may see."""
    rows: QuerySet[Paper] = visible(Paper.objects.all(), scope)
    return rows


def _named(q: str) -> Q:
    """By number, by code, by the id or the name of whom it is about."""
    known = standard(q)
    if known is not None:
        return Q(code=known)
    digits = q.rpartition("〕")[2].rstrip("号")
    number = Q(pk=int(digits)) if digits.isdigit() and len(digits) < 10 else Q(pk__in=[])
    people = Person.objects.filter(name__contains=q).values("pk")
    return number | Q(subject=q) | Q(subject_kind="person", subject__in=people)


def _rows(found: list[Paper]) -> tuple[Row, ...]:
    names, units = called((row.subject_kind, row.subject) for row in found), unit_names()
    accounts = {row.issued_by for row in found}
    titles = dict(Account.objects.filter(username__in=accounts).values_list("username", "title"))
    return tuple(
        Row(
            number=row.pk,
            sort=said(SORTS[row.kind].words) if row.kind in SORTS else row.kind,
            name=names[row.subject_kind, row.subject],
            kind=row.subject_kind,
            subject=row.subject,
            issued_at=row.issued_at,
            by=titles.get(row.issued_by) or row.issued_by,
            unit=units.get(row.unit, row.unit),
            code=row.code,
            withdrawn_at=row.withdrawn_at,
            why=row.withdrawn_why,
        )
        for row in found
    )
