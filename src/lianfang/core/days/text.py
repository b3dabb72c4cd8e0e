"""Instants and days as people write them: `2020-05-25T14:00`, `2020/5/25 14:00:30`, `2020年5月25日14时`."""

from __future__ import annotations

import re

from lianfang.core.days.civil import (
    DAY,
    day_number,
    day_of,
    day_of_month,
    days_in_month,
    month_of,
    start_of,
    year_of,
)

INSTANT_FORMS = (
    "2020-05-25, 2020-05-25T14:00, 2020-05-25 14:00:30, 2020-05-25T14:00+08:00, 2020/5/25 14:00, 2020年5月25日14时30分"
)
"""What `parse_instant` reads, for messages."""

_DATE = (
    r"(?P<y>\d{4})(?:-(?P<m>\d{1,2})-(?P<d>\d{1,2})"
    r"|/(?P<m2>\d{1,2})/(?P<d2>\d{1,2})"
    r"|年(?P<m3>\d{1,2})月(?P<d3>\d{1,2})日)"
)
_CLOCK = r"(?P<h>\d{1,2}):(?P<i>\d{2})(?::(?P<s>\d{2})(?:\.\d{1,9})?)?|(?P<h2>\d{1,2})[时点](?:(?P<i2>\d{1,2})分)?"
_ZONE = r"(?P<z>Z|[+-]\d{2}:?\d{2})"
_INSTANT = re.compile(rf"{_DATE}(?:[T ]?(?:{_CLOCK})\s?{_ZONE}?)?", re.ASCII)
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})", re.ASCII)


class TimeError(ValueError):
    """A text that is not a day or an instant: what was found, and what would be read."""

    def __init__(self, found: str, reason_zh: str, reason_en: str) -> None:
        self.found, self.reason_zh, self.reason_en = found, reason_zh, reason_en
        super().__init__(f"“{found}”{reason_zh}，可写 / {reason_en}; write {INSTANT_FORMS}")


def parse_day(text: str) -> int:
    """The day number of a written date. Raises TimeError."""
    match = _INSTANT.fullmatch(text.strip())
    if match is None or match["h"] or match["h2"]:
        raise TimeError(text, "不是日期", "is not a date")
    return _day(match, text)


def parse_instant(text: str, zone: int) -> int:
    """Seconds since 1970 of a written instant; a bare date is its first second.

    Without a zone of its own it is the plan's local time (`zone`, seconds from UTC). Raises TimeError.
    """
    match = _INSTANT.fullmatch(text.strip())
    if match is None:
        raise TimeError(text, "不是时间", "is not a time")
    hour, minute, second = (int(match[k] or match[k + "2"] or 0) if k != "s" else int(match["s"] or 0) for k in "his")
    if minute > 59 or second > 59 or hour > 24 or (hour == 24 and minute + second > 0):
        raise TimeError(text, "时刻不存在", "has no such time of day")
    written = zone if match["z"] is None else parse_zone(match["z"])
    return start_of(_day(match, text), written) + hour * 3600 + minute * 60 + second


def parse_zone(text: str) -> int:
    """Seconds from UTC of `+08:00`, `-0330` or `Z`. Raises TimeError."""
    if text == "Z":
        return 0
    match = _OFFSET.fullmatch(text.strip())
    if match is None or int(match[2]) > 14 or int(match[3]) > 59:
        raise TimeError(text, "不是时区（如 +08:00）", "is not a distance from UTC such as +08:00")
    return (int(match[2]) * 3600 + int(match[3]) * 60) * (-1 if match[1] == "-" else 1)


def show_day(day: int) -> str:
    """A day number as `2020-05-25`."""
    return f"{year_of(day):04d}-{month_of(day):02d}-{day_of_month(day):02d}"


def show_date(t: int, zone: int) -> str:
    """The civil day of an instant as `2020-05-25`."""
    return show_day(day_number(t, zone))


def show_instant(t: int, zone: int) -> str:
    """An instant as `2020-05-25T14:00`, with seconds only where it has them."""
    seconds = (t + zone) % DAY
    clock = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}"
    return f"{show_date(t, zone)}T{clock}" + (f":{seconds % 60:02d}" if seconds % 60 else "")


def _day(match: re.Match[str], text: str) -> int:
    year = int(match["y"])
    month, day = int(match["m"] or match["m2"] or match["m3"]), int(match["d"] or match["d2"] or match["d3"])
    if year < 1 or not 1 <= month <= 12 or not 1 <= day <= days_in_month(year, month):
        raise TimeError(text, "日期不存在", "is no day of the calendar")
    return day_of(year, month, day)
