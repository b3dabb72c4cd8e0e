"""The measures, stages, requirements, exits and indicators of a plan as comparable elements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lianfang.core.difference import phrase
from lianfang.core.difference.change import NOTHING, Sort
from lianfang.core.difference.said import Element, Said, rest
from lianfang.core.facts.vocabulary import SUBJECTS
from lianfang.core.language.lower import walk
from lianfang.core.language.measure import (
    Again,
    Exit,
    Measure,
    Offset,
    Opening,
    Requirement,
    Selection,
    Shape,
    Stage,
    Words,
)
from lianfang.core.language.plan import Indicator, Parameter, Plan
from lianfang.core.language.predicate import Expression

SHAPES = {
    Shape.WINDOW: Words("限时", "window"),
    Shape.COUNT: Words("计次", "count"),
    Shape.EVENT: Words("逢事必办", "after an event"),
    Shape.RESULT: Words("出结果", "result"),
    Shape.FOLLOW: Words("后续事项", "follow-up"),
    Shape.CHECK: Words("当场核查", "check"),
}
AGAIN = {
    Again.OWN: Words("另开一环", "a loop of its own"),
    Again.RESTART: Words("重新起算", "starts again"),
    Again.ABSORBED: NOTHING,
}


MEASURE_SAID = """id words subject opening stages requirements exits clauses civil holding stops_clock suspend_on
clear_on suspend_clauses again supersedes gate released_as valid_from valid_to parameters""".split()
STAGE_SAID = "id words clauses place days months counted_from cut_by binding".split()
REQUIREMENT_SAID = """id words shape clauses by evidence first_stage last_stage anchor floor start due until times
to_stage_end every calendar gap gates ends_with_exit carries trigger condition applies waiver then""".split()
EXIT_SAID = "id words on clauses to first_stage state".split()
INDICATOR_SAID = "id words clauses of of_facts take field where per target".split()
"""The fields that have words of their own; any other is compared and shown as it is."""

IMPLIED = "handling"
"""The stage of a measure that names none: nobody wrote it, so it is neither added nor removed."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A plan with the names its parts are called by."""

    selections: Mapping[str, Selection]
    measures: Mapping[str, Words]
    parameters: Mapping[str, Parameter]

    @staticmethod
    def of(plan: Plan) -> Reader:
        """The names of a plan."""
        return Reader(plan.selections, {m.id: m.words for m in plan.measures}, plan.parameters)

    def selection(self, field: str, id: str | None) -> Said:
        """A selection by its name; versions of one selection are the same by name."""
        if id is None:
            return Said(field, None)
        found, base = self.selections.get(id), undated(id)
        words = phrase.same(base) if found is None else found.words
        return Said(field, base, words, Words(f"{words.zh} ({base})", f"{words.en} ({base})"))

    def measure(self, id: str) -> Words:
        """What a measure is called."""
        return self.measures.get(id, phrase.same(id))

    def expression(self, field: str, value: Expression | None, label: Words | None = None) -> Said:
        """An expression: compared by what it says, shown as it is written, with its parameters where that is needed."""
        if value is None:
            return Said(field, None, label=label)
        used = ", ".join(f"${name} = {self._newest(name)}" for name in sorted(value.parameters))
        exactly = phrase.same(f"{value.text} [{used}]" if used else f"{value.text} [{value.tree}]")
        return Said(field, value.tree, phrase.same(value.text), exactly, label)

    def _newest(self, name: str) -> object:
        parameter = self.parameters.get(name)
        return parameter.values[-1][1] if parameter and parameter.values else "?"


def undated(id: str) -> str:
    """The id of a selection without the day of its version."""
    return id.partition("@")[0]


