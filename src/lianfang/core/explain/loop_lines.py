"""A loop in the fixed order: clause, parameter, cause, time, evidence, conclusion."""

from __future__ import annotations

from collections.abc import Iterator

from lianfang.core.days.civil import DAY, floor_day
from lianfang.core.explain.conditions import condition
from lianfang.core.explain.document import Line, Topic
from lianfang.core.explain.ending import conclusion
from lianfang.core.explain.evidence import opening_fact
from lianfang.core.explain.findings import findings
from lianfang.core.explain.loop import DONE, Loop
from lianfang.core.explain.sources import clauses, inputs, parameters
from lianfang.core.explain.speech import NOTHING, glue, listing, moment, named, quoted, start
from lianfang.core.explain.witness import Witness, describe
from lianfang.core.language.measure import Exit, Input, Words
from lianfang.core.language.program import NEVER

STATE_WORDS = {
    "running": Words("执行中", "running"),
    "held": Words("待补，未解除", "held"),
    "suspended": Words("中止", "suspended"),
    "released": Words("已解除", "released"),
    "handed_over": Words("已移交", "handed over"),
    "exited": Words("已转出", "exited"),
    "cancelled": Words("已取消", "cancelled"),
    "superseded": Words("已被取代", "superseded"),
    "allowed": Words("准予", "allowed"),
    "refused": Words("不准", "refused"),
    "closed": Words("已办结", "closed"),
    "enrolled": Words("已纳入", "enrolled"),
}


MOST_OF_A_CONDITION = 120
"""Characters of a condition that are still read."""


def loop_lines(loop: Loop, number: int) -> Iterator[Line]:
    """Everything about one loop, without its obligations."""
    measure, known = loop.measure, loop.evaluation.plan.clauses
    state = STATE_WORDS.get(loop.head["outcome"], Words(loop.head["outcome"], loop.head["outcome"].replace("_", " ")))
    title = glue(Words(f"闭环 {number}：", f"Loop {number}: "), named(measure.words, measure.id))
    yield Line(1, Topic.TITLE, Words(f"{title.zh}　{state.zh}", f"{title.en}  {state.en}"))
    yield from (Line(2, Topic.CLAUSE, said) for said in clauses(known, _cited(loop)))
    yield from (Line(2, Topic.PARAMETER, said) for said in (*parameters(loop, None), *inputs(loop)))
    yield Line(2, Topic.CAUSE, _cause(loop))
    yield Line(2, Topic.WINDOW, _stages(loop))
    proof = listing(_proof(loop))
    yield Line(2, Topic.EVIDENCE, proof if proof.zh else Words("无", "none"))
    yield Line(2, Topic.CONCLUSION, conclusion(loop))


def _cited(loop: Loop) -> tuple[str, ...]:
    """Clauses of the measure, then those of its stages."""
    return tuple(dict.fromkeys([*loop.measure.clauses, *(c for s in loop.measure.stages for c in s.clauses)]))


def _cause(loop: Loop) -> Words:
    fact = opening_fact(loop.evaluation, loop)
    said = describe(loop.evaluation, fact) if fact else Words(str(loop.head["fact"]), str(loop.head["fact"]))
    where = loop.measure.opening.where
    holds = NOTHING
    if where is not None:
        said_so = condition(loop, where.text)
        if len(said_so.zh) > MOST_OF_A_CONDITION:  # nobody reads three lines of "and" and "or": what was found tells it
            said_so = Words("本措施的开启条件", "the measure's opening condition holds")
        true = listing([said_so, findings(loop, (where.text,))])
        holds = Words(f"，符合：{true.zh}", f", where {true.en}")
    opened, first = moment(loop.head["opened"], loop.zone), start(loop.head["day_one"], loop.zone)
    begun = Words(f"；{opened.zh} 开启，第 1 天为 {first.zh}", f"; opened {opened.en}, day one is {first.en}")
    return glue(said, holds, begun)


def _stages(loop: Loop) -> Words:
    return listing(_stage(loop, s) for s in range(len(loop.measure.stages)))


