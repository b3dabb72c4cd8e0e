"""Plain words for times, spans, amounts and lists, in Chinese and English at once."""

from __future__ import annotations

from collections.abc import Iterable

from lianfang.core.days.civil import DAY, floor_day
from lianfang.core.days.text import show_date, show_instant
from lianfang.core.language.measure import Words

NOTHING = Words("", "")
_MINUTE, _HOUR = 60, 3_600
_UNITS = {
    "d": ("天", " days"),
    "h": ("小时", " hours"),
    "min": ("分钟", " minutes"),
    "mo": ("个月", " months"),
    "percent": ("%", "%"),
    "metre": ("米", " metres"),
    "person": ("人", " persons"),
    "celsius": ("℃", " °C"),
}


def both(text: str) -> Words:
    """The same text in both languages."""
    return Words(text, text)


def glue(*parts: Words) -> Words:
    """Words one after the other, without anything between."""
    return Words("".join(p.zh for p in parts), "".join(p.en for p in parts))


def listing(items: Iterable[Words], zh: str = "；", en: str = "; ") -> Words:
    """Words in a row, separated as each language does it; empty ones left out."""
    kept = [i for i in items if i.zh or i.en]
    return Words(zh.join(i.zh for i in kept), en.join(i.en for i in kept))


def named(words: Words, identity: str) -> Words:
    """A thing by its name, with the id by which the plan's files know it."""
    return Words(f"{words.zh}［{identity}］", f"{words.en} [{identity}]")


def quoted(words: Words) -> Words:
    """A name in quotation marks."""
    return Words(f"「{words.zh}」", f"“{words.en}”")


def moment(t: int, zone: int) -> Words:
    """An instant in the plan's local time, `2020-05-25 14:00`."""
    return both(show_instant(t, zone).replace("T", " "))


def day(t: int, zone: int) -> Words:
    """The civil day of an instant."""
    return both(show_date(t, zone))


def start(t: int, zone: int) -> Words:
    """An instant; the first second of a day reads as the day alone."""
    return day(t, zone) if t == floor_day(t, zone) else moment(t, zone)


def window(first: int | None, last: int | None, zone: int) -> Words:
    """From when to when, both included; whole days read as days."""
    if last is None:
        return Words("没有自己的期限", "no time limit of its own") if first is None else _since(first, zone)
    end = _last(last, zone)
    if first is None:
        return Words(f"最迟 {end.zh}（此前何时完成都算）", f"by {end.en} (any time before counts)")
    begin = start(first, zone)
    if first == floor_day(first, zone) and last == first + DAY - 1:
        return Words(f"{begin.zh} 当天", f"on {begin.en}")
    if first == last:
        return Words(f"{moment(first, zone).zh} 当时", f"at {moment(first, zone).en}")
    return Words(f"{begin.zh} 至 {end.zh}", f"{begin.en} to {end.en}")


def length(seconds: int) -> Words:
    """How long: minutes up to three hours, hours up to two days, then days."""
    minutes = seconds // _MINUTE
    if minutes < 1:
        return Words("不到 1 分钟", "less than a minute")
    if minutes < 180:
        return _count(minutes, "分钟", "minute")
    if seconds < 2 * DAY:
        return _pair(seconds // _HOUR, "小时", "hour", minutes % 60, "分钟", "minute")
    return _pair(seconds // DAY, "天", "day", seconds % DAY // _HOUR, "小时", "hour")


def amount(value: object, unit: str) -> Words:
    """A parameter's value with its unit."""
    shown = f"{value:g}" if isinstance(value, float) else str(value)
    zh, en = _UNITS.get(unit, ("", ""))
    singular = en.removesuffix("s") if shown == "1" and en.endswith("s") else en
    return Words(f"{shown}{' ' if zh not in ('', '%') else ''}{zh}", f"{shown}{singular}")


def _since(first: int, zone: int) -> Words:
    begin = start(first, zone)
    return Words(f"自 {begin.zh} 起，没有自己的期限", f"from {begin.en}, no time limit of its own")


def _last(t: int, zone: int) -> Words:
    """The last second of a day reads as the day itself."""
    return day(t, zone) if t == floor_day(t, zone) + DAY - 1 else moment(t, zone)


def _count(n: int, zh: str, en: str) -> Words:
    return Words(f"{n} {zh}", f"{n} {en}{'' if n == 1 else 's'}")


def _pair(n: int, zh: str, en: str, rest: int, rest_zh: str, rest_en: str) -> Words:
    return listing([_count(n, zh, en), _count(rest, rest_zh, rest_en) if rest else NOTHING], " ", " ")
