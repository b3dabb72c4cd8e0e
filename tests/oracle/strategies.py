"""Random measures and random facts, drawn so that instants coincide often and every field of a measure is used.

Everything is built from picks. Hypothesis can make them (a failing world is shrunk), or a seed (twenty times faster).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from random import Random
from typing import Protocol, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from lianfang.core.language.measure import (
    Again,
    Anchor,
    Calendar,
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
ANCHORS: tuple[Anchor, ...] = (Fixed.DAY_ONE, Fixed.OPENING, Input("credited"))
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
        return {name: Selection(name, name, W, by_result=self.by_result[name]) for name in self.by_result}


class Picks(Protocol):
    """Where choices come from; the first option is the simplest."""

    def number(self, low: int, high: int) -> int:
        """A whole number with both ends included."""
        ...


class Drawn:
    """Choices made, and shrunk, by Hypothesis."""

    def __init__(self, draw: DrawFn) -> None:
        self.draw = draw

    def number(self, low: int, high: int) -> int:
        """A whole number with both ends included."""
        return self.draw(between(low, high))


class Seeded:
    """Choices that follow from a seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def number(self, low: int, high: int) -> int:
        """A whole number with both ends included."""
        return self.random.randint(low, high)


T = TypeVar("T")


@cache
def between(low: int, high: int) -> SearchStrategy[int]:
    """The strategy for a range, made once."""
    return st.integers(low, high)


def one_of(picks: Picks, options: Sequence[T]) -> T:
    """One of the options."""
    return options[picks.number(0, len(options) - 1)]


def rarely(picks: Picks, one_in: int = 4) -> bool:
    """True about one time in so many, false when shrunk."""
    return picks.number(0, one_in - 1) == one_in - 1


def some_of(picks: Picks, options: Sequence[T], least: int, most: int) -> list[T]:
    """A few different options in any order."""
    left, chosen = list(options), []
    for _ in range(picks.number(least, most)):
        chosen.append(left.pop(picks.number(0, len(left) - 1)))
    return chosen


def offset(picks: Picks) -> Offset:
    """Exact shifts, first and last seconds of days, now and then a month."""
    return Offset(one_of(picks, MONTHS), one_of(picks, SPANS), one_of(picks, tuple(Mode)))


def stage(picks: Picks, number: int) -> Stage:
    """A stage of a few days, a month, an ordered number of days, or without an end."""
    days: int | Input | None = one_of(picks, (1, 0, 2, 3, 5))
    if rarely(picks, 6):
        days = Input("days") if rarely(picks, 2) else None
    counted: Anchor = Fixed.STAGE_START
    if rarely(picks):
        counted = one_of(picks, ANCHORS)
    months = 1 if rarely(picks, 8) else 0
    cut_by = one_of(picks, SELECTIONS) if rarely(picks) else None
    binding = number == 0 or not rarely(picks, 3)
    return Stage(f"stage{number}", W, days=days, months=months, counted_from=counted, cut_by=cut_by, binding=binding)


def with_window(picks: Picks, requirement: Requirement) -> Requirement:
    """The requirement with a start, a due time and a limit of acceptance, or without some of them."""
    start = None if rarely(picks, 6) else Offset() if rarely(picks, 2) else offset(picks)
    due = None if rarely(picks, 6) else offset(picks)
    until = offset(picks) if rarely(picks) else None
    floor = one_of(picks, tuple(Floor)) if rarely(picks) else Floor.NONE
    return replace(requirement, start=start, due=due, until=until, floor=floor)


def with_switches(picks: Picks, requirement: Requirement) -> Requirement:
    """The switches that every requirement has."""
    return replace(
        requirement,
        evidence=one_of(picks, SELECTIONS),
        gates=rarely(picks, 3),
        ends_with_exit=not rarely(picks, 3),
        waiver=one_of(picks, SELECTIONS) if rarely(picks, 5) else None,
        applies=ALWAYS if rarely(picks, 7) else None,
    )


def chained(picks: Picks, name: str, root: Requirement, depth: int) -> Requirement:
    """A result or a follow-up under another requirement, itself perhaps with one below it."""
    shape = one_of(picks, (Shape.RESULT, Shape.FOLLOW))
    requirement = Requirement(name, W, shape, first_stage=root.first_stage, last_stage=root.last_stage)
    requirement = with_window(picks, with_switches(picks, requirement))
    if depth > 1 and rarely(picks, 3):
        requirement = replace(requirement, then=(chained(picks, "below", root, depth - 1),))
    return requirement


