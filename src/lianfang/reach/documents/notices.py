"""Papers handed to a person: the notice that isolation begins, the certificate that it has ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lianfang.reach.documents.layout import Language, Letter, Line, Quote, Table, TableColumn, Verify


@dataclass(frozen=True, slots=True)
class Person:
    """A person on a paper, in ready words; the number masked or not as the caller may show it."""

    name: str
    number: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Tested:
    """One test: which, when sampled (or when it is due), its result."""

    what: str
    when: str
    result: str = ""


@dataclass(frozen=True, slots=True)
class IsolationNotice:
    """Tells a person that isolation begins: why, where, from when to when, what to do meanwhile, whom to ask.

    `last_day` is the last whole day, `release` when it can end; all days and times in ready words.
    """

    number: str
    office: str
    date: str
    person: Person
    measure: str
    reason: str
    place: str
    first_day: str
    last_day: str
    release: str
    contact: str
    tests: tuple[Tested, ...] = ()
    duties: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    verify: Verify | None = None


@dataclass(frozen=True, slots=True)
class ReleaseCertificate:
    """Says that a person's isolation has ended, on what evidence, and what follows it."""

    number: str
    office: str
    date: str
    person: Person
    measure: str
    place: str
    first_day: str
    released: str
    tests: tuple[Tested, ...] = ()
    follow_up: str = ""
    quotes: tuple[Quote, ...] = ()
    verify: Verify | None = None


_ZH: Mapping[str, str] = {
    "notice": "隔离通知书",
    "opening": "因{reason}，依据下列条文，现决定对你实行{measure}。请按本通知执行，并配合采样和健康监测。",
    "release-note": "期满且所需证据齐全，方可解除；缺项未补齐的，留在原措施，已计天数不作废。"
    "如有异议，可向本机关申诉。",
    "received": "本人已收到本通知，并已知悉内容。",
    "certificate": "解除隔离证明",
    "ended": "经核查，{name}自{first_day}起在{place}接受{measure}，现期满且所需证据齐全，自{released}起解除。",
    "certified": "特此证明。",
    "name": "姓名",
    "number": "证件号码",
    "phone": "电话",
    "address": "住址",
    "measure": "措施",
    "place": "地点",
    "first": "起始日（第1天）",
    "last": "最后一天",
    "release": "最早解除",
    "ask": "咨询和申诉",
    "follow": "后续",
    "duties": "期间须做到",
    "tests-due": "期间采样安排",
    "tests": "检测结果",
    "order": "序",
    "what": "项目",
    "when-due": "时限",
    "when": "采样时间",
    "result": "结果",
    "from": "起始日",
    "released": "解除时间",
}
_EN: Mapping[str, str] = {
    "notice": "Notice of isolation",
    "opening": "Because of {reason}, and in accordance with the clauses below, you are placed under {measure}. Please"
    " keep to this notice, give the samples and take part in the health checks.",
    "release-note": "Release needs the full term and all evidence; while something is missing the measure goes on, and"
    " days already served count. You may appeal to this office.",
    "received": "I have received this notice and understood it.",
    "certificate": "Certificate of release",
    "ended": "{name} was under {measure} at {place} from {first_day}; the term is over, the evidence is complete, and"
    " the measure ended at {released}.",
    "certified": "This is to certify the above.",
    "name": "Name",
    "number": "Document number",
    "phone": "Telephone",
    "address": "Address",
    "measure": "Measure",
    "place": "Place",
    "first": "First day (day 1)",
    "last": "Last day",
    "release": "Earliest release",
    "ask": "Questions and appeals",
    "follow": "Afterwards",
    "duties": "What you must do",
    "tests-due": "Samples to be taken",
    "tests": "Test results",
    "order": "No.",
    "what": "Test",
    "when-due": "Due",
    "when": "Sampled at",
    "result": "Result",
    "from": "From",
    "released": "Released at",
}


def isolation_notice(notice: IsolationNotice, lang: Language = "zh") -> Letter:
    """The notice as a letter: the decision, dates, samples, duties, clauses, and a slip to sign for it."""
    say = _ZH if lang == "zh" else _EN
    lines = (
        *_person(notice.person, say),
        *_lines(say, measure=notice.measure, place=notice.place, first=notice.first_day, last=notice.last_day),
        *_lines(say, release=notice.release, ask=notice.contact),
    )
    tests = _tests(notice.tests, say["tests-due"], say["order"], (say["what"], say["when-due"])) if notice.tests else ()
    return Letter(
        title=say["notice"],
        number=notice.number,
        office=notice.office,
        date=notice.date,
        to=notice.person.name,
        paragraphs=(say["opening"].format(reason=notice.reason, measure=notice.measure),),
        lines=lines,
        quotes=notice.quotes,
        tables=(*tests, *_duties(notice.duties, say)),
        closing=say["release-note"],
        receipt=say["received"],
        verify=notice.verify,
    )


def release_certificate(certificate: ReleaseCertificate, lang: Language = "zh") -> Letter:
    """The certificate as a letter: who, from when to when, the tests it rests on, what follows."""
    say = _ZH if lang == "zh" else _EN
    one = certificate
    ended = say["ended"].format(
        name=one.person.name, first_day=one.first_day, place=one.place, measure=one.measure, released=one.released
    )
    heads = (say["what"], say["when"], say["result"])
    more = {"follow": one.follow_up} if one.follow_up else {}
    return Letter(
        title=say["certificate"],
        number=one.number,
        office=one.office,
        date=one.date,
        paragraphs=(ended,),
        lines=(*_person(one.person, say), *_lines(say, **{"from": one.first_day}, released=one.released, **more)),
        quotes=one.quotes,
        tables=_tests(one.tests, say["tests"], say["order"], heads) if one.tests else (),
        closing=say["certified"],
        verify=one.verify,
    )


def _person(person: Person, say: Mapping[str, str]) -> tuple[Line, ...]:
    return _lines(say, name=person.name, number=person.number, phone=person.phone, address=person.address)


def _lines(say: Mapping[str, str], **texts: str) -> tuple[Line, ...]:
    return tuple(Line(say[key], text) for key, text in texts.items() if text)


def _tests(tests: tuple[Tested, ...], title: str, order: str, heads: tuple[str, ...]) -> tuple[Table, ...]:
    columns = (TableColumn(order, share=0), *(TableColumn(head) for head in heads))
    rows = tuple(
        (str(place), *(test.what, test.when, test.result)[: len(heads)]) for place, test in enumerate(tests, 1)
    )
    return (Table(title, columns, rows),)


def _duties(duties: tuple[str, ...], say: Mapping[str, str]) -> tuple[Table, ...]:
    if not duties:
        return ()
    columns = (TableColumn(say["order"], share=0), TableColumn(say["duties"]))
    return (Table("", columns, tuple((str(place), duty) for place, duty in enumerate(duties, 1))),)
