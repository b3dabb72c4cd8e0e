"""The papers handed to a person: the notice that isolation begins, the certificate that it has ended."""

from __future__ import annotations

from datetime import timedelta

from lianfang.acts.paper_texts import OWED, Sheet, loop_of, unit_name
from lianfang.acts.refused import Refused
from lianfang.core.facts.vocabulary import Kind
from lianfang.core.language.measure import Stage
from lianfang.ledger.counts import OPEN, PERSON
from lianfang.ledger.models import Fact, Loop, Obligation, Person, Placement
from lianfang.reach.documents.layout import Letter
from lianfang.reach.documents.notices import (
    IsolationNotice,
    ReleaseCertificate,
    Tested,
    isolation_notice,
    release_certificate,
)
from lianfang.reach.documents.notices import Person as Named

TEST = "test"
MOST_TESTS = 20
MOST_DUTIES = 5


def notice_of_isolation(sheet: Sheet, number: str) -> Letter:
    """The notice for a loop that keeps somebody in a place now."""
    loop = loop_of(number)
    stage = _stage(sheet, loop)
    if loop.subject_kind != PERSON or loop.state not in OPEN or stage is None or stage.place is None:
        raise Refused(
            "隔离通知书只发给正在隔离或居家观察的人；这项措施没有在执行。",
            "A notice of isolation is for somebody in isolation or kept at home; this measure is not running.",
        )
    last = loop.release - timedelta(days=1) if loop.release is not None else None
    return isolation_notice(
        IsolationNotice(
            number=sheet.number,
            office=sheet.office,
            date=sheet.date,
            person=_person(loop.subject),
            measure=f"{sheet.measure(loop)}（{stage.words.zh}）",
            reason=_reason(sheet, loop),
            place=_place(loop, stage),
            first_day=sheet.day(loop.day_one or loop.opened),
            last_day=sheet.day(last),
            release=sheet.moment(loop.release),
            contact=sheet.office,
            tests=_asked(sheet, loop),
            duties=_duties(sheet, loop),
            quotes=sheet.quotes(stage.clauses or _clauses(sheet, loop)),
            verify=sheet.verify,
        )
    )


def certificate_of_release(sheet: Sheet, number: str) -> Letter:
    """The certificate for a loop that has been released; refused with what its release still waits for."""
    loop = loop_of(number)
    if loop.subject_kind != PERSON or loop.state != "released" or loop.release is None or loop.release > sheet.now:
        missing = missing_for_release(sheet, loop)
        said = "、".join(missing) or "期限未满"
        raise Refused(
            f"还没有解除，不能开具证明；还差：{said}。",
            f"Not released yet, so no certificate; still missing: {said}.",
            missing,
        )
    stage = _stage(sheet, loop)
    return release_certificate(
        ReleaseCertificate(
            number=sheet.number,
            office=sheet.office,
            date=sheet.date,
            person=_person(loop.subject),
            measure=sheet.measure(loop),
            place=_place(loop, stage),
            first_day=sheet.day(loop.day_one or loop.opened),
            released=sheet.moment(loop.release),
            tests=_results(sheet, loop),
            quotes=sheet.quotes(_clauses(sheet, loop)),
            verify=sheet.verify,
        )
    )


def missing_for_release(sheet: Sheet, loop: Loop) -> tuple[str, ...]:
    """What a release waits for, in the words of the plan, each once."""
    rows = Obligation.objects.filter(loop=loop.pk, status__in=OWED).order_by("due", "id")
    gating = (row for row in rows if _gates(sheet, row))
    return tuple(dict.fromkeys(sheet.duty(row) for row in gating))


def _gates(sheet: Sheet, row: Obligation) -> bool:
    found = sheet.force.requirements.get((row.measure, row.requirement))
    return found is not None and found[1].gates


def _stage(sheet: Sheet, loop: Loop) -> Stage | None:
    measure = sheet.force.measures.get(loop.measure)
    stages = measure.stages if measure is not None else ()
    return next((stage for stage in stages if stage.id == loop.stage), None)


def _clauses(sheet: Sheet, loop: Loop) -> tuple[str, ...]:
    measure = sheet.force.measures.get(loop.measure)
    return measure.clauses if measure is not None else ()


def _person(id: str) -> Named:
    row = Person.objects.filter(pk=id).first()
    return Named(id) if row is None else Named(row.name, row.number_masked, row.phone_masked)


def _place(loop: Loop, stage: Stage | None) -> str:
    """The room somebody is in, otherwise what the stage says."""
    rows = Placement.objects.filter(person=loop.subject).select_related("room").order_by("-during")
    placed = rows.first() if stage is not None and stage.place != "home" else None
    if placed is not None:
        return f"{unit_name(placed.room.unit_id)} {placed.room.name} 房间"
    return "住所" if stage is None or stage.place == "home" else stage.words.zh


def _reason(sheet: Sheet, loop: Loop) -> str:
    kind = sheet.force.plan.kinds.get(loop.fact_kind)
    what = kind.zh if kind is not None else sheet.measure(loop)
    return f"{sheet.day(loop.opened)}登记的“{what}”"


def _asked(sheet: Sheet, loop: Loop) -> tuple[Tested, ...]:
    """The samples that are still to be taken, in order."""
    rows = Obligation.objects.filter(loop=loop.pk, status__in=OWED).order_by("due", "id")
    asked = [row for row in rows if _takes(sheet, row) == TEST][:MOST_TESTS]
    return tuple(dict.fromkeys(Tested(sheet.duty(row), sheet.due(row)) for row in asked))


def _takes(sheet: Sheet, row: Obligation) -> str:
    """The kind of fact that discharges an obligation."""
    found = sheet.force.requirements.get((row.measure, row.requirement))
    selection = sheet.force.plan.selections.get(found[1].evidence or "") if found is not None else None
    return selection.kind if selection is not None else ""


def _duties(sheet: Sheet, loop: Loop) -> tuple[str, ...]:
    """What is to be done besides the samples."""
    measure = sheet.force.measures.get(loop.measure)
    kinds = {id: selection.kind for id, selection in sheet.force.plan.selections.items()}
    wanted = measure.requirements if measure is not None else ()
    others = (one.words.zh for one in wanted if kinds.get(one.evidence or "") != TEST)
    return tuple(dict.fromkeys(others))[:MOST_DUTIES]


def _results(sheet: Sheet, loop: Loop) -> tuple[Tested, ...]:
    """The results the release rests on."""
    rows = Fact.objects.filter(
        subject_kind=PERSON, subject=loop.subject, kind=TEST, at__gte=loop.day_one or loop.opened
    )
    newest = [row for row in rows.order_by("at", "no") if row.values.get("result")][-MOST_TESTS:]
    kind = sheet.force.plan.kinds.get(TEST)
    return tuple(Tested(_word(kind, row, "test"), sheet.moment(row.at), _word(kind, row, "result")) for row in newest)


def _word(kind: Kind | None, row: Fact, column: str) -> str:
    value = str(row.values.get(column, ""))
    return dict(kind.columns[column].choices).get(value, value) if kind is not None else value
