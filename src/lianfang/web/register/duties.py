"""The register of obligations: what every figure on other pages is made of, row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from lianfang.acts.in_force import InForce
from lianfang.core.access.filter import Filter
from lianfang.ledger.bar import DONE, HELD, is_counted, is_due, is_overdue
from lianfang.ledger.keyset import SIZE, Page, page
from lianfang.ledger.models import Obligation, Person, Unit
from lianfang.ledger.persons import asked_for
from lianfang.ledger.visible import visible
from lianfang.web.parts.said import said
from lianfang.web.plan.duties import of_clause
from lianfang.web.plan.tree import above, clause_tree, pack_of
from lianfang.web.register.asked import Asked
from lianfang.web.register.counting import count
from lianfang.web.register.table import Cell, Head, Line, Table
from lianfang.web.subject.called import PERSON, called, unit_names
from lianfang.web.subject.due import what

COUNTED, OVERDUE, DUE, MET, LATE = "counted", "overdue", "due", "met", "late"
STATUSES = (COUNTED, OVERDUE, DUE, HELD, MET, LATE, "upcoming", "suspended", "waived")
BY_DUE, BY_SUBJECT = ("due", "id"), ("subject", "id")


def chosen(force: InForce, asked: Asked, scope: Filter, now: datetime) -> QuerySet[Obligation]:
    """The obligations a register is asked for; without a status those that the bars count."""
    rows = visible(Obligation.objects.all(), scope)
    rows = rows.filter(_status(asked.status or COUNTED, now, force.plan.zone))
    rows = rows.filter(of_clause(force, _clauses(force, asked.clause))) if asked.clause else rows
    for name in ("measure", "requirement", "owner"):
        if value := getattr(asked, name):
            rows = rows.filter(**{name: value})
    if asked.owner_under:
        units = Unit.objects.filter(path__startswith=asked.owner_under).values("id")
        rows = rows.filter(owner__in=units)
    rows = rows.filter(path__startswith=asked.under) if asked.under else rows
    if asked.subject:
        kind, _, subject = asked.subject.partition(":")
        rows = rows.filter(subject_kind=kind, subject=subject)
    if asked.q:
        rows = rows.filter(subject_kind=PERSON, subject__in=Person.objects.filter(asked_for(asked.q)).values("id"))
    begin, end = asked.begin(force.plan.zone), asked.end(force.plan.zone)
    rows = rows.filter(due__gte=begin) if begin else rows
    return rows.filter(due__lt=end) if end else rows


def _status(word: str, now: datetime, zone: int) -> Q:
    """What a status means on every page: the same conditions as in the bars."""
    match word:
        case "overdue":
            return is_overdue(now)
        case "due":
            return is_due(now) & is_counted(now, zone)
        case "met":
            return Q(status__in=DONE) & is_counted(now, zone)
        case "counted":
            return is_counted(now, zone)
        case word if word in STATUSES:
            return Q(status=word)
    return is_counted(now, zone)


def _clauses(force: InForce, clause: str) -> frozenset[str]:
    """A clause, or everything in a section."""
    found = above(clause_tree(force.plan, pack_of(clause, force.plan)), clause)
    return found[-1].clauses if found else frozenset({clause})


def table(force: InForce, asked: Asked, scope: Filter, now: datetime, size: int = SIZE) -> Table:
    """One page of the register, by due time; what has none comes by subject when it is asked for alone."""
    rows = chosen(force, asked, scope, now)
    undated = asked.status == HELD
    found: Page[Obligation] = page(
        rows if undated else rows.filter(due__isnull=False), BY_SUBJECT if undated else BY_DUE, asked.after, size
    )
    many, capped = count(rows) if not asked.after else (None, False)
    return Table(heads(), lines(force, found.rows, now), found.next, many, capped)


def heads() -> tuple[Head, ...]:
    """The columns."""
    return (
        Head("status", gettext("状态"), "status"),
        Head("name", gettext("对象"), "name"),
        Head("what", gettext("事项")),
        Head("clause", gettext("依据"), "clause"),
        Head("owner", gettext("责任单位")),
        Head("due", gettext("时限"), "moment"),
        Head("left", gettext("剩余"), "left"),
    )


def lines(force: InForce, rows: Sequence[Obligation], now: datetime) -> tuple[Line, ...]:
    """The rows with names and units."""
    known, units = called((row.subject_kind, row.subject) for row in rows), unit_names()
    return tuple(_line(force, row, known[row.subject_kind, row.subject], units, now) for row in rows)


def _line(force: InForce, row: Obligation, name: str, units: Mapping[str, str], now: datetime) -> Line:
    late = row.status == "due" and row.due is not None and row.due < now
    words = said(what(force, row))
    cells: dict[str, Cell] = {
        "status": "overdue" if late else row.status,
        "name": name,
        "what": gettext("第%(number)s次 %(words)s") % {"number": row.occurrence, "words": words}
        if row.occurrence > 1
        else words,
        "clause": row.clause,
        "owner": units.get(row.owner, row.by or row.owner),
        "due": row.due,
        "left": row.due if row.status in ("due", "overdue", "upcoming") else None,
    }
    open = row.status in ("due", "overdue", HELD)
    verb, address = (gettext("办理"), reverse("today-item", args=[row.pk])) if open else ("", "")
    return Line(cells, reverse("subject", args=[row.subject_kind, row.subject]), row.subject, verb, address)