def elements_of(reader: Reader, m: Measure) -> Iterator[Element]:
    """The measure itself, then its stages, requirements (by path) and exits."""
    yield Element(Sort.MEASURE, m.id, m.words, (*m.clauses, *m.suspend_clauses), tuple(_measure(reader, m)))
    for stage in m.stages:
        if stage.id == IMPLIED and not stage.clauses:
            continue
        yield Element(Sort.STAGE, stage.id, stage.words, stage.clauses, tuple(_stage(reader, stage)))
    for path, r in walk(m.requirements):
        yield Element(Sort.REQUIREMENT, path, r.words, r.clauses, tuple(_requirement(reader, m, r)))
    for way in m.exits:
        yield Element(Sort.EXIT, way.id, way.words, way.clauses, tuple(_exit(reader, m, way)))


def named(words: Words) -> Said:
    """The name of an element."""
    return Said("name", words, words)


def clauses_said(clauses: tuple[str, ...], field: str = "clauses") -> Said:
    """The clauses an element cites."""
    return Said(field, frozenset(clauses), phrase.same(", ".join(clauses)))


def _plain(field: str, value: str | None) -> Said:
    return Said(field, value, NOTHING if value is None else phrase.same(value))


def _flag(field: str, value: bool, words: Words) -> Said:
    return Said(field, value, words)


def _offset(field: str, value: Offset | None, none: Words = NOTHING) -> Said:
    return Said(field, value, phrase.offset(value, none), phrase.same(str(value)))


def _measure(reader: Reader, m: Measure) -> Iterator[Said]:
    yield named(m.words)
    yield clauses_said(m.clauses)
    yield Said("binds", m.subject, Words(*SUBJECTS.get(m.subject, (m.subject, m.subject))))
    yield _flag("clock", m.civil, NOTHING if m.civil else Words("按秒", "exact"))
    yield from _opening(reader, m.opening)
    yield _flag("holding", m.holding, phrase.inverse_flag(m.holding))
    yield reader.selection("suspends_on", m.suspend_on)
    yield reader.selection("suspends_until", m.clear_on)
    yield _flag("stops_clock", m.stops_clock, phrase.flag(m.stops_clock))
    yield clauses_said(m.suspend_clauses, "suspends_clauses")
    yield Said("again", m.again, AGAIN[m.again])
    yield Said("supersedes", frozenset(m.supersedes), phrase.joined(map(reader.measure, m.supersedes)))
    yield _flag("gate", m.gate, phrase.flag(m.gate))
    yield Said("ends_as", m.released_as, NOTHING if m.released_as == "released" else phrase.same(m.released_as))
    yield from rest(m, MEASURE_SAID)


def _opening(reader: Reader, opening: Opening) -> Iterator[Said]:
    yield reader.selection("opens_on", opening.on)
    yield reader.expression("opens_where", opening.where)
    yield reader.expression("opens_at", opening.at)
    yield reader.expression("day_one", opening.day_one)
    for lookup in opening.lookups:
        label = Words(f"查询 {lookup.name}", f"look-up {lookup.name}")
        conditions = (None if where is None else where.tree for where in (lookup.where, lookup.matches))
        compared = (replace(lookup, where=None, matches=None), *conditions)
        yield Said(f"with/{lookup.name}", compared, phrase.lookup(lookup), label=label)
    for name, value in opening.inputs.items():
        yield reader.expression(f"inputs/{name}", value, Words(f"输入 {name}", f"input {name}"))


def _stage(reader: Reader, s: Stage) -> Iterator[Said]:
    yield named(s.words)
    yield clauses_said(s.clauses)
    yield Said("length", (s.days, s.months), phrase.length(s.days, s.months))
    yield _plain("place", s.place)
    yield Said("counted_from", s.counted_from, phrase.anchor(s.counted_from))
    yield reader.selection("cut_by", s.cut_by)
    yield _flag("binding", s.binding, phrase.inverse_flag(s.binding))
    yield from rest(s, STAGE_SAID)


