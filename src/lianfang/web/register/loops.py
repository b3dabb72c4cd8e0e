"""The register of what is under management: one row a running measure of a subject."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from lianfang.acts.in_force import InForce
from lianfang.core.access.filter import Filter
from lianfang.ledger.bar import HELD, is_overdue
from lianfang.ledger.counts import behind
from lianfang.ledger.keyset import SIZE, Page, page
from lianfang.ledger.models import Loop, Obligation, Person, Subject
from lianfang.ledger.persons import asked_for
from lianfang.ledger.visible import visible
from lianfang.web.parts.said import said
from lianfang.web.register.asked import Asked
from lianfang.web.register.counting import count
from lianfang.web.register.table import Cell, Head, Line, Table
from lianfang.web.subject.called import PERSON, called
from lianfang.web.subject.grid import zone_of
from lianfang.web.subject.stages import LIVE, spans

STATES = ("running", "held", "suspended", "released", "handed_over", "exited", "cancelled", "superseded")
BY_SUBJECT, BY_RELEASE = ("subject", "id"), ("release", "id")


def chosen(force: InForce, kind: str, asked: Asked, scope: Filter, now: datetime) -> QuerySet[Loop]:
    """The loops a register is asked for."""
    rows = visible(Loop.objects.filter(subject_kind=kind), scope)
    if asked.figure:
        rows = behind(rows, force.plan, asked.figure, now)
        return rows.filter(path__startswith=asked.under) if asked.under else rows
    rows = rows.filter(state__in=[asked.state] if asked.state in STATES else LIVE)
    rows = rows.filter(measure=asked.measure) if asked.measure else rows.exclude(measure__in=momentary(force, kind))
    rows = rows.filter(stage=asked.stage) if asked.stage else rows
    rows = rows.filter(path__startswith=asked.under) if asked.under else rows
    rows = rows.filter(_found(kind, asked.q)) if asked.q else rows
    rows = _between(rows, asked, force.plan.zone)
    return rows.filter(Exists(_late(now))) if asked.overdue else rows


def momentary(force: InForce, kind: str) -> tuple[str, ...]:
    """Measures that nobody is under: decided at once, or only a list of things to do."""
    of_kind = (measure for measure in force.measures.values() if measure.subject == kind)
    return tuple(m.id for m in of_kind if not any(s.days is None or s.days or s.months for s in m.stages))


def _between(rows: QuerySet[Loop], asked: Asked, zone: int) -> QuerySet[Loop]:
    """Released between two days."""
    begin, end = asked.begin(zone), asked.end(zone)
    rows = rows.filter(release__gte=begin) if begin else rows
    rows = rows.filter(release__lt=end) if end else rows
    return rows.filter(release__isnull=False) if asked.sort == "release" else rows


def _found(kind: str, q: str) -> Q:
    """The subjects a search may mean."""
    if kind == PERSON:
        return Q(subject__in=Person.objects.filter(asked_for(q)).values("id"))
    named = Subject.objects.filter(kind=kind).filter(Q(name__contains=q) | Q(subject=q))
    return Q(subject__in=named.values("subject"))


def _late(now: datetime) -> QuerySet[Obligation]:
    return Obligation.objects.filter(is_overdue(now), loop=OuterRef("id"))


def table(
    force: InForce, kind: str, asked: Asked, scope: Filter, names: Mapping[str, str], now: datetime, size: int = SIZE
) -> Table:
    """One page of the register."""
    rows = chosen(force, kind, asked, scope, now)
    order = BY_RELEASE if asked.sort == "release" else BY_SUBJECT
    found: Page[Loop] = page(rows, order, asked.after, size)
    many, capped = count(rows) if not asked.after else (None, False)
    return Table(heads(), lines(force, found.rows, names, now), found.next, many, capped)


def heads() -> tuple[Head, ...]:
    """The columns."""
    return (
        Head("name", gettext("对象"), "name"),
        Head("state", gettext("状态"), "state"),
        Head("measure", gettext("措施")),
        Head("stage", gettext("阶段")),
        Head("unit", gettext("单位")),
        Head("opened", gettext("开始"), "day"),
        Head("release", gettext("解除"), "day"),
        Head("overdue", gettext("逾期"), "trouble"),
    )


def lines(force: InForce, rows: Sequence[Loop], names: Mapping[str, str], now: datetime) -> tuple[Line, ...]:
    """The rows with names, units and what is overdue, in three queries however many there are."""
    known = called((row.subject_kind, row.subject) for row in rows)
    late = _counts(rows, now)
    return tuple(_line(force, row, known[row.subject_kind, row.subject], names, late, now) for row in rows)


def _counts(rows: Sequence[Loop], now: datetime) -> Mapping[object, int]:
    wanted = Obligation.objects.filter(loop__in=[row.pk for row in rows]).filter(is_overdue(now) | Q(status=HELD))
    return dict(wanted.values_list("loop").annotate(many=Count("pk")))


def _line(
    force: InForce, row: Loop, name: str, names: Mapping[str, str], late: Mapping[object, int], now: datetime
) -> Line:
    measure = force.measures.get(row.measure)
    cells: dict[str, Cell] = {
        "name": name,
        "state": row.state,
        "measure": said(measure.words) if measure else row.measure,
        "stage": stage_now(force, row, now),
        "unit": names.get(row.path, row.path.rstrip("/").rpartition("/")[2]),
        "opened": row.opened,
        "release": row.ended or row.release,
        "overdue": late.get(row.pk, 0),
    }
    return Line(cells, reverse("subject", args=[row.subject_kind, row.subject]), row.subject)


def stage_now(force: InForce, row: Loop, now: datetime) -> str:
    """The stage a loop is in, and which day of it today is."""
    current = next((stage for stage in spans(force, row) if stage.id == row.stage), None)
    if current is None:
        return ""
    zone = zone_of(force.plan.zone)
    number = (now.astimezone(zone).date() - current.since.astimezone(zone).date()).days + 1
    if row.state not in LIVE or not current.days:
        return said(current.words)
    return gettext("%(stage)s 第%(day)s天") % {"stage": said(current.words), "day": number}
