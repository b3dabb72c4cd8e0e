"""The papers about goods, places and tasks: certificate of exit, notice to put right, task sheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from lianfang.acts.known import obligation_of
from lianfang.acts.paper_persons import missing_for_release
from lianfang.acts.paper_texts import OWED, Sheet, loop_of, status_of, subject_name, unit_name
from lianfang.acts.refused import Refused
from lianfang.acts.task_step import handed_in
from lianfang.ledger.models import Fact, Loop, Note, Obligation, Subject
from lianfang.reach.documents.layout import Letter, Quote, Report
from lianfang.reach.documents.lots import LotExit, LotTest, lot_exit_certificate
from lianfang.reach.documents.rectification import Finding, RectificationNotice, rectification_notice
from lianfang.reach.documents.reports import TaskSheet, TaskStep, task_sheet

LOT = "consignment"
MOST = 20
FOUND = ("checked_item", "finding", "rectification", "inspection")
"""How kinds of fact end that say what an inspection found."""


def certificate_of_exit(sheet: Sheet, number: str) -> Letter:
    """The certificate for a lot whose exit the plan allows; refused with what is missing."""
    loop = loop_of(number)
    measure = sheet.force.measures.get(loop.measure)
    if loop.subject_kind != LOT or measure is None or not measure.gate or loop.state != "released":
        missing = missing_for_release(sheet, loop)
        said = "、".join(missing) or "没有通过放行审核的出库申请"
        raise Refused(
            f"这批货物还不能出库；还差：{said}。", f"The lot may not leave yet; still missing: {said}.", missing
        )
    values = _values(loop.subject_kind, loop.subject, LOT)
    return lot_exit_certificate(
        LotExit(
            number=sheet.number,
            office=sheet.office,
            date=sheet.date,
            lot=loop.subject,
            goods=str(values.get("product", "")),
            amount=_amount(values),
            origin=str(values.get("origin_country") or values.get("origin") or ""),
            store=subject_name("place", str(values.get("warehouse", ""))),
            arrived=_arrived(sheet, loop),
            disinfected=_disinfected(sheet, loop),
            receiver=_receiver(loop),
            tests=_tests(sheet, loop),
            quotes=sheet.quotes(measure.clauses),
            verify=sheet.verify,
        )
    )


def notice_to_put_right(sheet: Sheet, number: str) -> Letter:
    """The notice about everything that an inspection found and that is not put right yet; `number` is its loop."""
    loop = loop_of(number)
    rows = [row for row in _open(loop) if _from_inspection(row.loop)]
    if not rows:
        raise Refused(
            "没有待整改的问题，不用发整改通知书。", "There is nothing to be put right, so no notice is needed."
        )
    place = Subject.objects.filter(kind=loop.subject_kind, subject=loop.subject).first()
    said = Fact.objects.filter(id=loop.fact).first()
    return rectification_notice(
        RectificationNotice(
            number=sheet.number,
            office=sheet.office,
            date=sheet.date,
            place=subject_name(loop.subject_kind, loop.subject),
            address=place.spot if place is not None else "",
            inspected=sheet.moment(loop.opened),
            inspectors=unit_name(said.said_by.rpartition("@")[2]) if said is not None else sheet.office,
            findings=tuple(_finding(sheet, row) for row in rows),
            recheck="整改后由另一人复查",
            contact=sheet.office,
            quotes=sheet.quotes(row.clause for row in rows),
            verify=sheet.verify,
        )
    )


def sheet_of_task(sheet: Sheet, number: str) -> Report:
    """The sheet of a task; `number` is the obligation to hand in."""
    row = handed_in(obligation_of(number).pk)
    steps = Obligation.objects.filter(loop=row.loop).order_by("due", "id")[:MOST]
    clause = sheet.force.plan.clauses.get(row.clause)
    measure = sheet.force.measures.get(row.measure)
    notes = Note.objects.filter(about=str(row.pk), kind="return").order_by("at")
    return task_sheet(
        TaskSheet(
            title=measure.words.zh if measure is not None else row.measure,
            quote=Quote(row.clause.rpartition(":")[2], clause.gist.zh if clause else "", sheet.force.plan.words.zh),
            lead=unit_name(row.owner) if row.owner else row.by,
            helpers="",
            due=sheet.due(row),
            status=status_of(row),
            steps=tuple(TaskStep(sheet.duty(one), _proof(sheet, one), sheet.due(one), status_of(one)) for one in steps),
            returned=tuple(note.text for note in notes),
            verify=sheet.verify,
        )
    )


def _open(loop: Loop) -> list[Obligation]:
    rows = Obligation.objects.filter(subject_kind=loop.subject_kind, subject=loop.subject, status__in=OWED)
    return list(rows.order_by("due", "id")[:MOST])


def _from_inspection(loop: UUID) -> bool:
    kind = Loop.objects.filter(pk=loop).values_list("fact_kind", flat=True).first() or ""
    return kind.endswith(FOUND)


def _finding(sheet: Sheet, row: Obligation) -> Finding:
    loop = Loop.objects.filter(pk=row.loop).first()
    said = Fact.objects.filter(id=loop.fact).first() if loop is not None else None
    values = said.values if said is not None else {}
    what = str(values.get("note") or values.get("what") or values.get("item") or "")
    measure = sheet.force.measures.get(row.measure)
    called = measure.words.zh if measure is not None else row.measure
    return Finding(what or called, row.clause.rpartition(":")[2], sheet.duty(row), sheet.due(row))


def _proof(sheet: Sheet, row: Obligation) -> str:
    found = sheet.force.requirements.get((row.measure, row.requirement))
    selection = sheet.force.plan.selections.get(found[1].evidence or "") if found is not None else None
    return selection.words.zh if selection is not None else ""


def _values(kind: str, subject: str, of: str) -> Mapping[str, Any]:
    row = Fact.objects.filter(subject_kind=kind, subject=subject, kind=of).order_by("-at", "-no").first()
    return row.values if row is not None else {}


def _amount(values: Mapping[str, Any]) -> str:
    pieces, weight = values.get("pieces"), values.get("weight")
    parts = [f"{pieces:g} 件" if pieces else "", f"{weight:g} 千克" if weight else ""]
    return "，".join(part for part in parts if part)


def _newest(loop: Loop, kind: str) -> Fact | None:
    return Fact.objects.filter(subject_kind=LOT, subject=loop.subject, kind=kind).order_by("-at", "-no").first()


def _arrived(sheet: Sheet, loop: Loop) -> str:
    row = _newest(loop, LOT)
    return sheet.moment(row.at) if row is not None else ""


def _disinfected(sheet: Sheet, loop: Loop) -> str:
    row = _newest(loop, "packaging_disinfection")
    return sheet.moment(row.at) if row is not None else ""


def _receiver(loop: Loop) -> str:
    row = _newest(loop, "certificate_request")
    given = row.values if row is not None else {}
    return str(given.get("receiver") or given.get("to") or "")


def _tests(sheet: Sheet, loop: Loop) -> tuple[LotTest, ...]:
    kind = sheet.force.plan.kinds.get("goods_sample")
    rows = Fact.objects.filter(subject_kind=LOT, subject=loop.subject, kind="goods_sample").order_by("at", "no")

    def word(row: Fact, column: str) -> str:
        value = str(row.values.get(column, ""))
        return dict(kind.columns[column].choices).get(value, value) if kind is not None else value

    return tuple(
        LotTest(word(row, "surface"), sheet.moment(row.at), str(row.values.get("samples", "")), word(row, "result"))
        for row in rows[:MOST]
    )
