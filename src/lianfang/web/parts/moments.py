"""Dates and lengths of time as the office writes them: 11-22 21:40, the year when it is not this year, 36小时28分."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext, ngettext


def moment(when: datetime | None, now: datetime) -> str:
    """A day and a time, 11-22 21:40; with the year when it is another year than `now`."""
    if when is None:
        return ""
    local = timezone.localtime(when)
    return f"{day(local.date(), now)} {local:%H:%M}"


def day(when: date | datetime | None, now: datetime) -> str:
    """A day, 11-22; with the year when it is another year than `now`."""
    if when is None:
        return ""
    on = timezone.localtime(when).date() if isinstance(when, datetime) else when
    return f"{on:%m-%d}" if on.year == timezone.localtime(now).year else f"{on:%Y-%m-%d}"


def by_when(due: datetime | None, now: datetime) -> str:
    """A due time in plain words: 昨日09:12到期, 18:00前, 明日08:00前, 11-24 18:00前."""
    if due is None:
        return gettext("无时限")
    local, today = timezone.localtime(due), timezone.localtime(now).date()
    at = f"{local:%H:%M}"
    if due <= now:
        words = {0: gettext("今日%(at)s到期"), 1: gettext("昨日%(at)s到期")}
        word = words.get((today - local.date()).days, gettext("%(day)s %(at)s到期"))
    else:
        words = {0: gettext("%(at)s前"), 1: gettext("明日%(at)s前")}
        word = words.get((local.date() - today).days, gettext("%(day)s %(at)s前"))
    return word % {"at": at, "day": day(local, now)}


def remaining(due: datetime | None, now: datetime) -> str:
    """How long is left, or since when it is overdue: 剩 2小时20分, 逾期 36小时28分. Empty without a due time."""
    if due is None:
        return ""
    if due < now:
        return gettext("逾期 %(span)s") % {"span": span(now - due)}
    return gettext("剩 %(span)s") % {"span": span(due - now)}


def span(length: timedelta | int | float) -> str:
    """A length of time: 28分, 36小时28分; from three days on 3天5小时. Numbers are seconds."""
    seconds = int(length.total_seconds() if isinstance(length, timedelta) else length)
    minutes = max(0, seconds) // 60
    hours, rest = divmod(minutes, 60)
    days, left = divmod(hours, 24)
    if days >= 3:
        whole = ngettext("%(n)s天", "%(n)s天", days) % {"n": days}
        return whole + (gettext("%(n)s小时") % {"n": left} if left else "")
    if hours:
        return gettext("%(h)s小时%(m)s分") % {"h": hours, "m": f"{rest:02d}"}
    return gettext("%(m)s分") % {"m": rest}


def dated(when: datetime) -> str:
    """A day with its weekday and the time, as the head of a page has it: 11月22日 周日 21:40."""
    local = timezone.localtime(when)
    return gettext("%(month)s月%(day)s日 %(weekday)s %(at)s") % {
        "month": local.month,
        "day": local.day,
        "weekday": _weekday(local.weekday()),
        "at": f"{local:%H:%M}",
    }


def _weekday(number: int) -> str:
    names = (
        gettext("周一"),
        gettext("周二"),
        gettext("周三"),
        gettext("周四"),
        gettext("周五"),
        gettext("周六"),
        gettext("周日"),
    )
    return names[number]
