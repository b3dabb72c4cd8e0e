"""Title, issuer, document number, dates and recipients of a notice, each with its line or not at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lianfang.core.notice.dates import find_date
from lianfang.core.notice.names import ends_like_unit, split_units
from lianfang.core.notice.parts import NUMBER, Part
from lianfang.core.notice.reading import DatedQuote, Doubt, LeftOut, Quote
from lianfang.core.notice.text import tidy

_ISSUED_LABEL = re.compile(r"(?:成文|发文|生成|印发)(?:日期|时间)")
_SHOWN_LABEL = re.compile(r"(?:发布|公开)?(?:日期|时间)")
_NUMBER_LABEL = re.compile(rf"(?:文 ?号|发文字号|文件编号)[:】\] ]*{NUMBER}")
_SOURCE_LABEL = re.compile(r"(?:信息来源|发文机关|发布机构|公开机构|来源)[:】\] ]*(?P<who>[^ :,;]{3,40})")
_ABOUT = re.compile(r"(?P<who>[^《》“”]{4,60}?)(?:关于|印发)")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands at the head and the foot of a notice."""

    title: Quote | None
    plan_title: Quote | None
    issuers: tuple[Quote, ...]
    number: Quote | None
    issued: DatedQuote | None
    plan_dated: DatedQuote | None
    recipients: tuple[Quote, ...]
    annexes: tuple[Quote, ...]
    doubts: tuple[Doubt, ...]


def read_head(parts: Sequence[Part], plan: int, left_out: Sequence[LeftOut]) -> Head:
    """The head of a notice; `plan` is the place of the part that holds the plan itself."""
    doubts: list[Doubt] = []
    titles = [part.title for part in parts]
    plan_title = titles[plan]
    title = next((found for found in titles[: plan + 1] if found is not None), None)
    issuers = next((part.issuers for part in parts if part.issuers), ()) or _issuer_elsewhere(title, left_out, doubts)
    issued = _signed(parts, doubts) or _shown(parts, left_out, doubts)
    number = next((part.number for part in parts if part.number), None) or _labelled_number(left_out)
    _tell_missing(title, issuers, issued, doubts)
    return Head(
        title,
        plan_title if plan_title != title else None,
        issuers,
        number,
        issued,
        _plan_date(parts, plan, issued),
        _recipients(parts),
        _annexes(parts),
        tuple(doubts),
    )


def _signed(parts: Sequence[Part], doubts: list[Doubt]) -> DatedQuote | None:
    """The date under the first signature."""
    for part in parts:
        if part.signed is None:
            continue
        found = find_date(part.signed.text)
        if found is None:
            continue
        if not part.issuers:
            zh, en = "日期上方没有认出署名单位", "no signature was recognised above the date"
            doubts.append(Doubt(part.signed.line, "issuer", part.signed.text, zh, en))
        return _dated(found, part.signed.line, doubts)
    return None


def _dated(found: tuple[str, object], line: int, doubts: list[Doubt]) -> DatedQuote:
    text, day = find_date(found[0]) or (found[0], None)
    if day is None:
        doubts.append(Doubt(line, "issued", text, "没有这一天", "there is no such day"))
    return DatedQuote(Quote(text, line), day)


def _shown(parts: Sequence[Part], left_out: Sequence[LeftOut], doubts: list[Doubt]) -> DatedQuote | None:
    """A date at the head, or one that the web page shows: not the date of a signature, and said so."""
    for part in parts[:2]:
        if part.head_date is not None and (found := find_date(part.head_date.text)):
            zh, en = (
                "取自标题下的日期，文末没有署名日期",
                "from the date under the title; there is none under a signature",
            )
            doubts.append(Doubt(part.head_date.line, "issued", found[0], zh, en))
            return _dated(found, part.head_date.line, doubts)
    for label in (_ISSUED_LABEL, _SHOWN_LABEL):
        for left in left_out:
            place = label.search(left.text)
            found = find_date(left.text[place.end() :]) if place else None
            if found is not None:
                zh, en = (
                    "取自网页信息，文末没有署名日期",
                    "from the data of the web page; there is none under a signature",
                )
                doubts.append(Doubt(left.line, "issued", found[0], zh, en))
                return _dated(found, left.line, doubts)
    return None


def _issuer_elsewhere(title: Quote | None, left_out: Sequence[LeftOut], doubts: list[Doubt]) -> tuple[Quote, ...]:
    """The body that the title begins with, or that the web page names as the source; both are doubtful."""
    match = _ABOUT.match(title.text) if title else None
    if title and match and ends_like_unit(match["who"]):
        zh, en = "文末没有署名，取自标题", "there is no signature; taken from the title"
        doubts.append(Doubt(title.line, "issuer", match["who"], zh, en))
        return (Quote(match["who"], title.line),)
    for left in left_out:
        found = _SOURCE_LABEL.search(left.text)
        if found and ends_like_unit(tidy(found["who"])):
            zh, en = "文末没有署名，取自网页信息", "there is no signature; taken from the data of the web page"
            doubts.append(Doubt(left.line, "issuer", found["who"], zh, en))
            return (Quote(tidy(found["who"]), left.line),)
    return ()


def _labelled_number(left_out: Sequence[LeftOut]) -> Quote | None:
    for left in left_out:
        match = _NUMBER_LABEL.search(left.text)
        if match:
            return Quote(tidy(match["number"]), left.line)
    return None


def _plan_date(parts: Sequence[Part], plan: int, issued: DatedQuote | None) -> DatedQuote | None:
    """The plan's own date: under its title, or under its own signature, where it is not the notice's."""
    part = parts[plan]
    for block in (part.head_date, part.signed):
        found = find_date(block.text) if block is not None else None
        if block is not None and found is not None and (issued is None or block.line != issued.quote.line):
            return DatedQuote(Quote(found[0], block.line), found[1])
    return None


def _recipients(parts: Sequence[Part]) -> tuple[Quote, ...]:
    block = next((part.recipients for part in parts if part.recipients), None)
    if block is None:
        return ()
    return tuple(Quote(name, block.line) for name in split_units(block.text.rstrip(":")))


def _annexes(parts: Sequence[Part]) -> tuple[Quote, ...]:
    """The annexes that are there, by their titles."""
    found = []
    for part in parts:
        if part.annex is not None:
            title = part.title or Quote(
                part.annex.text or (part.annex.marker.label if part.annex.marker else ""), part.annex.line
            )
            found.append(title)
    return tuple(found)


def _tell_missing(
    title: Quote | None, issuers: tuple[Quote, ...], issued: DatedQuote | None, doubts: list[Doubt]
) -> None:
    for field, found, zh, en in (
        ("title", title, "没有认出标题", "no title was recognised"),
        ("issuer", issuers, "没有认出发文单位", "no issuer was recognised"),
        ("issued", issued, "原文没有发文日期", "the text carries no date of issue"),
    ):
        if not found:
            doubts.append(Doubt(1, field, "", zh, en))
