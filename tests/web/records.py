"""One record of every sort, all of East Town, and what the rules of access must be asked about each address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from lianfang.acts.issue_paper import issue_paper
from lianfang.acts.known import obligation_thing, thing_of
from lianfang.acts.place_person import person_at, place_person
from lianfang.core.access import acts
from lianfang.core.access.actor import root_of
from lianfang.core.access.thing import Thing
from lianfang.ledger.models import (
    Absence,
    Account,
    Attachment,
    Fact,
    Holding,
    JournalEntry,
    Loop,
    Note,
    Obligation,
    Subject,
    Unit,
)
from lianfang.ledger.subjects import Belonging, know
from tests import cast
from tests.cast import NOON
from tests.web.today.visit import visit

PERSON, STORE = "P-east", "L-store"
INSPECTION = {"ok-1": "yes", "value-2": "-5", "note-3": "通道照片一张", "key": "made"}
"""What a visit finds: records complete, too warm, a photo of the exit."""

WORDS = {"text": "测试", "why": "测试", "reason": "测试", "name": "测试", "ok": "yes"}
"""Sent to every address that takes something: enough for most acts to go through if nobody stops them."""

Asked = tuple[str, Thing | None]
"""An act and the record it is done to; no record: the act somewhere."""


@dataclass(frozen=True)
class Address:
    """How an address is called, and all that must be allowed to whoever calls it."""

    args: Mapping[str, object] = field(default_factory=dict)
    also: tuple[Asked, ...] = ()
    about: Thing | None = None
    data: Mapping[str, object] | None = None
    query: str = ""
    sort: str = ""
    """The sort of record a list is of, wherever the asker stands: not every duty may do so for every sort."""
    or_act: str = ""
    """Another act that suffices about the record, beside the one at the door."""

    missing: bool = False
    """Nothing is there to be found: even whoever may is told so."""


def make_records() -> dict[str, Address]:
    """The addresses by name, with one record of East Town each."""
    cast.arrived(PERSON)
    know([Belonging("place", STORE, name="虚构冷库", homes=("east-cell",))])
    visit(cast.xiao_li()).post(f"/supervision/place/{STORE}/?list=cold-store", INSPECTION)
    return {**_of_persons(), **_of_rooms(), **_of_work(), **_of_papers(), **_of_posts(), **_of_lists()}


def _of_persons() -> dict[str, Address]:
    person = thing_of(Subject.objects.get(kind="person", subject=PERSON), NOON)
    fact = Fact.objects.get(kind="arrival", subject=PERSON)
    said = Thing("fact", person.path, fact.said_by.rpartition("@")[2], "", "person", PERSON, "arrival")
    who = {"kind": "person", "id": PERSON}
    about = {"kind": "person", "subject": PERSON}
    return {
        "subject": Address(who, about=person),
        "subject-facts": Address(who, about=person),
        "unmask": Address(who, about=person),
        "subject-correct": Address({**who, "fact": fact.id}, about=said),
        "record-choose": Address(about, about=person),
        "record-fact": Address({**about, "fact": "health_check"}, about=_fact(person, "health_check")),
        "today-undo": Address({"fact": fact.id}, data=WORDS, about=said),
        "supervision-visit": Address({"kind": "place", "subject": STORE}, about=_store()),
    }


def _fact(about: Thing, kind: str) -> Thing:
    return Thing("fact", about.path, about.owner, about.supervisor, about.subject_kind, about.subject, kind)


def _store() -> Thing:
    return thing_of(Subject.objects.get(kind="place", subject=STORE), NOON)


def _of_rooms() -> dict[str, Address]:
    """A person of East Town in a room of the isolation site."""
    room = cast.room("901")
    cast.resident("P-inside", "east-cell")
    place_person("P-inside", room.pk, at=NOON - timedelta(days=1), actor=cast.site_manager(), now=NOON)
    inside = person_at(Subject.objects.get(kind="person", subject="P-inside"), "site")
    own = Thing("subject", room.unit.path, "site", "", "unit", "site")
    return {
        "room-admit": Address({"room": room.pk}, about=own),
        "room-stay": Address({"person": "P-inside"}, about=inside),
        "room-move": Address({"person": "P-inside"}, data=WORDS, about=inside),
        "room-release": Address({"person": "P-inside"}, data=WORDS, about=inside),
    }


def _of_work() -> dict[str, Address]:
    owed = Obligation.objects.filter(subject=PERSON, status__in=("due", "overdue")).order_by("id")[0]
    task = Obligation.objects.get(subject="east", measure="task-cold-stores", requirement="hand-in")
    mend = Obligation.objects.filter(subject=STORE, status__in=("due", "overdue")).order_by("due")[0]
    loop = Loop.objects.filter(subject=PERSON).order_by("id")[0]
    due, work, wrong = obligation_thing(owed), obligation_thing(task), obligation_thing(mend)
    run = thing_of(Subject.objects.get(kind="person", subject=PERSON), NOON)
    one, it, bad = {"id": owed.pk}, {"id": task.pk}, {"id": mend.pk}
    seen = ((acts.SEE_TODAY, due),)
    file = Attachment.objects.create(
        about=str(task.pk),
        name="清单.txt",
        media_type="text/plain",
        size=1,
        digest="0",
        content=b"x",
        at=NOON,
        by="laowang",
    )
    appeal = Note.objects.create(about=str(loop.pk), kind="appeal", text="测试", at=NOON, by="jumin")
    return {
        "today-item": Address(one, about=due),
        "today-form": Address(one, also=seen),
        "today-done": Address(one, data=WORDS, also=seen),
        "today-together": Address(data={"id": str(owed.pk)}),
        "why": Address({"obligation": owed.pk}, about=due, or_act=acts.SEE_SUBJECT),
        "why-loop": Address({"loop": loop.pk}, about=run),
        "why-date": Address({"loop": loop.pk, "date": "release"}, about=run),
        "why-parameter": Address({"parameter": "none"}, missing=True),
        "plan-remind": Address({"obligation": owed.pk}, data=WORDS, about=due),
        "plan-waive": Address({"obligation": owed.pk}, about=due),
        "own-why": Address({"obligation": owed.pk}, about=due),
        "own-why-loop": Address({"loop": loop.pk}, about=run),
        "own-appeal": Address({"loop": loop.pk}, data=WORDS, about=run),
        "appeals-answer": Address({"number": appeal.pk}, data=WORDS, about=run),
        "task": Address(it, about=work),
        "task-file": Address({"number": file.pk}, about=work),
        "task-hand-in": Address(it, data=WORDS, about=work),
        "task-accept": Address(it, data=WORDS, about=work),
        "task-return": Address(it, data=WORDS, about=work),
        "task-escalate": Address(it, data=WORDS, about=work),
        "task-comment": Address(it, data=WORDS, about=work),
        "task-remind": Address(it, data=WORDS, about=work),
        "supervision-item": Address(bad, about=wrong),
        "supervision-rectify": Address(bad, data=WORDS, about=wrong),
        "supervision-recheck": Address(bad, data=WORDS, about=wrong),
    }


def _of_papers() -> dict[str, Address]:
    loop = Loop.objects.filter(subject=PERSON).order_by("id")[0]
    number = issue_paper("isolation_notice", str(loop.pk), actor=cast.xiao_li(), now=NOON)
    person = Subject.objects.get(kind="person", subject=PERSON)
    paper = thing_of(person, NOON, kind="paper")
    sort = {"sort": "isolation_notice"}
    return {
        "papers-issue": Address(sort),
        "papers-issue-done": Address(sort, data={"about": str(loop.pk)}),
        "papers-print": Address(query=f"n={number}", about=paper),
        "papers-word": Address({"number": number}, about=paper),
        "papers-withdraw": Address({"number": number}, data=WORDS, about=paper),
        "papers-letterhead": Address(data={}),
        "own-paper": Address({"number": number}, about=paper),
        "own-declare": Address({"kind": "health_declaration"}, missing=True),
        "paper-verify": Address({"code": "AAAA-BBBB"}),
    }


def _of_posts() -> dict[str, Address]:
    east = Unit.objects.get(pk="east")
    unit = Thing("unit", east.path, "east", "", "unit", "east")
    account = Account.objects.create(username="zhengzhi", title="演示乙")
    since = NOON - timedelta(days=9)
    holding = Holding.objects.create(account=account, post="主任", unit=east, duties=["town"], since=since)
    away = Absence.objects.create(holding=holding, since=since)
    gives = ((acts.APPOINT, unit),)
    return {
        "organisation-unit": Address({"unit": "east"}, about=unit),
        "organisation-appoint": Address(data={"unit": "east"}, about=unit),
        "organisation-end": Address({"number": holding.pk}, data=WORDS, about=unit),
        "organisation-away": Address({"number": holding.pk}, data={"since": "2021-01-11T08:00"}, also=gives),
        "organisation-back": Address({"number": away.pk}, data=WORDS, also=gives),
        "journal-line": Address(
            {"no": JournalEntry.objects.order_by("no")[0].pk}, about=Thing("journal", root_of(east.path))
        ),
        "journal-verify": Address(data={}),
    }


def _of_lists() -> dict[str, Address]:
    person = {"word": "person"}
    clause = Obligation.objects.exclude(clause="").order_by("clause")[0].clause
    return {
        "plan-clause": Address({"clause": clause}),
        "plan-branch": Address(query="section=none", missing=True),
        "plan-remind-all": Address({"clause": clause}, data=WORDS),
        "register": Address(person),
        "register-excel": Address(person, sort="subject"),
        "register-keep": Address(person, data=WORDS),
        "register-forget": Address({**person, "view": 999}, data=WORDS, missing=True),
        "register-facts": Address({"kind": "arrival"}),
        "register-facts-excel": Address({"kind": "arrival"}, sort="fact"),
        "journal-excel": Address(sort="journal"),
        "gallery-record": Address(data={}),
    }
