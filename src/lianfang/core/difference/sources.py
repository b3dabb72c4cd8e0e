"""The parts of a plan beside its measures: its head, clauses, parameters and selections, as comparable elements."""

from __future__ import annotations

from collections.abc import Iterator

from lianfang.core.difference import phrase
from lianfang.core.difference.change import NOTHING, Sort
from lianfang.core.difference.elements import Reader, named, undated
from lianfang.core.difference.pairing import ALIKE, Sides, alike
from lianfang.core.difference.said import Element, Said, rest
from lianfang.core.language.lower import walk
from lianfang.core.language.measure import Measure, Words
from lianfang.core.language.organisation import Group, Post, Unit
from lianfang.core.language.plan import Clause, Parameter, Plan

UNITS = {
    "d": Words("天", "days"),
    "h": Words("小时", "hours"),
    "min": Words("分钟", "minutes"),
    "mo": Words("个月", "months"),
    "percent": Words("%", "%"),
    "metre": Words("米", "metres"),
    "person": Words("人", "persons"),
    "count": NOTHING,
    "text": NOTHING,
}


def head(plan: Plan) -> Element:
    """What a plan says about itself."""
    fields = (
        named(plan.words),
        Said("issued", plan.issued, phrase.same(plan.issued.isoformat())),
        Said("utc_offset", plan.zone, phrase.same(f"{plan.zone / 3600:+g} h")),
        Said("first_day", plan.first_day_counted, phrase.YES if plan.first_day_counted else Words("否", "no")),
    )
    return Element(Sort.PLAN, plan.id, plan.words, (), fields)


def clause(sides: Sides, plan: Plan, c: Clause, other: Clause | None) -> Element:
    """One clause; a wording unlike that of its namesake is another text, not another wording."""
    field = "wording" if other is None or alike(c.gist.zh, other.gist.zh) >= ALIKE else "other_text"
    id = sides.clause(plan, c.id)
    kind = Said("kind", c.kind, phrase.same(c.kind))
    return Element(Sort.CLAUSE, id, c.gist, (id,), (kind, Said(field, c.gist, c.gist)))


def parameter(p: Parameter) -> Element:
    """One parameter: its value or values, since when, whether the text says so."""
    source = Words("条文", "the text") if p.from_text else Words("本系统设定", "a setting")
    fields = (
        named(p.words),
        *_values(p),
        Said("unit", p.unit, phrase.same(p.unit)),
        Said("clause", p.clause, phrase.same(p.clause)),
        Said("from_text", p.from_text, source),
        Said("why", p.why, _why(p.why or "")),
    )
    return Element(Sort.PARAMETER, p.id, p.words, (p.clause,) if p.clause else (), fields)


def _why(text: str) -> Words:
    """A reason is written in Chinese, or in both languages with a stroke between."""
    zh, stroke, en = text.partition(" / ")
    return Words(zh, en) if stroke else phrase.same(text)


def _values(p: Parameter) -> Iterator[Said]:
    said = [_valued(value, p.unit) for _, value in p.values]
    days = [day.isoformat() for day, _ in p.values]
    yield Said("value", tuple(value for _, value in p.values), phrase.joined(said, " / ", " / "))
    yield Said("date", tuple(days), phrase.same(", ".join(days)))


def _valued(value: float | int | str, unit: str) -> Words:
    words = UNITS.get(unit, phrase.same(unit))
    shown = value if isinstance(value, str) else f"{value:g}"
    if words == NOTHING:
        return phrase.same(str(shown))
    en = words.en[:-1] if shown == "1" and words.en.endswith("s") else words.en
    gap = "" if unit == "percent" else " "
    return Words(f"{shown}{gap}{words.zh}", f"{shown}{gap}{en}")


def units(plan: Plan) -> Iterator[Element]:
    """The units, groups and posts of a plan."""
    parts = plan.organisation
    every: list[Unit | Group | Post] = [*parts.units.values(), *parts.groups.values(), *parts.posts.values()]
    for found in every:
        clauses: tuple[str, ...] = getattr(found, "clauses", ())
        yield Element(Sort.UNIT, found.id, found.words, clauses, (named(found.words), *rest(found, ("id", "words"))))


def selections(reader: Reader, plan: Plan) -> Iterator[Element]:
    """The selections with a condition of their own, with the clauses of the elements that use them."""
    users = _users(plan)
    for s in plan.selections.values():
        if s.where is None or ":" in s.id:
            continue
        when = Words("见结果后", "once its result is known") if s.by_result else NOTHING
        fields = (
            named(s.words),
            Said("of_facts", s.kind, phrase.same(s.kind)),
            reader.expression("where", s.where),
            Said("seen", s.by_result, when, label=Words("何时可见", "seen")),
        )
        yield Element(Sort.SELECTION, s.id, s.words, tuple(dict.fromkeys(users.get(undated(s.id), ()))), fields)


def _users(plan: Plan) -> dict[str, list[str]]:
    """Clauses cited by what uses a selection, by its undated id."""
    found: dict[str, list[str]] = {}
    for measure in plan.measures:
        for id, cited in _uses(measure):
            if id is not None:
                found.setdefault(undated(id), []).extend(cited)
    return found


def _uses(m: Measure) -> Iterator[tuple[str | None, tuple[str, ...]]]:
    yield m.opening.on, m.clauses
    yield m.suspend_on, m.suspend_clauses or m.clauses
    yield m.clear_on, m.suspend_clauses or m.clauses
    yield from ((lookup.kind, m.clauses) for lookup in m.opening.lookups)
    yield from ((stage.cut_by, stage.clauses) for stage in m.stages)
    for _, r in walk(m.requirements):
        yield r.evidence, r.clauses
        yield r.trigger, r.clauses
    yield from ((id, way.clauses) for way in m.exits for id in way.on)
