"""The register of all subjects of a kind, whether anything is being done about them or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from lianfang.acts.in_force import InForce
from lianfang.core.access.filter import Filter
from lianfang.ledger.bar import HELD, is_overdue
from lianfang.ledger.keyset import SIZE, Page, page
from lianfang.ledger.models import Loop, Obligation, Person, Subject
from lianfang.ledger.persons import asked_for
from lianfang.ledger.visible import visible
from lianfang.web.register.asked import Asked
from lianfang.web.register.counting import count
from lianfang.web.register.table import Cell, Head, Line, Table
from lianfang.web.subject.called import PERSON, called, unit_names
from lianfang.web.subject.stages import LIVE, name_of


def chosen(kind: str, asked: Asked, scope: Filter, now: datetime) -> QuerySet[Subject]:
    """The subjects a register is asked for."""
    rows = visible(Subject.objects.filter(kind=kind), scope)
    rows = rows.filter(path__startswith=asked.under) if asked.under else rows
    if asked.q and kind == PERSON:
        rows = rows.filter(subject__in=Person.objects.filter(asked_for(asked.q)).values("id"))
    elif asked.q:
        rows = rows.filter(Q(name__contains=asked.q) | Q(subject=asked.q))
    if asked.overdue:
        late = Obligation.objects.filter(is_overdue(now), subject_kind=OuterRef("kind"), subject=OuterRef("subject"))
        rows = rows.filter(Exists(late))
    return rows


def table(
    force: InForce, kind: str, asked: Asked, scope: Filter, names: Mapping[str, str], now: datetime, size: int = SIZE
) -> Table:
    """One page of the register."""
    rows = chosen(kind, asked, scope, now)
    found: Page[Subject] = page(rows, ("subject", "id"), asked.after, size)
    many, capped = count(rows) if not asked.after else (None, False)
    return Table(heads(), lines(force, found.rows, names, now), found.next, many, capped)


def heads() -> tuple[Head, ...]:
    """The columns."""
    return (
        Head("name", gettext("对象"), "name"),
        Head("measures", gettext("现在的措施")),
        Head("unit", gettext("单位")),
        Head("supervisor", gettext("主管")),
        Head("spot", gettext("地点")),
        Head("due", gettext("应办"), "number"),
        Head("overdue", gettext("逾期"), "trouble"),
    )


def lines(force: InForce, rows: Sequence[Subject], names: Mapping[str, str], now: datetime) -> tuple[Line, ...]:
    """The rows with what is being done and what is owed about each."""
    ids = [row.subject for row in rows]
    kind = rows[0].kind if rows else ""
    known = called((row.kind, row.subject) for row in rows)
    running: dict[str, list[str]] = {}
    for subject, measure in Loop.objects.filter(subject_kind=kind, subject__in=ids, state__in=LIVE).values_list(
        "subject", "measure"
    ):
        running.setdefault(subject, []).append(name_of(force, measure))
    owed = _owed(kind, ids, now)
    units = unit_names()
    return tuple(_line(row, known[row.kind, row.subject], running, owed, names, units) for row in rows)


def _owed(kind: str, ids: Sequence[str], now: datetime) -> Mapping[str, tuple[int, int]]:
    """Subject -> how many are due, how many overdue."""
    rows = (
        Obligation.objects.filter(subject_kind=kind, subject__in=ids)
        .values_list("subject")
        .annotate(
            open_now=Count("pk", filter=Q(status__in=("due", HELD), due__gte=now) | Q(status=HELD)),
            past=Count("pk", filter=is_overdue(now)),
        )
    )
    return {subject: (due, late) for subject, due, late in rows}


def _line(
    row: Subject,
    name: str,
    running: Mapping[str, Sequence[str]],
    owed: Mapping[str, tuple[int, int]],
    names: Mapping[str, str],
    units: Mapping[str, str],
) -> Line:
    due, late = owed.get(row.subject, (0, 0))
    measures = running.get(row.subject, ())
    more = gettext(" 等 %(many)s 项") % {"many": len(measures)} if len(measures) > 2 else ""
    cells: dict[str, Cell] = {
        "name": name,
        "measures": "、".join(dict.fromkeys(measures[:2])) + more,
        "unit": names.get(row.path, units.get(row.unit, row.unit)),
        "supervisor": units.get(row.supervisor, row.supervisor),
        "spot": row.spot if row.kind != PERSON else "",
        "due": due,
        "overdue": late,
    }
    return Line(cells, reverse("subject", args=[row.kind, row.subject]), row.subject)