def calendar(picks: Picks) -> Calendar:
    """Some of the days around those on which everything happens."""
    days = {first + day for first in FIRST_DAYS for day in some_of(picks, range(-2, 45), 0, 12)}
    return Calendar("days", W, frozenset((2020,)), tuple(sorted(days)))


def recurring(picks: Picks, requirement: Requirement) -> Requirement:
    """The requirement once, several times, or up to the end of its last stage."""
    every = one_of(picks, (DAY, 12 * HOUR, 2 * DAY, 7 * DAY))
    step: Offset | None = Offset(months=1) if rarely(picks, 8) else Offset(seconds=every)
    repeat = one_of(picks, ("once", "times", "input", "to_end"))
    if repeat == "once":
        return requirement
    if rarely(picks, 6):
        requirement, step = replace(requirement, calendar=calendar(picks)), None
    if repeat == "to_end":
        start = requirement.start or Offset()
        return replace(requirement, every=step, to_stage_end=True, start=start)
    return replace(requirement, every=step, times=Input("count") if repeat == "input" else picks.number(2, 4))


def shaped(picks: Picks, requirement: Requirement) -> Requirement:
    """The requirement with what its shape asks for."""
    if requirement.shape is Shape.CHECK:
        return replace(requirement, condition=ALWAYS)
    if requirement.shape is Shape.COUNT:
        times = Input("count") if rarely(picks) else picks.number(1, 3)
        return replace(requirement, times=times, gap=one_of(picks, (0, HOUR, DAY)), carries=rarely(picks, 3))
    requirement = replace(with_window(picks, requirement), carries=rarely(picks, 3))
    if requirement.shape is Shape.EVENT:
        return replace(requirement, trigger=one_of(picks, (None, *SELECTIONS)))
    fixed = one_of(picks, (Fixed.STAGE_START, Fixed.STAGE_END, Fixed.OPENING, Fixed.DAY_ONE))
    anchor: Anchor = Input("credited") if rarely(picks, 6) else fixed
    return recurring(picks, replace(requirement, anchor=anchor))


def root(picks: Picks, number: int, stage_count: int) -> Requirement:
    """A requirement of any shape, with up to two chained ones that may have one below them."""
    first = picks.number(0, stage_count - 1)
    last = picks.number(first, stage_count - 1)
    shape = one_of(picks, (Shape.WINDOW, Shape.WINDOW, Shape.COUNT, Shape.EVENT, Shape.CHECK))
    requirement = Requirement(f"need{number}", W, shape, first_stage=first, last_stage=last)
    requirement = shaped(picks, with_switches(picks, requirement))
    if shape is not Shape.CHECK and rarely(picks, 3):
        then = tuple(chained(picks, f"then{i}", requirement, 2) for i in range(picks.number(1, 2)))
        requirement = replace(requirement, then=then)
    return requirement


def way_out(picks: Picks, number: int, stage_count: int) -> Exit:
    """A way out on one or two selections, perhaps only from a later stage on."""
    on = tuple(some_of(picks, SELECTIONS, 1, 2))
    first = picks.number(0, stage_count - 1) if rarely(picks, 3) else 0
    state = one_of(picks, ("exited", "cancelled", "handed_over"))
    return Exit(f"exit{number}", W, on, first_stage=first, state=state)


def measure(picks: Picks, name: str, others: Sequence[str]) -> Measure:
    """A measure of one to three stages."""
    count = picks.number(1, 3)
    supersedes = tuple(other for other in others if other != name and rarely(picks))
    suspend_on = one_of(picks, SELECTIONS) if rarely(picks, 3) else None
    return Measure(
        name,
        W,
        "person",
        Opening("start", inputs=dict.fromkeys((*NUMBERS, *TIMES), NOUGHT)),
        tuple(stage(picks, number) for number in range(count)),
        tuple(root(picks, number, count) for number in range(picks.number(0, 4))),
        tuple(way_out(picks, number, count) for number in range(one_of(picks, (0, 0, 1, 2)))),
        civil=not rarely(picks, 3),
        holding=not rarely(picks, 3),
        stops_clock=rarely(picks, 2),
        suspend_on=suspend_on,
        clear_on=one_of(picks, SELECTIONS) if suspend_on and not rarely(picks, 5) else None,
        again=one_of(picks, tuple(Again)),
        supersedes=supersedes,
    )


