"""`report:` - what happens is reported in time, a receipt comes back, and every day somebody says that nothing was."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lianfang.core.language.addressees import ADDRESSEE
from lianfang.core.language.document import Branch, Document
from lianfang.core.language.expand import Desk
from lianfang.core.language.growth import Grown, document, quoted, said, word

_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")


def expand_report(source: Document, desk: Desk) -> Iterator[Document]:
    """A measure `report-<id>` on what has to be reported, one for the daily report of every unit, and the share."""
    node, id = source.node, f"report-{source.id}"
    yield document(
        source,
        "measure",
        id,
        {
            "name": node.get("name"),
            "clauses": node.get("clauses"),
            "binds": node.get("binds"),
            "opens": {"on": node.get("on"), "where": node.get("where")},
            "again": "own",
            "requires": [
                {
                    "requirement": "reported",
                    "name": node.get("name"),
                    "clauses": node.get("clauses"),
                    "by": node.get("by"),
                    "evidence": node.get("evidence"),
                    "anchor": "opening",
                    "within": node.get("within"),
                    "gates": "true",
                    "then": list(_receipt(node)),
                }
            ],
        },
    )
    yield document(
        source,
        "indicator",
        id,
        {
            "name": node.get("name"),
            "clauses": node.get("clauses"),
            "of": id,
            "target": node.get("target"),
        },
    )
    daily = node.branch("zero_report")
    if daily is not None:
        yield from _daily(source, daily, desk)


def _receipt(node: Branch) -> Iterator[Grown]:
    receipt = node.branch("receipt")
    if receipt is not None:
        shared: dict[str, Grown] = {key: receipt.get(key) for key in ("evidence", "within", "by", "clauses")}
        yield {"requirement": "receipt", "name": said("回执", "receipt"), **shared, "gates": "true"}


def _daily(source: Document, daily: Branch, desk: Desk) -> Iterator[Document]:
    """Every unit concerned says something every day by the hour named, also that there was nothing."""
    id, at = f"report-{source.id}-daily", daily.scalar("at")
    clock = _CLOCK.fullmatch(at.text) if at is not None else None
    if at is not None and clock is None:
        desk.book.add("pack:wrong-value", at.place, at.text, "18:00")
    minutes = 60 * int(clock[1]) + int(clock[2]) if clock is not None else 0
    clauses = daily.get("clauses") or source.node.get("clauses")
    if daily.get("evidence") is None:
        yield document(
            source,
            "selection",
            f"{id}-reports",
            {
                "name": said("每日报告", "daily report"),
                "of": "unit_report",
                "where": f"what == {quoted(source.id)}",
            },
        )
    yield document(
        source,
        "measure",
        id,
        {
            "name": said("每日（零）报告", "daily report, also of nothing"),
            "clauses": clauses,
            "binds": "unit",
            "opens": {"on": ADDRESSEE, "where": desk.leads(daily.scalar("by"))},
            "stages": [{"stage": "reporting", "name": said("每日报告", "daily reports"), "days": "open"}],
            "requires": [
                {
                    "requirement": "daily",
                    "name": said("每日（零）报告", "daily report, also of nothing"),
                    "clauses": clauses,
                    "by": {"of": "name"},
                    "evidence": daily.get("evidence") or f"{id}-reports",
                    "anchor": "opening",
                    "anchored_to": "day",
                    "every": "1 d",
                    "from": "0 h",
                    "due": word(f"{minutes} min", at.place) if at is not None else None,
                }
            ],
        },
    )
