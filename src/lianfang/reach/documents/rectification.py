"""The notice that tells a place what an inspection found and until when it is to be put right."""

from __future__ import annotations

from dataclasses import dataclass

from lianfang.reach.documents.layout import Language, Letter, Line, Quote, Table, TableColumn, Verify


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: what is wrong, which clause asks for it, what to do, until when."""

    what: str
    clause: str
    demand: str
    due: str


@dataclass(frozen=True, slots=True)
class RectificationNotice:
    """Tells a place what was found, what to do about it and until when, and when it is looked at again."""

    number: str
    office: str
    date: str
    place: str
    address: str
    inspected: str
    inspectors: str
    findings: tuple[Finding, ...]
    recheck: str
    contact: str
    quotes: tuple[Quote, ...] = ()
    verify: Verify | None = None


_HEADS = {"zh": ("序", "问题", "条文", "整改要求", "时限"), "en": ("No.", "Found", "Clause", "What to do", "Until")}
_LABELS = {
    "zh": ("地址", "检查时间", "检查人", "复查", "联系"),
    "en": ("Address", "Inspected at", "Inspectors", "Looked at again", "Contact"),
}
_WORDS = {
    "zh": (
        "整改通知书",
        "经检查，你单位存在下列 {count} 项问题。请按时限整改，完成后提交整改情况和照片，由检查单位复查。",
        "问题和整改要求",
        "逾期未整改或复查不合格的，按条文规定上报处理。如有异议，可向本机关提出。",
        "本单位已收到本通知。",
    ),
    "en": (
        "Notice to put right",
        "The inspection found the following {count} points. Please put them right in time and hand in a report with"
        " photographs; the inspecting unit will look again.",
        "What was found and what to do",
        "What is not put right in time, or not found right when looked at again, is reported as the clauses say. You"
        " may object to this office.",
        "We have received this notice.",
    ),
}


def rectification_notice(one: RectificationNotice, lang: Language = "zh") -> Letter:
    """The notice as a letter with one row for each finding and a slip to sign for it."""
    title, opening, table, closing, received = _WORDS[lang]
    shares = (0.0, 3.0, 0.0, 3.0, 0.0)
    columns = tuple(TableColumn(head, share=share) for head, share in zip(_HEADS[lang], shares, strict=True))
    rows = tuple(
        (str(place), found.what, found.clause, found.demand, found.due) for place, found in enumerate(one.findings, 1)
    )
    texts = (one.address, one.inspected, one.inspectors, one.recheck, one.contact)
    return Letter(
        title=title,
        number=one.number,
        office=one.office,
        date=one.date,
        to=one.place,
        paragraphs=(opening.format(count=len(rows)),),
        lines=tuple(Line(label, text) for label, text in zip(_LABELS[lang], texts, strict=True) if text),
        quotes=one.quotes,
        tables=(Table(table, columns, rows),),
        closing=closing,
        receipt=received,
        verify=one.verify,
    )
