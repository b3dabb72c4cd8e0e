"""Made-up notices: what is written in each is read, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lianfang.core.notice.notice import read_notice
from lianfang.core.notice.paper import paper_of
from lianfang.core.notice.reading import DatedQuote, Quote, Reading
from tests.core.notice.loading import errors_of
from tests.core.notice.quotes import everything_quoted, strangers

FOLDER = Path(__file__).parents[2] / "fixtures" / "notices"
NOTICES = sorted(path.stem for path in FOLDER.glob("*.txt"))


def read(name: str) -> Reading:
    return read_notice(paper_of((FOLDER / f"{name}.txt").read_text(encoding="utf-8")))


def text(quote: Quote | None) -> str | None:
    return quote.text if quote else None


def day(dated: DatedQuote | None) -> str | None:
    return dated.day.isoformat() if dated and dated.day else None


def tasks(reading: Reading) -> list[list[Any]]:
    return [
        [
            task.clause,
            text(task.lead),
            [quote.text for quote in task.with_units],
            task.deadline.sort.value if task.deadline else None,
            task.deadline.day.isoformat() if task.deadline and task.deadline.day else None,
        ]
        for task in reading.tasks
    ]


def deadlines(reading: Reading) -> list[list[Any]]:
    found = [d for d in reading.deadlines if d.sort.value != "vague"]
    return [[d.clause, d.sort.value, d.day.isoformat() if d.day else None, d.quote.text] for d in found]


SEEN: dict[str, Callable[[Reading], Any]] = {
    "title": lambda r: text(r.title),
    "plan_title": lambda r: text(r.plan_title),
    "issuers": lambda r: [q.text for q in r.issuers],
    "number": lambda r: text(r.number),
    "issued": lambda r: day(r.issued),
    "plan_dated": lambda r: day(r.plan_dated),
    "recipients": lambda r: [q.text for q in r.recipients],
    "annexes": lambda r: [q.text for q in r.annexes],
    "ids": lambda r: [c.id for c in r.clauses],
    "ids_start": lambda r: [c.id for c in r.clauses][:5],
    "headings": lambda r: {c.id: c.heading.text for c in r.clauses if c.heading and len(c.heading.text) > 11},
    "texts": lambda r: {c.id: c.text.text for c in r.clauses if c.text},
    "tasks": tasks,
    "deadlines": deadlines,
    "dated": lambda r: [
        [d.clause, d.quote.text, d.day.isoformat(), d.doubtful] for d in r.deadlines if d.day is not None
    ],
    "quantities": lambda r: [[q.clause, q.low, q.high, q.unit] for q in r.quantities],
    "doubts": lambda r: sorted([d.field, d.line] for d in r.doubts),
    "doubt_fields": lambda r: sorted(d.field for d in r.doubts),
    "left_out": lambda r: [[left.line, left.why] for left in r.left_out],
}


def test_there_are_at_least_25_notices() -> None:
    assert len(NOTICES) >= 25


@pytest.mark.parametrize("name", NOTICES)
def test_a_notice_says_what_it_says_and_no_more(name: str) -> None:
    expected = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    reading = read(name)
    assert expected
    assert {key: SEEN[key](reading) for key in expected} == expected


@pytest.mark.parametrize("name", NOTICES)
def test_every_quoted_word_stands_in_the_notice(name: str) -> None:
    reading = read(name)
    assert everything_quoted(reading)
    assert strangers(reading) == []


@pytest.mark.parametrize("name", NOTICES)
def test_the_draft_pack_of_a_notice_has_no_error(name: str) -> None:
    assert errors_of(read(name), name) == []


@pytest.mark.parametrize("name", NOTICES)
def test_the_clauses_keep_the_order_of_the_lines(name: str) -> None:
    lines = [clause.line for clause in read(name).clauses]
    assert lines == sorted(lines)
