"""How a clause runs, in a line: what opens it, its stages, what it asks for and by when, how it ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lianfang.core.language.measure import (
    Exit,
    Fixed,
    Floor,
    Input,
    Measure,
    Mode,
    Offset,
    Requirement,
    Shape,
    Stage,
    Words,
)
from lianfang.core.language.plan import Plan

DAY, HOUR, MINUTE = 86_400, 3_600, 60
MOST_CELLS = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """One box of the line: a small head, what it says, and the measure it leads to."""

    head: Words
    text: Words
    measure: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Mechanism:
    """One measure as far as a clause needs it. `more` counts the requirements that did not fit."""

    measure: Measure
    cells: tuple[Cell, ...]
    more: int


def mechanism(plan: Plan, measure: Measure, requirements: Sequence[Requirement]) -> Mechanism:
    """The line of one measure: its name, what opens it, its stages, the requirements of the clause, its exits."""
    head = [_name(plan, measure), _opening(plan, measure)]
    stages = [*_stages(measure.stages)]
    exits = [*_exits(plan, measure.exits)][:1]
    room = MOST_CELLS - len(head) - len(stages) - len(exits)
    shown = tuple(requirements)[: max(1, room)]
    asked = [Cell(requirement.words, asks(plan, requirement)) for requirement in shown]
    return Mechanism(measure, (*head, *stages, *asked, *exits), len(requirements) - len(shown))


def _name(plan: Plan, measure: Measure) -> Cell:
    kind = plan.kinds.get(measure.subject)
    subject = Words(kind.zh.removesuffix("登记"), kind.en) if kind is not None else Words("对象", "subject")
    if measure.gate:
        return Cell(Words(f"{subject.zh}放行", f"gate for a {subject.en}"), measure.words, measure.id, measure.subject)
    return Cell(Words(f"{subject.zh}闭环", f"loop of a {subject.en}"), measure.words, measure.id, measure.subject)


def _opening(plan: Plan, measure: Measure) -> Cell:
    return Cell(Words("开启", "opens on"), stream(plan, measure.opening.on))


def _stages(stages: Sequence[Stage]) -> Iterator[Cell]:
    """The stages that take time, in one box."""
    said = [_stage(stage) for stage in stages if stage.days is None or stage.days or stage.months]
    if said:
        yield Cell(Words("阶段", "stages"), Words("，再".join(w.zh for w in said), ", then ".join(w.en for w in said)))


def _stage(stage: Stage) -> Words:
    if stage.days is None:
        return Words(f"{stage.words.zh}不定期", f"{stage.words.en} without a set end")
    if isinstance(stage.days, Input):
        return Words(f"{stage.words.zh}按决定天数", f"{stage.words.en} for the days ordered")
    if stage.months:
        return Words(f"{stage.words.zh} {stage.months} 个月", f"{stage.words.en} {_many(stage.months, 'month')}")
    return Words(f"{stage.words.zh} {stage.days} 天", f"{stage.words.en} {_many(stage.days, 'day')}")


def _exits(plan: Plan, exits: Iterable[Exit]) -> Iterator[Cell]:
    for way in exits:
        to = next((m for m in plan.measures if m.id == way.to), None) if way.to else None
        if to is None:
            yield Cell(way.words, Words("结束本闭环", "ends the loop"))
        else:
            yield Cell(way.words, Words(f"转{to.words.zh}", f"to {to.words.en}"), to.id, to.subject)


def stream(plan: Plan, name: str) -> Words:
    """What a selection or a kind of fact is called."""
    selection = plan.selections.get(name)
    if selection is not None:
        return selection.words
    kind = plan.kinds.get(name)
    return Words(kind.zh, kind.en) if kind is not None else Words(name, name)


def asks(plan: Plan, requirement: Requirement) -> Words:
    """How often and by when a requirement is to be met."""
    match requirement.shape:
        case Shape.CHECK:
            return Words("当场判定", "decided on the spot")
        case Shape.COUNT:
            return _count(requirement)
        case Shape.RESULT:
            return _joined(Words("采样后", "after sampling "), _within(requirement.due))
        case Shape.FOLLOW:
            return _joined(Words("其后", "after it "), _within(requirement.due))
        case Shape.EVENT:
            return _joined(_trigger(plan, requirement), _within(requirement.due))
        case Shape.WINDOW:
            return _window(requirement)


def _count(requirement: Requirement) -> Words:
    times = "按规定" if isinstance(requirement.times, Input) else str(requirement.times)
    times_en = "as ordered" if isinstance(requirement.times, Input) else _many(int(times), "time")
    return Words(f"{times} 次，不指定日期", f"{times_en}, on no set day")


def _trigger(plan: Plan, requirement: Requirement) -> Words:
    if requirement.trigger is None:
        return Words("转出后", "after the exit ")
    words = stream(plan, requirement.trigger)
    return Words(f"每次{words.zh}后", f"after each {words.en} ")


def _window(requirement: Requirement) -> Words:
    if requirement.every is not None or requirement.calendar is not None:
        return _repeated(requirement)
    anchor = _anchor(requirement)
    if requirement.due is None:
        return Words("没有自己的期限", "without a due time of its own")
    days = requirement.due.seconds // DAY
    if requirement.due.mode is Mode.DAY_END and requirement.floor is Floor.NONE and not requirement.due.months:
        place = "阶段" if requirement.anchor == Fixed.STAGE_START else anchor.zh
        return Words(f"{place}第 {days + 1} 天内", f"by the end of day {days + 1} {anchor.en}".rstrip())
    return _joined(Words(f"{anchor.zh}后", f"{anchor.en} "), _within(requirement.due))


def _repeated(requirement: Requirement) -> Words:
    if requirement.calendar is not None:
        return Words(f"每个{requirement.calendar.words.zh}", f"on each {requirement.calendar.words.en}")
    every = requirement.every or Offset()
    if every.months:
        return Words(f"每 {every.months} 个月一次", f"every {_many(every.months, 'month')}")
    if every.seconds == DAY:
        return Words("每天一次", "once a day")
    span = length(every.seconds)
    return Words(f"每 {span.zh}一次", f"every {span.en}")


_ANCHORS = {
    Fixed.OPENING: Words("开启", "from the opening"),
    Fixed.DAY_ONE: Words("第 1 天", "from day one"),
    Fixed.STAGE_START: Words("阶段开始", "of the stage"),
    Fixed.STAGE_END: Words("阶段结束", "from the end of the stage"),
}
_FLOORS = {
    Floor.DAY: Words("当天零时", "from the start of the day"),
    Floor.WEEK: Words("本周一", "from Monday"),
    Floor.MONTH: Words("本月 1 日", "from the first of the month"),
}


def _anchor(requirement: Requirement) -> Words:
    if requirement.floor in _FLOORS:
        return _FLOORS[requirement.floor]
    if isinstance(requirement.anchor, Input):
        return Words("所定时间", "from the time set")
    return _ANCHORS[requirement.anchor]


def _within(due: Offset | None) -> Words:
    if due is None:
        return Words("，不限时间", "without a limit")
    months = Words(f" {due.months} 个月", f"{_many(due.months, 'month')} ") if due.months else Words("", "")
    span = length(due.seconds) if due.seconds or not due.months else Words("", "")
    zh, en = f"{months.zh}{' ' if span.zh else ''}{span.zh}内", f"within {months.en}{span.en}"
    return Words(zh, en.rstrip())


def _joined(before: Words, after: Words) -> Words:
    return Words(before.zh + after.zh, f"{after.en} {before.en}".strip())


def length(seconds: int) -> Words:
    """A span as the paper writes it: 24 小时, 3 天, 30 分钟."""
    if seconds % DAY == 0 and seconds > DAY:
        return Words(f"{seconds // DAY} 天", _many(seconds // DAY, "day"))
    if seconds % HOUR == 0 and seconds:
        return Words(f"{seconds // HOUR} 小时", _many(seconds // HOUR, "hour"))
    return Words(f"{seconds // MINUTE} 分钟", _many(seconds // MINUTE, "minute"))


def _many(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
