"""A checked plan as plain text: what the program understood, line by line, for a reader and for the golden test."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lianfang.core.days.text import show_instant
from lianfang.core.language.measure import (
    Exit,
    Fixed,
    Floor,
    Input,
    Lookup,
    Measure,
    Mode,
    Offset,
    Requirement,
    Selection,
    Shape,
    Stage,
    Words,
)
from lianfang.core.language.plan import Plan
from lianfang.core.language.predicate import Expression

_UNITS = ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"))
_MODES = {Mode.EXACT: "", Mode.DAY_START: " (day start)", Mode.DAY_END: " (day end)"}


def show(plan: Plan) -> str:
    """The whole plan as text: its head, the selections its measures use, its measures in plan order."""
    lines = [
        f"plan {plan.id}: {_words(plan.words)}",
        f"  issued {plan.issued.isoformat()}, zone {plan.zone // 3600:+d} h, packs {', '.join(plan.packs)}",
        f"  first day {'counted' if plan.first_day_counted else 'not counted'}",
        *(_selection(selection) for _, selection in sorted(plan.selections.items()) if selection.where is not None),
    ]
    for measure in plan.measures:
        lines += ["", *show_measure(measure, plan.zone)]
    return "\n".join(lines) + "\n"


def show_measure(measure: Measure, zone: int) -> Iterator[str]:
    """One version of a measure as lines of text."""
    yield f"{'gate' if measure.gate else 'measure'} {measure.id}: {_words(measure.words)}{_cited(measure.clauses)}"
    if measure.valid_from is not None or measure.valid_to is not None:
        yield f"  for openings from {_bound(measure.valid_from, zone)} until {_bound(measure.valid_to, zone)}"
    yield f"  {measure.subject}, {'civil days' if measure.civil else 'exact'}, {measure.again.name.lower()}" + (
        ", holding" if measure.holding else ""
    )
    yield f"  opens on {measure.opening.on}{_where(measure.opening.where)}"
    yield from (f"    {_lookup(lookup)}" for lookup in measure.opening.lookups)
    yield from _expressions("at", measure.opening.at)
    yield from _expressions("day one", measure.opening.day_one)
    yield from (f"    input {name} = {expression.text}" for name, expression in measure.opening.inputs.items())
    yield from (f"  {_stage(stage)}" for stage in measure.stages)
    names = [stage.id for stage in measure.stages]
    for requirement in measure.requirements:
        yield from _requirement(requirement, names, "  ")
    yield from (f"  {_exit(way, names)}" for way in measure.exits)
    if measure.suspend_on is not None:
        stopped = ", clock stopped" if measure.stops_clock else ""
        yield f"  suspended by {measure.suspend_on} until {measure.clear_on}{stopped}{_cited(measure.suspend_clauses)}"
    if measure.supersedes:
        yield f"  supersedes {', '.join(measure.supersedes)}"
    yield from (f"  ${name} in {path}" for path, name in measure.parameters.items())


def show_offset(offset: Offset | None, none: str) -> str:
    """A shift as an officer would write it, with where in the day it lands."""
    if offset is None:
        return none
    months = [f"{offset.months} mo"] if offset.months else []
    size, unit = next(((s, u) for s, u in _UNITS if offset.seconds and offset.seconds % s == 0), (1, "d"))
    seconds = [f"{offset.seconds // size} {unit}"] if offset.seconds or not months else []
    return " + ".join((*months, *seconds)) + _MODES[offset.mode]


def _words(words: Words) -> str:
    return f"{words.zh} / {words.en}"


def _cited(clauses: Iterable[str]) -> str:
    listed = ", ".join(clauses)
    return f" [{listed}]" if listed else ""


def _where(where: Expression | None) -> str:
    return "" if where is None else f" where {where.text}"


def _bound(instant: int | None, zone: int) -> str:
    return "…" if instant is None else show_instant(instant, zone)


def _expressions(name: str, expression: Expression | None) -> Iterator[str]:
    if expression is not None:
        yield f"    {name} = {expression.text}"


def _selection(selection: Selection) -> str:
    seen = ", seen with the result" if selection.by_result else ""
    return f"  selection {selection.id} = {selection.kind}{_where(selection.where)}{seen}"


def _lookup(lookup: Lookup) -> str:
    field = f".{lookup.field}" if lookup.field else ""
    of = (f" through {lookup.through}" if lookup.through else "") + (f" of {lookup.of}" if lookup.of else "")
    of += " everywhere" if lookup.everywhere else ""
    around = f" around {lookup.around}" if lookup.around else ""
    window = f" from {show_offset(lookup.since, 'ever')} to {show_offset(lookup.until, 'ever')}"
    touching = ", periods that touch" if lookup.overlapping else ""
    found = f"{lookup.take.name.lower()} {lookup.kind}{field}{of}{around}"
    return f"{lookup.name} = {found}{window}{_where(lookup.where or lookup.matches)}{touching}"


def _stage(stage: Stage) -> str:
    days = "open" if stage.days is None else f"{_number(stage.days)} d"
    months = f"{stage.months} mo + " if stage.months else ""
    cut = f", cut by {stage.cut_by}" if stage.cut_by else ""
    after = "" if stage.binding else ", not binding"
    return f"stage {stage.id}: {months}{days} from {_anchor(stage.counted_from)}{cut}{after}{_cited(stage.clauses)}"


def _number(value: int | Input) -> str:
    return value.name if isinstance(value, Input) else str(value)


def _anchor(anchor: Fixed | Input) -> str:
    return anchor.name if isinstance(anchor, Input) else anchor.name.lower()


def _requirement(requirement: Requirement, stages: list[str], indent: str) -> Iterator[str]:
    marks = [name for name in ("gates", "carries") if getattr(requirement, name)]
    marks += ["ends with exit"] if requirement.ends_with_exit else []
    marks += ["waivable"] if requirement.waiver else []
    evidence = f" {requirement.evidence}" if requirement.evidence else ""
    during = f" during {stages[requirement.first_stage]}…{stages[requirement.last_stage]}"
    head = f"{requirement.shape.name.lower()}{evidence}{during}"
    yield f"{indent}requires {requirement.id}: {head}{_cited(requirement.clauses)}"
    yield f"{indent}  {'; '.join((*_when(requirement), *marks))}"
    if requirement.by is not None:
        by = requirement.by.zh if isinstance(requirement.by, Words) else requirement.by.text
        yield f"{indent}  owed by {by}"
    if requirement.applies is not None:
        yield f"{indent}  applies where {requirement.applies.text}"
    for child in requirement.then:
        yield from _requirement(child, stages, f"{indent}  ")


def _when(requirement: Requirement) -> Iterator[str]:
    """The window and the number of a requirement, in the words of its form."""
    if requirement.condition is not None:
        yield f"check {requirement.condition.text}"
        return
    if requirement.shape is Shape.COUNT:
        gap = f" at least {show_offset(Offset(0, requirement.gap), '')} apart" if requirement.gap else ""
        yield f"{_number(requirement.times)} times{gap}"
        return
    if requirement.shape is Shape.EVENT:
        yield f"after each {requirement.trigger}" if requirement.trigger else "after the exit"
    if requirement.shape is Shape.WINDOW:
        floor = "" if requirement.floor is Floor.NONE else f", first instant of its {requirement.floor.name.lower()}"
        yield f"anchor {_anchor(requirement.anchor)}{floor}"
    start, due = show_offset(requirement.start, "any time"), show_offset(requirement.due, "none")
    yield f"from {start}, due {due}, until {show_offset(requirement.until, 'none')}"
    if requirement.every is not None:
        times = "to the end" if requirement.to_stage_end else f"{_number(requirement.times)} times"
        yield f"every {show_offset(requirement.every, '')} {times}"
    if requirement.calendar is not None:
        times = "to the end" if requirement.to_stage_end else f"{_number(requirement.times)} times"
        yield f"every day of {requirement.calendar.id} {times}"


def _exit(way: Exit, stages: list[str]) -> str:
    to = f" to {way.to}" if way.to else ""
    start = f" from {stages[way.first_stage]}" if way.first_stage else ""
    return f"exit {way.id}: {' and '.join(way.on)}{start}{to}, {way.state}{_cited(way.clauses)}"