def _stage(loop: Loop, s: int) -> Words:
    stage, begin, end = loop.measure.stages[s], loop.begins[s], loop.begins[s + 1]
    ended = loop.head["ended"]
    if begin >= NEVER or (ended is not None and begin >= ended):
        return Words(f"{quoted(stage.words).zh}未开始", f"{quoted(stage.words).en} not begun")
    cut = ended if ended is not None and ended < end else None
    until = _until(loop, begin, end if cut is None else cut)
    if end <= begin and cut is None and isinstance(stage.days, Input):
        until = Words("起 0 天，不执行", "0 days, left out")
    planned = loop.planned[s]
    moved = begin < planned < NEVER and planned != end and cut is None
    was = _until(loop, begin, planned) if moved else NOTHING
    follow = NOTHING if stage.binding else Words("（解除之后）", " (after the release)")
    days = NOTHING if moved or cut is not None else _days(loop, begin, end)
    return glue(
        Words(
            f"{quoted(stage.words).zh}{start(begin, loop.zone).zh} {until.zh}",
            f"{quoted(stage.words).en} {start(begin, loop.zone).en} {until.en}",
        ),
        days,
        Words(f"（原定{was.zh}）", f" (planned {was.en})") if moved else NOTHING,
        follow,
    )


def _until(loop: Loop, begin: int, end: int) -> Words:
    """The end of a stage: its last day where it ends with a day, the instant otherwise."""
    if end >= NEVER:
        return Words("起，未定结束", "on, with no end yet")
    if end <= begin:
        return Words("当天", "(that day only)")
    whole = end == floor_day(end, loop.zone)
    last = start(floor_day(end - 1, loop.zone), loop.zone) if whole else moment(end, loop.zone)
    if last == start(begin, loop.zone):
        return Words("当天", "(that day only)")
    return Words(f"至 {last.zh}", f"to {last.en}")


def _days(loop: Loop, begin: int, end: int) -> Words:
    if end >= NEVER or (end - begin) % DAY or end <= begin + DAY:
        return NOTHING
    n = (end - begin) // DAY
    return Words(f"（{n} 天）", f" ({n} day{'' if n == 1 else 's'})")


def _proof(loop: Loop) -> Iterator[Words]:
    if loop.head["state"] in ("running", "held", "suspended", "released", "handed_over"):
        yield from _gating(loop)
    yield from _suspension(loop)
    if loop.head["exit"] is not None:
        way = next(x for x in loop.measure.exits if x.id == loop.head["exit"])
        for fact in exit_facts(loop, way):
            yield describe(loop.evaluation, fact)


def _gating(loop: Loop) -> Iterator[Words]:
    """What the release needs: what is there, and what is not."""
    known = loop.requirements()
    gates = [row for row in loop.rows if known[row["requirement"]].gates]
    done = [row for row in gates if row["status"] in DONE]
    if not gates:
        return
    names = list(dict.fromkeys(row["requirement"] for row in loop.missing()))
    head = f"解除所需 {len(gates)} 项，已有 {len(done)} 项"
    head_en = f"the release needs {len(gates)} item{'' if len(gates) == 1 else 's'}, {len(done)} there"
    lacking = listing((quoted(known[n].words) for n in names), "、", ", ")
    yield Words(f"{head}，缺{lacking.zh}", f"{head_en}, missing {lacking.en}") if names else Words(head, head_en)


def _suspension(loop: Loop) -> Iterator[Words]:
    """Each suspension that fell into the loop: the fact that began it, the fact that ended it."""
    if loop.measure.suspend_on is None:
        return
    limit = min(loop.begins[-1], NEVER if loop.head["ended"] is None else loop.head["ended"])
    began = [w for w in loop.passing(loop.measure.suspend_on) if loop.head["opened"] <= w.t < limit]
    cleared = loop.passing(loop.measure.clear_on) if loop.measure.clear_on else []
    until = -1
    for fact in began:
        if fact.t < until:
            continue
        said, end = describe(loop.evaluation, fact), next((w for w in cleared if w.t >= fact.t), None)
        yield Words(f"中止起于 {said.zh}", f"suspended by {said.en}")
        if end is None:
            return
        freed, until = describe(loop.evaluation, end), max(end.t, fact.t + 1)
        yield Words(f"中止止于 {freed.zh}", f"suspension ended by {freed.en}")


def exit_facts(loop: Loop, way: Exit) -> Iterator[Witness]:
    """For each selection of the exit, the first fact known by then."""
    by = loop.head["ended"]
    for name in way.on:
        by_result = loop.selection(name).by_result
        seen = [(w.k if by_result and w.k is not None else w.t, w) for w in loop.passing(name)]
        fitting = [(t, w) for t, w in seen if w.t >= loop.head["opened"] and (by is None or t <= by)]
        yield from (w for _, w in sorted(fitting, key=lambda pair: pair[0])[:1])
