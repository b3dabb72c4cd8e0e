"""`calendar:` - school days, working days: which days of which years count. A year that is not written is not known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from lianfang.core.days.calendar import WorkingDays
from lianfang.core.days.civil import day_of, year_of
from lianfang.core.days.text import TimeError, parse_day
from lianfang.core.language.book import Book
from lianfang.core.language.document import Branch, Scalar
from lianfang.core.language.measure import Calendar, Words

Span = tuple[int, int]


def resolve_calendar(id: str, words: Words, node: Branch, book: Book) -> Calendar:
    """Weekdays within the terms (without terms: of the whole year), less what rests, plus what works."""
    years = node.branch("years")
    written = {key.text: value for key, value in years.entries if isinstance(value, Branch)} if years else {}
    known = frozenset(int(text) for text in written if text.isascii() and text.isdigit() and len(text) == 4)
    for key, _ in years.entries if years else ():
        if not (key.text.isascii() and key.text.isdigit() and 1970 <= int(key.text[:5]) <= date.max.year):
            book.add("pack:wrong-value", key.place, key.text, "2020")
    days = [day for year in sorted(known) for day in _days(year, written[str(year)], book)]
    return Calendar(id, words, known, tuple(days))


def _days(year: int, node: Branch, book: Book) -> Iterator[int]:
    first, last = day_of(year, 1, 1), day_of(year, 12, 31)
    terms = list(_spans(node, "terms", year, book)) if node.get("terms") is not None else [(first, last)]
    exceptions = {
        day: works for key, works in (("rests", False), ("works", True)) for day in _each(node, key, year, book)
    }
    table = WorkingDays(frozenset((year,)), exceptions)
    for day in range(first, last + 1):
        if exceptions.get(day, any(a <= day <= b for a, b in terms)) and table.works(day):
            yield day


def _each(node: Branch, key: str, year: int, book: Book) -> Iterable[int]:
    return (day for a, b in _spans(node, key, year, book) for day in range(a, b + 1))


def _spans(node: Branch, key: str, year: int, book: Book) -> Iterator[Span]:
    """Days and stretches of days (`2020-10-01/2020-10-08`), all of them within the year they stand under."""
    for scalar in node.scalars(key):
        span = _span(scalar)
        if span is None or span[0] > span[1] or {year_of(day) for day in span} != {year}:
            book.add("pack:wrong-value", scalar.place, scalar.text, f"{year}-10-01, {year}-10-01/{year}-10-08")
        else:
            yield span


def _span(scalar: Scalar) -> Span | None:
    first, _, last = scalar.text.partition("/")
    try:
        return parse_day(first), parse_day(last or first)
    except TimeError:
        return None
