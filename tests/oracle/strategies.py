"""Random measures and random facts, drawn so that instants coincide often and every field of a measure is used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from lianfang.core.language.measure import (
    Again,
    Anchor,
    Exit,
    Fixed,
    Floor,
    Input,
    Measure,
    Mode,
    Offset,
    Opening,
    Requirement,
    Selection,
    Shape,
    Stage,
    Words,
)
from lianfang.core.language.predicate import parse
from tests.oracle.days import DAY, NEVER, Instant
from tests.oracle.pieces import Evidence, LoopOpening

HOUR = 3600
W = Words("词", "word")
ALWAYS = parse("true", {}, {})
NOUGHT = parse("0", {}, {})
SELECTIONS = ("ask", "bed", "cut", "dose", "eye")
NUMBERS = ("days", "count")  # inputs that are numbers
TIMES = ("credited",)  # inputs that are instants
ZONES = (0, 28800, 20700, -18000)
FIRST_DAYS = (18291, 18320, 18262, 18407)  # 2020-01-30, 2020-02-28, 2020-01-01, 2020-05-25 as day numbers

SPANS = (0, HOUR, 12 * HOUR, DAY, 2 * DAY, -DAY, -HOUR)
MONTHS = (0, 0, 0, 0, 0, 1)


@dataclass(frozen=True)
class Subject:
    """The facts and openings of one subject."""

    streams: Mapping[str, tuple[Evidence, ...]]
    openings: tuple[LoopOpening, ...]


@dataclass(frozen=True)
class World:
    """Everything one evaluation needs."""

    measures: tuple[Measure, ...]
    by_result: Mapping[str, bool]
    subjects: tuple[Subject, ...]
    as_of: int
    zone: int

    @property
    def selections(self) -> dict[str, Selection]:
        """The selections, each over a kind of its own."""
        return {name: Selection(name, name, W, by_result=self.by_result[name]) for name in SELECTIONS}


def rarely(draw: DrawFn, one_in: int = 4) -> bool:
    """True about one time in so many, false when shrunk."""
    return draw(st.integers(0, one_in - 1)) == one_in - 1


@st.composite
def offsets(draw: DrawFn) -> Offset:
    """Exact shifts, first and last seconds of days, now and then a month."""
    return Offset(draw(st.sampled_from(MONTHS)), draw(st.sampled_from(SPANS)), draw(st.sampled_from(Mode)))


@st.composite
def stages(draw: DrawFn, number: int) -> Stage:
    """A stage of a few days, a month, an ordered number of days, or without an end."""
    days: int | Input | None = draw(st.sampled_from((1, 0, 2, 3, 5)))
    if rarely(draw, 6):
        days = draw(st.sampled_from((Input("days"), None)))
    counted: Anchor = Fixed.STAGE_START
    if rarely(draw):
        counted = draw(st.sampled_from((Fixed.DAY_ONE, Fixed.OPENING, Input("credited"))))
    months = 1 if rarely(draw, 8) else 0
    cut_by = draw(st.sampled_from(SELECTIONS)) if rarely(draw) else None
    binding = number == 0 or not rarely(draw, 3)
    return Stage(f"stage{number}", W, days=days, months=months, counted_from=counted, cut_by=cut_by, binding=binding)


def window(draw: DrawFn, requirement: Requirement) -> Requirement:
    """The requirement with a start, a due time and a limit of acceptance, or without some of them."""
    start = None if rarely(draw, 6) else draw(st.just(Offset()) | offsets())
    due = None if rarely(draw, 6) else draw(offsets())
    until = draw(offsets()) if rarely(draw) else None
    floor = draw(st.sampled_from(Floor)) if rarely(draw) else Floor.NONE
    return replace(requirement, start=start, due=due, until=until, floor=floor)


def common(draw: DrawFn, requirement: Requirement) -> Requirement:
    """The switches that every requirement has."""
    return replace(
        requirement,
        evidence=draw(st.sampled_from(SELECTIONS)),
        gates=rarely(draw, 3),
        ends_with_exit=not rarely(draw, 3),
        waiver=draw(st.sampled_from(SELECTIONS)) if rarely(draw, 5) else None,
    )


@st.composite
def chained(draw: DrawFn, name: str, first: int, last: int, depth: int) -> Requirement:
    """A result or a follow-up under another requirement, itself perhaps with one below it."""
    shape = draw(st.sampled_from((Shape.RESULT, Shape.FOLLOW)))
    requirement = Requirement(name, W, shape, first_stage=first, last_stage=last)
    requirement = window(draw, common(draw, requirement))
    if rarely(draw, 8):
        requirement = replace(requirement, applies=ALWAYS)
    if depth > 1 and rarely(draw, 3):
        requirement = replace(requirement, then=(draw(chained("below", first, last, depth - 1)),))
    return requirement


def recurring(draw: DrawFn, requirement: Requirement) -> Requirement:
    """The requirement once, several times, or up to the end of its last stage."""
    every = draw(st.sampled_from((DAY, 12 * HOUR, 2 * DAY, 7 * DAY)))
    step = Offset(months=1) if rarely(draw, 8) else Offset(seconds=every)
    repeat = draw(st.sampled_from(("once", "times", "input", "to_end")))
    if repeat == "once":
        return requirement
    if repeat == "to_end":
        start = requirement.start or Offset()
        return replace(requirement, every=step, to_stage_end=True, start=start)
    return replace(requirement, every=step, times=Input("count") if repeat == "input" else draw(st.integers(2, 4)))


def shaped(draw: DrawFn, requirement: Requirement) -> Requirement:
    """The requirement with what its shape asks for."""
    if requirement.shape is Shape.CHECK:
        return replace(requirement, condition=ALWAYS)
    if requirement.shape is Shape.COUNT:
        times = draw(st.sampled_from((1, 2, 3, Input("count"))))
        gap = draw(st.sampled_from((0, HOUR, DAY)))
        return replace(requirement, times=times, gap=gap, carries=rarely(draw, 3))
    requirement = replace(window(draw, requirement), carries=rarely(draw, 3))
    if requirement.shape is Shape.EVENT:
        return replace(requirement, trigger=draw(st.sampled_from((None, *SELECTIONS))))
    fixed = draw(st.sampled_from((Fixed.STAGE_START, Fixed.STAGE_END, Fixed.OPENING, Fixed.DAY_ONE)))
    anchor: Anchor = Input("credited") if rarely(draw, 6) else fixed
    return recurring(draw, replace(requirement, anchor=anchor))


@st.composite
def requirements(draw: DrawFn, number: int, stage_count: int) -> Requirement:
    """A root requirement of any shape, with up to two chained ones."""
    first = draw(st.integers(0, stage_count - 1))
    last = draw(st.integers(first, stage_count - 1))
    shape = draw(st.sampled_from((Shape.WINDOW, Shape.WINDOW, Shape.COUNT, Shape.EVENT, Shape.CHECK)))
    requirement = Requirement(f"need{number}", W, shape, first_stage=first, last_stage=last)
    requirement = shaped(draw, common(draw, requirement))
    if rarely(draw, 6):
        requirement = replace(requirement, applies=ALWAYS)
    if shape is not Shape.CHECK and rarely(draw, 3):
        count = draw(st.integers(1, 2))
        then = tuple(draw(chained(f"then{i}", first, last, 2)) for i in range(count))
        requirement = replace(requirement, then=then)
    return requirement


@st.composite
def exits(draw: DrawFn, number: int, stage_count: int) -> Exit:
    """A way out on one or two selections, perhaps only from a later stage on."""
    on = tuple(draw(st.lists(st.sampled_from(SELECTIONS), min_size=1, max_size=2, unique=True)))
    state = draw(st.sampled_from(("exited", "cancelled", "handed_over")))
    first = draw(st.integers(0, stage_count - 1)) if rarely(draw, 3) else 0
    return Exit(f"exit{number}", W, on, first_stage=first, state=state)


@st.composite
def measures(draw: DrawFn, name: str, others: tuple[str, ...]) -> Measure:
    """A measure of one to three stages."""
    count = draw(st.integers(1, 3))
    supersedes = tuple(other for other in others if other != name and rarely(draw))
    suspend_on = draw(st.sampled_from(SELECTIONS)) if rarely(draw, 3) else None
    return Measure(
        name,
        W,
        "person",
        Opening("start", inputs={key: NOUGHT for key in (*NUMBERS, *TIMES)}),
        tuple(draw(stages(number)) for number in range(count)),
        tuple(draw(requirements(number, count)) for number in range(draw(st.integers(0, 4)))),
        tuple(draw(exits(number, count)) for number in range(draw(st.sampled_from((0, 0, 1, 2))))),
        civil=not rarely(draw, 3),
        holding=not rarely(draw, 3),
        stops_clock=rarely(draw, 2),
        suspend_on=suspend_on,
        clear_on=draw(st.sampled_from(SELECTIONS)) if suspend_on and not rarely(draw, 5) else None,
        again=draw(st.sampled_from(Again)),
        supersedes=supersedes,
    )


@st.composite
def plans(draw: DrawFn) -> tuple[Measure, ...]:
    """One to four measures; two of them may be versions of one, with the same precedence."""
    names = [f"measure{number}" for number in range(draw(st.integers(1, 4)))]
    if len(names) > 1 and rarely(draw, 6):
        names[1] = names[0]
    plan = [draw(measures(name, tuple(dict.fromkeys(names)))) for name in names]
    if len(names) > 1 and names[0] == names[1]:
        plan[1] = replace(plan[1], supersedes=plan[0].supersedes)
    return tuple(plan)


@st.composite
def instants(draw: DrawFn, zone: int) -> tuple[int, ...]:
    """A few instants at which everything in one world happens: day starts, noons, day ends, and a second beside."""
    first = draw(st.sampled_from(FIRST_DAYS)) * DAY - zone
    days = draw(st.lists(st.integers(0, 9), min_size=2, max_size=5, unique=True))
    if rarely(draw, 3):
        days = [*days, draw(st.sampled_from((31, 40)))]
    in_day = draw(st.lists(st.sampled_from((0, 12 * HOUR, DAY - 1, 1)), min_size=1, max_size=2, unique=True))
    return tuple(first + day * DAY + second for day in days for second in in_day)


@st.composite
def evidence(draw: DrawFn, when: SearchStrategy[int], by_result: bool, row: int) -> Evidence:
    """A fact whose result comes at once, later or never."""
    t = draw(when)
    if not by_result and not rarely(draw, 3):
        return Evidence(t, t, row)
    known: Instant = NEVER if rarely(draw, 5) else max(t, draw(when))
    return Evidence(t, known, row)


def with_paths(roots: tuple[Requirement, ...], above: str = "") -> Iterator[tuple[str, Requirement]]:
    """Every requirement with the ids from its root down to it."""
    for requirement in roots:
        path = f"{above}{requirement.id}"
        yield path, requirement
        yield from with_paths(requirement.then, f"{path}/")


@st.composite
def openings(draw: DrawFn, plan: tuple[Measure, ...], when: SearchStrategy[int]) -> LoopOpening:
    """An opening of one measure with its inputs (some unknown) and truths."""
    index = draw(st.integers(0, len(plan) - 1))
    t0 = draw(when)
    d1 = draw(when) if rarely(draw, 3) else t0
    inputs = {
        "days": None if rarely(draw, 3) else draw(st.integers(0, 4)),
        "count": None if rarely(draw, 6) else draw(st.integers(-1, 3)),
        "credited": None if rarely(draw, 3) else draw(when),
    }
    truths = {
        f"{path}:{what}": draw(st.booleans())
        for path, requirement in with_paths(plan[index].requirements)
        for what, given in (("applies", requirement.applies), ("condition", requirement.condition))
        if given is not None
    }
    return LoopOpening(index, t0, d1, inputs, truths)


@st.composite
def worlds(draw: DrawFn, most_subjects: int = 4) -> World:
    """A plan, up to four subjects with facts and openings, and an instant to look at them."""
    zone = draw(st.sampled_from(ZONES))
    plan = draw(plans())
    by_result = {name: rarely(draw, 3) for name in SELECTIONS}
    when = st.sampled_from(draw(instants(zone)))
    rows = dict.fromkeys(SELECTIONS, 0)
    subjects = []
    for _ in range(draw(st.integers(1, most_subjects))):
        streams = {}
        for name in SELECTIONS:
            count = draw(st.sampled_from((1, 0, 2, 3, 6)))
            drawn = [draw(evidence(when, by_result[name], rows[name] + i)) for i in range(count)]
            rows[name] += count
            streams[name] = tuple(sorted(drawn, key=lambda fact: (fact.t, fact.k, fact.row)))
        loops = draw(st.lists(openings(plan, when), min_size=1, max_size=4))
        subjects.append(Subject(streams, tuple(loops)))
    return World(plan, by_result, tuple(subjects), draw(when), zone)
