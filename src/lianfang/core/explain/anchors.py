"""What an obligation hangs on: the opening, a stage, an order, a trigger, or another obligation's evidence."""

from __future__ import annotations

from collections.abc import Iterator

from lianfang.core.days.civil import DAY
from lianfang.core.explain.conditions import condition
from lianfang.core.explain.loop import Loop
from lianfang.core.explain.speech import both, glue, length, listing, moment, quoted, start
from lianfang.core.language.measure import Fixed, Floor, Input, Offset, Requirement, Shape, Words
from lianfang.core.language.program import NEVER

_FLOORS = {
    Floor.DAY: Words("归到当日零时", "taken to the start of that day"),
    Floor.WEEK: Words("归到当周周一", "taken to the Monday of that week"),
    Floor.MONTH: Words("归到当月 1 日", "taken to the first of that month"),
}


def cause(loop: Loop, path: str, requirement: Requirement) -> Words:
    """Why this obligation exists and from when its time is counted."""
    return listing([_origin(loop, path, requirement), *_further(loop, requirement)], "，", ", ")


def _further(loop: Loop, r: Requirement) -> Iterator[Words]:
    if r.floor in _FLOORS and r.shape in (Shape.WINDOW, Shape.EVENT):
        yield _FLOORS[r.floor]
    if r.every is not None:
        yield _every(r.every)
    if r.calendar is not None:
        yield Words(f"{quoted(r.calendar.words).zh}每日一次", f"once on each day of {quoted(r.calendar.words).en}")
    if r.applies is not None:
        holds = condition(loop, r.applies.text)
        yield Words(f"因符合“{holds.zh}”而适用", f"applies because “{holds.en}” holds")


def _origin(loop: Loop, path: str, r: Requirement) -> Words:
    if r.shape == Shape.CHECK:
        text = condition(loop, r.condition.text) if r.condition is not None else both("")
        return Words(f"开启时须符合：{text.zh}", f"at the opening this must hold: {text.en}")
    if r.shape == Shape.COUNT:
        return _count(loop, r)
    if r.shape == Shape.EVENT:
        return _event(loop, r)
    if r.shape in (Shape.RESULT, Shape.FOLLOW):
        above = loop.requirements()[path.rpartition("/")[0]]
        return Words(
            f"接在{quoted(above.words).zh}之后，自其证据起算",
            f"follows {quoted(above.words).en}, counted from its evidence",
        )
    return _anchor(loop, r)


def _count(loop: Loop, r: Requirement) -> Words:
    times = loop.inputs.get(r.times.name) if isinstance(r.times, Input) else r.times
    stages = _stages(loop, r)
    gap = length(r.gap)
    between = Words(f"，每次至少相隔 {gap.zh}", f", at least {gap.en} apart") if r.gap else both("")
    return glue(Words(f"{stages.zh}期间共需 {times} 次", f"{times} needed during {stages.en}"), between)


def _stages(loop: Loop, r: Requirement) -> Words:
    first, last = loop.measure.stages[r.first_stage], loop.measure.stages[r.last_stage]
    if first is last:
        return Words(f"阶段{quoted(first.words).zh}", f"stage {quoted(first.words).en}")
    return Words(
        f"阶段{quoted(first.words).zh}至{quoted(last.words).zh}",
        f"stages {quoted(first.words).en} to {quoted(last.words).en}",
    )


def _event(loop: Loop, r: Requirement) -> Words:
    if r.trigger is None:
        return Words("闭环经出口结束后", "after the loop has left by an exit")
    name = quoted(loop.selection(r.trigger).words)
    return Words(f"每有一次{name.zh}，自得知起算", f"for every {name.en}, counted from when it was known")


def _anchor(loop: Loop, r: Requirement) -> Words:
    if isinstance(r.anchor, Input):
        t = loop.inputs.get(r.anchor.name)
        when = moment(t, loop.zone) if t is not None else Words("未知", "unknown")
        return Words(f"自 {r.anchor.name}（{when.zh}）起算", f"counted from {r.anchor.name} ({when.en})")
    if r.anchor == Fixed.OPENING:
        when = moment(loop.head["opened"], loop.zone)
        return Words(f"自开启（{when.zh}）起算", f"counted from the opening ({when.en})")
    if r.anchor == Fixed.DAY_ONE:
        when = start(loop.head["day_one"], loop.zone)
        return Words(f"自第 1 天（{when.zh}）起算", f"counted from day one ({when.en})")
    if r.anchor == Fixed.STAGE_END:
        return _stage_edge(loop, r.last_stage, loop.planned[r.last_stage], "原定结束", "planned end")
    return _stage_edge(loop, r.first_stage, loop.begins[r.first_stage], "开始", "start")


def _stage_edge(loop: Loop, stage: int, t: int, zh: str, en: str) -> Words:
    name = quoted(loop.measure.stages[stage].words)
    when = Words("未定", "open") if t >= NEVER else start(t, loop.zone)
    return Words(f"自阶段{name.zh}{zh}（{when.zh}）起算", f"counted from the {en} of stage {name.en} ({when.en})")


def _every(every: Offset) -> Words:
    if every.months:
        return _once_every(every.months, "个月", "month")
    days, rest = divmod(every.seconds, DAY)
    if days and not rest:
        return _once_every(days, "天", "day")
    each = length(every.seconds)
    return Words(f"每 {each.zh}一次", f"once every {each.en}")


def _once_every(n: int, zh: str, en: str) -> Words:
    if n == 1:
        return Words(f"每{zh}一次", f"once every {en}")
    return Words(f"每 {n} {zh}一次", f"once every {n} {en}s")
