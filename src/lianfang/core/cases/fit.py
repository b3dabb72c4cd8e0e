"""Whether what a case expects fits what the evaluation found: days, instants, durations, paths, numbers and words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from lianfang.core.days.civil import DAY, start_of
from lianfang.core.days.text import TimeError, parse_day, parse_instant

_NOTHING = {"none", "never"}
_UNITS = {"s": 1, "min": 60, "h": 3_600, "d": DAY}
_SECONDS = re.compile(r":\d\d:\d\d")
_PART = re.compile(r"\b(\d{1,9}(?:\.\d{1,9})?)\s*(min|d|h|s)\b")

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Look:
    """From where a step looks: the plan's distance from UTC in seconds and the instant."""

    zone: int
    as_of: int


class Unreadable(ValueError):
    """An expected value that is not of the form its field takes; says what is allowed."""

    def __init__(self, found: object, allowed_zh: str, allowed_en: str) -> None:
        super().__init__(f"{found!r}")
        self.found, self.allowed_zh, self.allowed_en = found, allowed_zh, allowed_en


Fit = Callable[[object, Row, str, Look], bool]


def span(value: object, zone: int) -> tuple[int, int]:
    """First and last second that a written date or time stands for: a whole day, a minute, or one second.

    Raises Unreadable.
    """
    written = str(value).strip()
    try:
        first = start_of(parse_day(written), zone)
        return first, first + DAY - 1
    except TimeError:
        pass
    try:
        first = parse_instant(written, zone)
    except TimeError:
        raise Unreadable(value, "日期 2020-05-21 或时间 2020-05-21T14:00", "2020-05-21 or 2020-05-21T14:00") from None
    exact = isinstance(value, str) and _SECONDS.search(written)
    return first, first + (0 if exact or first % _UNITS["min"] else _UNITS["min"] - 1)


def seconds_of(value: object) -> tuple[int, bool]:
    """Seconds of a duration such as `150 min` or `2 h 30 min`, and whether it counts civil days. Raises Unreadable."""
    written = str(value).strip()
    parts = _PART.findall(written)
    if not parts or _PART.sub("", written).strip():
        raise Unreadable(value, "如 150 min、2 h 30 min、1 d", "such as 150 min, 2 h 30 min, 1 d")
    return int(sum(float(n) * _UNITS[unit] for n, unit in parts)), all(unit == "d" for _, unit in parts)


def text(expected: object, row: Row, name: str, look: Look) -> bool:
    """The same word; nothing expected (null) fits only nothing."""
    actual = row.get(name)
    if expected is None:
        return actual in (None, "")
    return actual is not None and str(expected) == str(actual)


def path(expected: object, row: Row, name: str, look: Look) -> bool:
    """A requirement by its whole path (`first-sample/first-result`) or by its last parts (`first-result`)."""
    actual = row.get(name)
    if expected is None or actual is None:
        return expected is None and actual in (None, "")
    return f"/{actual}".endswith(f"/{expected}")


def instant(expected: object, row: Row, name: str, look: Look) -> bool:
    """A date fits any instant of its day, a time without seconds any second of its minute."""
    return _within(expected, row.get(name), look.zone)


def last_day(expected: object, row: Row, name: str, look: Look) -> bool:
    """The end of a stage: a date is its last day; a time is its end."""
    end = row.get(name)
    if end is None or _nothing(expected):
        return end is None and _nothing(expected)
    inside = max(end - 1, row.get("from") or end - 1)
    first, last = span(expected, look.zone)
    if last - first == DAY - 1:
        return _within(expected, inside, look.zone)
    return _within(expected, end, look.zone) or _within(expected, inside, look.zone)


def lateness(expected: object, row: Row, name: str, look: Look) -> bool:
    """How late the evidence came (or how long it has been owed), to the minute; `1 d` also counts civil days."""
    due, found = row.get("due"), row.get("evidence_at")
    if due is None:
        return _nothing(expected)
    until = look.as_of if found is None else found
    if until <= due or _nothing(expected):
        return until <= due and _nothing(expected)
    asked, civil = seconds_of(expected)
    days = (until + look.zone) // DAY - (due + look.zone) // DAY
    whole_minute = (due + 1) % _UNITS["min"] == 0  # due with the last second of a minute: late from the next one on
    return abs(until - due - whole_minute - asked) < _UNITS["min"] or (civil and days * DAY == asked)


def number(expected: object, row: Row, name: str, look: Look) -> bool:
    """The same number, as exactly as it is written: 97.5 fits 97.48 rounded half up."""
    actual = row.get(name)
    if expected is None or actual is None:
        return expected is None and actual is None
    try:
        asked = Decimal(str(expected))
        return asked == Decimal(repr(float(actual))).quantize(asked, ROUND_HALF_UP)
    except ArithmeticError:
        raise Unreadable(expected, "一个数", "a number") from None


def flag(expected: object, row: Row, name: str, look: Look) -> bool:
    """True or false."""
    if not isinstance(expected, bool):
        raise Unreadable(expected, "true 或 false", "true or false")
    return row.get(name) is expected


def _nothing(expected: object) -> bool:
    return expected is None or str(expected).strip().lower() in _NOTHING


def _within(expected: object, actual: int | None, zone: int) -> bool:
    if actual is None or _nothing(expected):
        return actual is None and _nothing(expected)
    first, last = span(expected, zone)
    return first <= actual <= last
