"""Dates in a notice, as they are written; a date that does not exist stays unread."""

from __future__ import annotations

import re
from datetime import date

from lianfang.core.notice.numerals import read_whole

_Y = r"((?:19|20)[0-9]{2}|[一二][〇○零Ο0九一二三四五六七八]{3})"
_N = r"([0-9]{1,2}|[一二三四五六七八九十]{1,3})"
DATE = rf"{_Y} ?年 ?{_N} ?月 ?{_N} ?日|((?:19|20)[0-9]{{2}})[-./]([0-9]{{1,2}})[-./]([0-9]{{1,2}})"
_DATE = re.compile(DATE)
_ALONE = re.compile(rf"[(]?(?:{DATE})(?:[ T]?[0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}})?)?(?:印发|发布)?[)]?")


def is_date_line(text: str) -> bool:
    """Whether a line is a date and nothing else."""
    return len(text) <= 32 and _ALONE.fullmatch(text) is not None


def find_date(text: str) -> tuple[str, date | None] | None:
    """The first written date of a text and its day (None if there is no such day); None if no date is written."""
    match = _DATE.search(text)
    if match is None:
        return None
    parts = [match[1] or match[4], match[2] or match[5], match[3] or match[6]]
    return match[0], day_of(*(read_whole(part) for part in parts))


def day_of(year: int | None, month: int | None, day: int | None) -> date | None:
    """The day, if there is one."""
    if year is None or month is None or day is None:
        return None
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def end_of_month(year: int, month: int) -> date | None:
    """The last day of a month, if there is such a month."""
    following = day_of(year + month // 12, month % 12 + 1, 1)
    if not 1 <= month <= 12 or following is None or not following.toordinal() > 1:
        return None
    return date.fromordinal(following.toordinal() - 1)