def plan(picks: Picks) -> tuple[Measure, ...]:
    """One to four measures; two of them may be versions of one, with the same precedence."""
    names = [f"measure{number}" for number in range(picks.number(1, 4))]
    if len(names) > 1 and rarely(picks, 6):
        names[1] = names[0]
    found = [measure(picks, name, tuple(dict.fromkeys(names))) for name in names]
    if len(names) > 1 and names[0] == names[1]:
        found[1] = replace(found[1], supersedes=found[0].supersedes)
    return tuple(found)


def instants(picks: Picks, zone: int) -> list[int]:
    """A few instants at which everything in one world happens: day starts, noons, day ends, and a second beside."""
    first = one_of(picks, FIRST_DAYS) * DAY - zone
    days = some_of(picks, range(10), 2, 5)
    if rarely(picks, 3):
        days.append(one_of(picks, (31, 40)))
    in_day = some_of(picks, (0, 12 * HOUR, DAY - 1, 1), 1, 2)
    return [first + day * DAY + second for day in days for second in in_day]


def evidence(picks: Picks, when: Sequence[int], by_result: bool, row: int) -> Evidence:
    """A fact whose result comes at once, later or never."""
    t = one_of(picks, when)
    if not by_result and not rarely(picks, 3):
        return Evidence(t, t, row)
    known: Instant = NEVER if rarely(picks, 5) else max(t, one_of(picks, when))
    return Evidence(t, known, row)


def with_paths(roots: tuple[Requirement, ...], above: str = "") -> Iterator[tuple[str, Requirement]]:
    """Every requirement with the ids from its root down to it."""
    for requirement in roots:
        path = f"{above}{requirement.id}"
        yield path, requirement
        yield from with_paths(requirement.then, f"{path}/")


def opening(picks: Picks, measures: tuple[Measure, ...], when: Sequence[int]) -> LoopOpening:
    """An opening of one measure with its inputs (some unknown) and truths."""
    index = picks.number(0, len(measures) - 1)
    t0 = one_of(picks, when)
    d1 = one_of(picks, when) if rarely(picks, 3) else t0
    inputs = {
        "days": None if rarely(picks, 3) else picks.number(0, 4),
        "count": None if rarely(picks, 6) else picks.number(-1, 3),
        "credited": None if rarely(picks, 3) else one_of(picks, when),
    }
    truths = {
        f"{path}:{what}": rarely(picks, 2)
        for path, requirement in with_paths(measures[index].requirements)
        for what, given in (("applies", requirement.applies), ("condition", requirement.condition))
        if given is not None
    }
    return LoopOpening(index, t0, d1, inputs, truths)


def world(picks: Picks, most_subjects: int = 4) -> World:
    """A plan, up to four subjects with facts and openings, and an instant to look at them."""
    zone = one_of(picks, ZONES)
    measures = plan(picks)
    by_result = {name: rarely(picks, 3) for name in SELECTIONS}
    when = instants(picks, zone)
    rows = dict.fromkeys(SELECTIONS, 0)
    subjects = []
    for _ in range(picks.number(1, most_subjects)):
        streams = {}
        for name in SELECTIONS:
            count = one_of(picks, (1, 0, 2, 3, 6))
            facts = [evidence(picks, when, by_result[name], rows[name] + i) for i in range(count)]
            rows[name] += count
            streams[name] = tuple(sorted(facts, key=lambda fact: (fact.t, fact.k, fact.row)))
        loops = tuple(opening(picks, measures, when) for _ in range(picks.number(1, 4)))
        subjects.append(Subject(streams, loops))
    return World(measures, by_result, tuple(subjects), one_of(picks, when), zone)


@st.composite
def worlds(draw: DrawFn, most_subjects: int = 4) -> World:
    """Worlds as Hypothesis draws and shrinks them."""
    return world(Drawn(draw), most_subjects)


def seeded_world(seed: int, most_subjects: int = 4) -> World:
    """The world that belongs to a seed."""
    return world(Seeded(seed), most_subjects)
