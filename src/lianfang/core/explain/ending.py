"""How a loop stands: what released or ended it, or what it waits for and what would release it when."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lianfang.core.explain.loop import Loop
from lianfang.core.explain.speech import NOTHING, glue, listing, named, quoted, start
from lianfang.core.language.measure import Again, Input, Measure, Shape, Words
from lianfang.core.language.program import NEVER
from lianfang.core.obligations.state_words import ORDER


def conclusion(loop: Loop) -> Words:
    """The state of the loop in a sentence or two."""
    return _STATES.get(loop.head["state"], _exited)(loop)


def _released(loop: Loop) -> Words:
    if loop.measure.gate:
        return Words("条件齐备，准予", "everything is there: allowed")
    if loop.head["release"] is None:
        return Words("已解除", "released")
    when, planned = start(loop.head["release"], loop.zone), _planned_end(loop)
    late = planned is not None and loop.head["release"] > planned
    why = _last_gate(loop) if late else NOTHING
    return glue(Words(f"{when.zh} 解除", f"released {when.en}"), why)


def _last_gate(loop: Loop) -> Words:
    """Which gating evidence came last and so set the moment of release."""
    known = loop.requirements()
    gates = [r for r in loop.rows if known[r["requirement"]].gates and r["evidence_at"] is not None]
    if not gates:
        return NOTHING
    last = max(gates, key=lambda row: row["evidence_at"])
    name = quoted(known[last["requirement"]].words)
    if _without_days(loop):
        return Words(f"；最后齐备的是{name.zh}", f"; {name.en} was the last that it needed")
    planned = start(_planned_end(loop) or 0, loop.zone)
    return Words(
        f"；原定 {planned.zh}，因{name.zh}迟到而顺延",
        f"; planned for {planned.en}, put off because {name.en} came late",
    )


def _without_days(loop: Loop) -> bool:
    """Whether the measure has no time of its own and ends when what it needs is there."""
    return all(s.days == 0 and not s.months for s in loop.measure.stages if s.binding)


def _running(loop: Loop) -> Words:
    if loop.head["release"] is None:
        ways = listing((quoted(x.words) for x in loop.measure.exits), "、", ", ")
        until = Words(f"，直到{ways.zh}", f", until {ways.en}") if ways.zh else NOTHING
        return glue(Words("没有固定的结束日", "no fixed end"), until)
    when = start(loop.head["release"], loop.zone)
    said = Words(f"{when.zh} 可解除", f"due for release {when.en}")
    needs = _missing_names(loop)
    if not needs.zh:
        return said
    return glue(said, Words(f"，届时须已有{needs.zh}；缺则不解除", f", if {needs.en} is there by then; not without"))


def _held(loop: Loop) -> Words:
    if loop.head["waits_for"] == ORDER:
        return _unordered(loop)
    needs = _missing_names(loop)
    if loop.measure.gate:
        return Words(f"不准：缺{needs.zh}", f"refused: {needs.en} missing")
    planned = _planned_end(loop)
    was = (
        Words(f"原定 {start(planned, loop.zone).zh} 解除；", f"planned release {start(planned, loop.zone).en}; ")
        if planned is not None and not _without_days(loop)
        else NOTHING
    )
    return glue(
        was,
        Words(f"等待{needs.zh}。", f"waits for {needs.en}. "),
        _once_there(loop),
    )


def _once_there(loop: Loop) -> Words:
    """What happens when the missing evidence comes: the next stage that binds, or the release."""
    ids = [s.id for s in loop.measure.stages]
    later = [s for s in loop.measure.stages[ids.index(loop.head["stage"]) + 1 :] if s.binding]
    by_result = _known_condition(loop)
    if later:
        following = quoted(later[0].words)
        step = Words(f"补齐之后进入{following.zh}", f"Once this is in, {following.en} begins")
        return glue(step, by_result, Words("，在此之前维持现状", "; until then nothing changes"))
    now = start(loop.evaluation.as_of, loop.zone)
    return glue(
        Words("补齐之时即解除", "It is released the moment this is in"),
        by_result,
        Words(f"，最早也在 {now.zh} 之后；在此之前继续执行", f", not before {now.en}; until then it goes on"),
    )


def _known_condition(loop: Loop) -> Words:
    """A test counts for the release only when its result is out."""
    known = loop.requirements()
    names = [known[row["requirement"]] for row in loop.missing()]
    by_result = any(r.evidence and r.shape != Shape.RESULT and loop.selection(r.evidence).by_result for r in names)
    return Words("（以得知结果为准）", " (counted from when its result is known)") if by_result else NOTHING


def _unordered(loop: Loop) -> Words:
    stage = next((s for s, t in zip(loop.measure.stages, loop.planned, strict=True) if t >= NEVER), None)
    name = quoted(stage.words) if stage else NOTHING
    value = stage.days.name if stage and isinstance(stage.days, Input) else ""
    return Words(
        f"阶段{name.zh}的天数（{value}）尚未下达；下达之后按其天数计算解除日",
        f"the days of stage {name.en} ({value}) have not been ordered; the release follows from them once they are",
    )


def _suspended(loop: Loop) -> Words:
    clear = quoted(loop.selection(loop.measure.clear_on).words) if loop.measure.clear_on else NOTHING
    clock = Words("，其间不计天数", ", and these days do not count") if loop.measure.stops_clock else NOTHING
    return glue(Words(f"中止，直到{clear.zh}", f"suspended until {clear.en}"), clock)


def _superseded(loop: Loop) -> Words:
    other = loop.head["superseded_by"]
    winner = next((m for m in loop.evaluation.plan.measures if m.id == other), None)
    when = start(loop.head["ended"], loop.zone) if loop.head["ended"] is not None else NOTHING
    if winner is None or winner.id == loop.measure.id:
        return glue(Words(f"{when.zh} ", f"{when.en}: "), _same_measure(loop))
    name = named(winner.words, winner.id)
    return glue(
        Words(f"{when.zh} 起由{name.zh}取代", f"superseded by {name.en} on {when.en}"),
        _precedence(loop, winner),
    )


def _precedence(loop: Loop, winner: Measure) -> Words:
    source = "、".join(winner.clauses)
    cited = Words(f"（条文 {source}）", f" (clause {source.replace('、', ', ')})") if source else NOTHING
    return glue(
        Words(
            f"：方案规定前者{cited.zh}执行期间优先于{quoted(loop.measure.words).zh}",
            f": the plan gives it{cited.en} precedence over {quoted(loop.measure.words).en} while it runs",
        )
    )


def _same_measure(loop: Loop) -> Words:
    if loop.measure.again == Again.RESTART:
        return Words("同一措施重新开启，以新的一次为准", "the same measure opened again; the new loop counts")
    return Words("同一措施已在执行，并入其中", "the same measure was already running; this opening joins it")


def _exited(loop: Loop) -> Words:
    way = next((x for x in loop.measure.exits if x.id == loop.head["exit"]), None)
    if way is None:
        return _released(loop)
    when = start(loop.head["ended"], loop.zone)
    measures = {m.id: m.words for m in loop.evaluation.plan.measures}
    name = named(measures[way.to], way.to) if way.to in measures else Words(way.to or "", way.to or "")
    to = Words(f"，转入 {name.zh}", f", on to {name.en}") if way.to else NOTHING
    return glue(Words(f"{when.zh} 经{quoted(way.words).zh}结束", f"ended {when.en} by {quoted(way.words).en}"), to)


def _missing_names(loop: Loop) -> Words:
    known = loop.requirements()
    names = dict.fromkeys(row["requirement"] for row in loop.missing())
    waits = loop.head["waits_for"]
    paths = list(names) or ([waits] if waits in known else [])
    return listing((quoted(known[p].words) for p in paths), "、", ", ")


def _planned_end(loop: Loop) -> int | None:
    """The end of the last binding stage as planned; None while open."""
    ends = [t for s, t in zip(loop.measure.stages, loop.planned, strict=True) if s.binding]
    return ends[-1] if ends and ends[-1] < NEVER else None


_STATES: Mapping[str, Callable[[Loop], Words]] = {
    "running": _running,
    "held": _held,
    "suspended": _suspended,
    "released": _released,
    "superseded": _superseded,
    "handed_over": _exited,
    "exited": _exited,
    "cancelled": _exited,
}
