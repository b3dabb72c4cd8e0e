"""Civil days the long way round, with the calendar of the standard library."""

from __future__ import annotations

import math
from datetime import date, timedelta

from lianfang.core.language.measure import Floor, Mode, Offset

Instant = float  # whole seconds since 1970 UTC; NEVER and ANY_TIME are the two ends
NEVER: Instant = math.inf
ANY_TIME: Instant = -math.inf
DAY = 86400
FIRST = date(1970, 1, 1)


def split(t: Instant, zone: int) -> tuple[date, int]:
    """The civil date of an instant and the seconds gone since that day began."""
    days, seconds = divmod(int(t) + zone, DAY)
    return FIRST + timedelta(days=days), seconds


def join(day: date, seconds: int, zone: int) -> Instant:
    """The instant that lies some seconds into a civil day."""
    return (day - FIRST).days * DAY + seconds - zone


def floor_day(t: Instant, zone: int) -> Instant:
    """The first second of the civil day of an instant; NEVER stays NEVER."""
    return t if math.isinf(t) else join(split(t, zone)[0], 0, zone)


def floor_to(t: Instant, floor: Floor, zone: int) -> Instant:
    """The first second of the civil day, ISO week or month of an instant."""
    day, seconds = split(t, zone)
    if floor is Floor.DAY:
        return join(day, 0, zone)
    if floor is Floor.WEEK:
        return join(day - timedelta(days=day.weekday()), 0, zone)
    if floor is Floor.MONTH:
        return join(day.replace(day=1), 0, zone)
    return join(day, seconds, zone)


def add_months(day: date, months: int) -> date:
    """The same day of the month some months on, or the last day of that month if it is shorter."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in range(day.day, 27, -1):
        try:
            return date(year, month0 + 1, number)
        except ValueError:
            continue
    return date(year, month0 + 1, day.day)


def shift(t: Instant, offset: Offset, zone: int) -> Instant:
    """An instant moved by calendar months, then seconds, then to the asked end of its civil day."""
    day, seconds = split(t, zone)
    moved = join(add_months(day, offset.months), seconds, zone) + offset.seconds
    if offset.mode is Mode.DAY_START:
        return floor_day(moved, zone)
    if offset.mode is Mode.DAY_END:
        return floor_day(moved, zone) + DAY - 1
    return moved
