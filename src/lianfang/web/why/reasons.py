"""Reasons as lines of a page: each topic once, clauses as marks, in the order 条文 参数 起因 时限 证据 结论."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from lianfang.acts.explain_obligation import Reason as Known
from lianfang.acts.explain_obligation import explain_obligation
from lianfang.acts.refused import Refused
from lianfang.core.access.actor import Actor
from lianfang.core.explain.document import Topic
from lianfang.core.language.plan import Clause, Parameter, Plan
from lianfang.ledger.models import Obligation
from lianfang.web.parts.said import english, said

LONG = 90
_SECONDS = re.compile(r"(\d\d:\d\d):\d\d")
_RECORD = re.compile(r"，记录 [0-9a-f]{28}|, record [0-9a-f]{28}")
_AT_UNIT = re.compile(r"([^\s，；（）()]+)@[\w-]+")
_BETWEEN = re.compile(r"；|; ")

ORDER = (Topic.CLAUSE, Topic.PARAMETER, Topic.CAUSE, Topic.WINDOW, Topic.EVIDENCE, Topic.CONCLUSION)


@dataclass(frozen=True, slots=True)
class Reason:
    """One line: `head` is its topic ("" while the topic stays the same), `clause` a clause to show as a mark.

    `fold` are further statements that are shown on demand: a list of all facts that do not count, for instance.
    """

    head: str
    text: str
    clause: str = ""
    note: str = ""
    fold: tuple[str, ...] = ()


def lines(reasons: Iterable[Known], plan: Plan, now: datetime) -> tuple[Reason, ...]:
    """The reasons as a page shows them."""
    found: list[Reason] = []
    before: Topic | None = None
    for reason in sorted(reasons, key=lambda reason: ORDER.index(reason.topic)):
        head = "" if reason.topic is before else said(reason.label)
        before = reason.topic
        clause, text = _marked(said(reason.words), plan) if reason.topic is Topic.CLAUSE else ("", said(reason.words))
        first, *fold = _statements(tidy(text, plan, now), reason.topic)
        text, note = _split(first)
        found.append(Reason(head, text, clause, note, tuple(fold)))
    return tuple(found)


def tidy(text: str, plan: Plan, now: datetime) -> str:
    """The words without what only machines read: seconds, this year, numbers of facts, the paper before a clause."""
    text = _SECONDS.sub(r"\1", text).replace(f"{now.year}-", "")
    text = _RECORD.sub("", text)
    text = _AT_UNIT.sub(r"\1", text)
    for pack in plan.packs:
        text = text.replace(f"{pack}:", "")
    return text


def _statements(text: str, topic: Topic) -> list[str]:
    """A long line of evidence as its statements; anything else as it is."""
    if len(text) <= LONG or topic is not Topic.EVIDENCE:
        return [text]
    parts = [part for part in _BETWEEN.split(text) if part]
    return parts if len(parts) > 1 else [text]


def _marked(text: str, plan: Plan) -> tuple[str, str]:
    """The clause a line begins with, and the rest."""
    first, _, rest = text.partition(" ")
    return (first, rest) if first in plan.clauses else ("", text)


def _split(text: str) -> tuple[str, str]:
    """What stands in brackets at the end of a line goes under it, smaller."""
    pair = next((pair for pair in ("（）", "()") if text.endswith(pair[1])), "")
    if not pair:
        return text, ""
    depth = 0
    for place in range(len(text) - 1, 0, -1):
        depth += (text[place] == pair[1]) - (text[place] == pair[0])
        if not depth:
            return text[:place].rstrip(), text[place + 1 : -1]
    return text, ""


def obligation_reasons(row: Obligation, plan: Plan, actor: Actor, now: datetime, as_of: datetime) -> tuple[Reason, ...]:
    """Why an obligation is as it is; when it cannot be explained, the line that says so."""
    earlier = as_of if as_of < now else None
    try:
        why = explain_obligation(row.pk, actor=actor, now=now, as_of=earlier)
    except Refused as refusal:
        return (Reason("", refusal.en if english() else refusal.zh),)
    return lines(why.reasons, plan, now)


def parameter_reasons(parameter: Parameter, clause: Clause | None) -> tuple[Reason, ...]:
    """A number of the plan: its clause, its values with their days, where it comes from."""
    heads = ("Clause", "Parameter", "Source") if english() else ("条文", "参数", "出处")
    text = "" if clause is None else said(clause.gist)
    found = [Reason(heads[0], text, parameter.clause)]
    unit = "" if parameter.unit in ("count", "text") else f" {_UNITS.get(parameter.unit, parameter.unit)}"
    for place, (day, value) in enumerate(reversed(parameter.values)):
        found.append(
            Reason("" if place else heads[1], f"{said(parameter.words)} {value}{unit}", note=_since(day.isoformat()))
        )
    zh, en = (
        ("原文所定", "set by the text")
        if parameter.from_text
        else ("原文未定，由设定补上", "a setting; the text gives none")
    )
    why_zh, _, why_en = (parameter.why or "").partition(" / ")
    return (*found, Reason(heads[2], en if english() else zh, note=(why_en or why_zh) if english() else why_zh))


_UNITS = {
    "d": "天",
    "h": "小时",
    "min": "分钟",
    "mo": "个月",
    "percent": "%",
    "person": "人",
    "metre": "米",
    "celsius": "℃",
}


def _since(day: str) -> str:
    return f"since {day}" if english() else f"{day} 起"
