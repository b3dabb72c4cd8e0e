"""Values of a plan as people say them, in Chinese and English: 14 天 / 14 days, 第 1 天末 / end of day 1."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum

from lianfang.core.days.civil import DAY
from lianfang.core.difference.change import NOTHING
from lianfang.core.language.measure import Anchor, Fixed, Floor, Input, Lookup, Mode, Offset, Take, Words
from lianfang.core.language.predicate import Expression

UNITS = ((DAY, "天", "day"), (3_600, "小时", "hour"), (60, "分钟", "minute"), (1, "秒", "second"))
LONGEST_IN_HOURS = 3 * DAY
"""Up to here a length of time is said in hours: 24 小时, 48 小时."""
ANCHORS = {
    Fixed.OPENING: Words("开启时", "the opening"),
    Fixed.DAY_ONE: Words("第 1 天", "day one"),
    Fixed.STAGE_START: Words("阶段开始", "the start of the stage"),
    Fixed.STAGE_END: Words("阶段结束", "the end of the stage"),
}
FLOORS = {
    Floor.NONE: NOTHING,
    Floor.DAY: Words("当日零时", "first instant of the day"),
    Floor.WEEK: Words("本周一零时", "first instant of the week"),
    Floor.MONTH: Words("当月一日零时", "first instant of the month"),
}
TAKES = {
    Take.COUNT: Words("次数", "count"),
    Take.FIRST: Words("最早", "first"),
    Take.LATEST: Words("最近", "latest"),
    Take.HIGHEST: Words("最高", "highest"),
    Take.LOWEST: Words("最低", "lowest"),
}
EDGES = {
    Mode.EXACT: NOTHING,
    Mode.DAY_START: Words("当日起", "(from its first second)"),
    Mode.DAY_END: Words("当日末", "(to its last second)"),
}
YES = Words("是", "yes")
EVER = Words("不限", "any time")


def same(text: str) -> Words:
    """An id or an expression: the same in both languages."""
    return Words(text, text)


def flag(value: bool) -> Words:
    """Yes, or nothing."""
    return YES if value else NOTHING


def inverse_flag(value: bool) -> Words:
    """No where `value` is false, nothing where it is true (the usual)."""
    return NOTHING if value else Words("否", "no")


def joined(parts: Iterable[Words], zh: str = "、", en: str = ", ") -> Words:
    """Words one after the other; empty ones left out."""
    said = [part for part in parts if part != NOTHING]
    return Words(zh.join(p.zh for p in said), en.join(p.en for p in said))


def counted(number: int, zh: str, en: str) -> Words:
    """A number with its unit."""
    return Words(f"{number} {zh}", f"{number} {en}" + ("" if abs(number) == 1 else "s"))


def span(seconds: int) -> Words:
    """A length of time in its largest whole unit, up to three days in hours at most."""
    if seconds == 0:
        return NOTHING
    sizes = UNITS if abs(seconds) > LONGEST_IN_HOURS else UNITS[1:]
    size, zh, en = next(unit for unit in sizes if seconds % unit[0] == 0)
    return counted(seconds // size, zh, en)


def months(number: int) -> Words:
    """A number of calendar months; nothing for none."""
    return counted(number, "个月", "month") if number else NOTHING


def number(value: int | Input, zh: str = "次", en: str = "time") -> Words:
    """How many, or the value of the opening that says so."""
    return same(value.name) if isinstance(value, Input) else counted(value, zh, en)


def length(days: int | Input | None, in_months: int) -> Words:
    """How long a stage lasts."""
    if days is None:
        return Words("不定期", "open-ended")
    if isinstance(days, Input):
        return joined((months(in_months), same(days.name)), " + ", " + ")
    if in_months and not days:
        return months(in_months)
    return joined((months(in_months), counted(days, "天", "day")), " + ", " + ")


def anchor(value: Anchor) -> Words:
    """What a time is counted from."""
    return same(value.name) if isinstance(value, Input) else ANCHORS[value]


def expression(value: Expression | None) -> Words:
    """An expression as it is written."""
    return NOTHING if value is None else same(value.text)


def offset(value: Offset | None, none: Words = NOTHING) -> Words:
    """A time counted from an anchor: 第 3 天末 / end of day 3, 24 小时 / 24 hours after."""
    if value is None:
        return none
    if value.mode is not Mode.EXACT and not value.months and value.seconds % DAY == 0:
        return _day(value.seconds // DAY, ends=value.mode is Mode.DAY_END)
    if not value.months and not value.seconds:
        return Words("当时", "that instant")
    sign = -1 if value.months < 0 or (not value.months and value.seconds < 0) else 1
    size = joined((months(sign * value.months), span(sign * value.seconds)), " ", " ")
    zh, en = ("之后", "after") if sign > 0 else ("之前", "before")
    return joined((Words(f"{size.zh}{zh}", f"{size.en} {en}"), EDGES[value.mode]), "", " ")


def _day(days: int, *, ends: bool) -> Words:
    size = counted(-days, "天", "day")
    zh, en = (f"第 {days + 1} 天", f"day {days + 1}") if days >= 0 else (f"前 {size.zh}", f"the day {size.en} before")
    return Words(f"{zh}末", f"end of {en}") if ends else Words(zh, en)


def period(value: Offset | None) -> Words:
    """How often something comes back."""
    if value is None:
        return NOTHING
    days = (
        counted(value.seconds // DAY, "天", "day")
        if value.seconds and value.seconds % DAY == 0
        else span(value.seconds)
    )
    size = joined((months(value.months), days), " ", " ")
    return Words(f"每 {size.zh}", f"every {size.en}")


def lookup(value: Lookup) -> Words:
    """A look-up in one line."""
    take = TAKES[value.take]
    what = value.kind + (f".{value.field}" if value.field else "")
    of = same(f"of {value.of}") if value.of else NOTHING
    around = same(f"around {value.around}") if value.around else NOTHING
    window = joined((offset(value.since, EVER), offset(value.until, EVER)), " … ", " … ")
    where = expression(value.where or value.matches)
    through = same(f"through {value.through}") if value.through else NOTHING
    everywhere = Words("不限对象", "everywhere") if value.everywhere else NOTHING
    touching = Words("时段相交", "periods that touch") if value.overlapping else NOTHING
    asked = Words(f"{take.zh} {what}", f"{take.en} {what}")
    return joined((asked, through, of, everywhere, around, window, where, touching), "；", "; ")


def anything(value: object) -> Words:
    """Whatever else a plan says, shortly: words as they are, parts of a plan by the fields that are not as usual."""
    if value is None or value is False or value == () or value == "":
        return NOTHING
    if isinstance(value, Words):
        return value
    if isinstance(value, Expression):
        return same(value.text)
    if isinstance(value, Enum):
        return same(value.name.lower())
    if isinstance(value, tuple | frozenset):
        return joined(anything(part) for part in value)
    if isinstance(value, Mapping):
        return joined(Words(f"{k} {anything(v).zh}", f"{k} {anything(v).en}") for k, v in value.items())
    if is_dataclass(value) and not isinstance(value, type):
        said = {f.name: getattr(value, f.name) for f in fields(value)}
        usual = {f.name: f.default for f in fields(value) if f.default is not MISSING}
        return anything({name: part for name, part in said.items() if name not in usual or part != usual[name]})
    return YES if value is True else same(str(value))
