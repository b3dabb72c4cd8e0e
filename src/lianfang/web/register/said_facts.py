"""The register of one kind of fact: every record of it, with the columns it fills."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from lianfang.acts.in_force import InForce
from lianfang.acts.undo_fact import WITHDRAWN
from lianfang.core.access.filter import Filter
from lianfang.core.facts.vocabulary import Column, Kind
from lianfang.ledger.keyset import SIZE, Page, page
from lianfang.ledger.models import Fact, Person
from lianfang.ledger.persons import asked_for
from lianfang.ledger.visible import visible
from lianfang.web.parts.said import one_of
from lianfang.web.register.asked import Asked
from lianfang.web.register.counting import count
from lianfang.web.register.table import Cell, Head, Line, Table
from lianfang.web.subject.called import PERSON, called
from lianfang.web.subject.grid import zone_of
from lianfang.web.subject.happened import Happened, references, shown

MOST_COLUMNS = 7


def chosen(kind: Kind, asked: Asked, scope: Filter, zone: int) -> QuerySet[Fact]:
    """The facts of a kind that are asked for; of those corrected only the newest."""
    newer = Fact.objects.filter(corrects=OuterRef("id"))
    rows = visible(Fact.objects.filter(kind=kind.id, at__lt=WITHDRAWN), scope).exclude(Exists(newer))
    if asked.q and kind.subject == PERSON:
        rows = rows.filter(subject__in=Person.objects.filter(asked_for(asked.q)).values("id"))
    elif asked.q:
        rows = rows.filter(subject=asked.q)
    begin, end = asked.begin(zone), asked.end(zone)
    rows = rows.filter(at__gte=begin) if begin else rows
    return rows.filter(at__lt=end) if end else rows


def table(force: InForce, kind: Kind, asked: Asked, scope: Filter, size: int = SIZE) -> Table:
    """One page of the register, in order of time."""
    rows = chosen(kind, asked, scope, force.plan.zone)
    found: Page[Fact] = page(rows, ("at", "no"), asked.after, size)
    many, capped = count(rows) if not asked.after else (None, False)
    return Table(heads(kind), lines(force, kind, found.rows), found.next, many, capped)


def heads(kind: Kind) -> tuple[Head, ...]:
    """When, about whom, the first columns of the kind, who said it."""
    own = tuple(Head(column.name, one_of(column.zh, column.en)) for column in columns(kind))
    first = (Head("@at", gettext("发生"), "moment"), Head("name", gettext("对象"), "name"))
    return (*first, *own, Head("@said_by", gettext("填报")))


def columns(kind: Kind) -> tuple[Column, ...]:
    """The columns shown: the required ones first."""
    own = [column for column in kind.columns.values() if column.name not in (kind.subject, kind.time)]
    return tuple(sorted(own, key=lambda column: not column.required)[:MOST_COLUMNS])


def lines(force: InForce, kind: Kind, rows: Sequence[Fact]) -> tuple[Line, ...]:
    """The rows with names; people masked, sealed columns covered."""
    facts = tuple(_happened(kind, row) for row in rows)
    known = called([*((row.subject_kind, row.subject) for row in rows), *references(facts)])
    zone = zone_of(force.plan.zone)
    found = []
    for row, fact in zip(rows, facts, strict=True):
        said = dict(shown(fact, known, zone))
        cells: dict[str, Cell] = {column.name: said.get(one_of(column.zh, column.en), "") for column in columns(kind)}
        cells |= {"@at": row.at, "name": known[row.subject_kind, row.subject], "@said_by": fact.said_by}
        found.append(Line(cells, reverse("subject", args=[row.subject_kind, row.subject]), row.subject))
    return tuple(found)


def _happened(kind: Kind, row: Fact) -> Happened:
    by = row.said_by.partition("@")[0]
    return Happened(row.id, kind, row.at, row.recorded_at, by, row.values, row.corrects or "", False)