def _requirement(reader: Reader, m: Measure, r: Requirement) -> Iterator[Said]:
    yield named(r.words)
    yield clauses_said(r.clauses)
    yield Said("shape", r.shape, SHAPES[r.shape])
    yield _by(reader, r.by)
    yield reader.selection("evidence", r.evidence)
    yield _during(m, r)
    yield from _window(reader, r)
    yield _flag("gates", r.gates, phrase.flag(r.gates))
    yield _flag("ends_with_exit", r.ends_with_exit, phrase.inverse_flag(r.ends_with_exit))
    yield _flag("carries", r.carries, phrase.flag(r.carries))
    yield reader.selection("trigger", r.trigger)
    yield reader.expression("check", r.condition)
    yield reader.expression("applies", r.applies)
    yield _flag("waivable", r.waiver is not None, phrase.flag(r.waiver is not None))
    yield from rest(r, REQUIREMENT_SAID)


def _window(reader: Reader, r: Requirement) -> Iterator[Said]:
    if r.shape in (Shape.WINDOW, Shape.EVENT):
        yield Said("anchor", r.anchor, phrase.anchor(r.anchor) if r.shape == Shape.WINDOW else NOTHING)
        yield Said("anchored_to", r.floor, phrase.FLOORS[r.floor])
    if r.shape not in (Shape.COUNT, Shape.CHECK, Shape.RESULT):
        yield _offset("from", r.start, phrase.EVER)
    if r.shape not in (Shape.COUNT, Shape.CHECK):
        yield _offset("due", r.due)
        yield _offset("until", r.until)
    counts = r.shape == Shape.COUNT or r.every is not None or r.calendar is not None
    yield Said("times", r.times, phrase.number(r.times) if counts and not r.to_stage_end else NOTHING)
    yield Said("every", r.every, phrase.period(r.every))
    yield Said("calendar", r.calendar, r.calendar.words if r.calendar else NOTHING)
    yield _flag("to_stage_end", r.to_stage_end, phrase.flag(r.to_stage_end))
    yield Said("gap", r.gap, phrase.span(r.gap))


def _by(reader: Reader, by: Expression | Words | None) -> Said:
    return reader.expression("by", by) if isinstance(by, Expression) else Said("by", by, by or NOTHING)


def _during(m: Measure, r: Requirement) -> Said:
    """From which stage to which, by id; all stages need not be said."""
    first, last = m.stages[r.first_stage], m.stages[r.last_stage]
    whole = r.first_stage == 0 and r.last_stage == len(m.stages) - 1
    ends = (first.words,) if first == last else (first.words, last.words)
    ids = "all" if whole else (first.id, last.id)
    said = Words("全部阶段", "all stages") if whole else phrase.joined(ends, "至", " to ")
    return Said("during", ids, said)


def _exit(reader: Reader, m: Measure, way: Exit) -> Iterator[Said]:
    yield named(way.words)
    yield clauses_said(way.clauses)
    on = [reader.selection("on", id) for id in way.on]
    yield Said("on", tuple(s.compared for s in on), phrase.joined((s.words for s in on), "并", " and "))
    yield Said("to", way.to, NOTHING if way.to is None else reader.measure(way.to))
    first = m.stages[way.first_stage]
    yield Said("from_stage", None if way.first_stage == 0 else first.id, first.words if way.first_stage else NOTHING)
    yield Said("as", way.state, NOTHING if way.state == "exited" else phrase.same(way.state))
    yield from rest(way, EXIT_SAID)


def indicator(reader: Reader, i: Indicator) -> Element:
    """One indicator."""
    fields = (
        named(i.words),
        clauses_said(i.clauses),
        _plain("of", i.of),
        reader.selection("of_facts", i.of_facts),
        _plain("take", i.take),
        _plain("field", i.field),
        reader.expression("where", i.where),
        _plain("per", i.per),
        Said("target", i.target, _target(i)),
        *rest(i, INDICATOR_SAID),
    )
    return Element(Sort.INDICATOR, i.id, i.words, i.clauses, fields)


def _target(i: Indicator) -> Words:
    if i.target is None:
        return NOTHING
    least = NOTHING if i.target.at_least is None else phrase.same(f"≥ {i.target.at_least:g}")
    most = NOTHING if i.target.at_most is None else phrase.same(f"≤ {i.target.at_most:g}")
    return phrase.joined((least, most))
