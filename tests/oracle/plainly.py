"""The slow, obviously correct evaluator: docs/semantics.md in plain Python, one subject at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lianfang.core.language.measure import Measure, Requirement, Shape
from tests.oracle.days import ANY_TIME, NEVER, Instant
from tests.oracle.duties import View, obligations_of, waits_for_its_date
from tests.oracle.loops import open_loop
from tests.oracle.pieces import Evidence, Facts, Loop, LoopOpening, LoopResult, Obligation, Row

__all__ = ["Evidence", "LoopOpening", "LoopResult", "Row", "evaluate_subject"]

Owed = tuple[Requirement, Obligation]  # an obligation with its root requirement


def evaluate_subject(
    measures: Sequence[Measure],
    streams: Mapping[str, Sequence[Evidence]],
    by_result: Mapping[str, bool],
    openings: Sequence[LoopOpening],
    as_of: int,
    zone: int,
) -> tuple[list[LoopResult], list[Row]]:
    """What one subject is under and owes at an instant.

    `openings` come in the order of their facts; results name them by that place. Openings after `as_of` do not exist.
    """
    facts = Facts(streams, by_result, as_of, zone)
    places = [place for place, opening in enumerate(openings) if opening.t0 <= as_of]
    loops: list[Loop] = []
    for place in sorted(places, key=lambda p: (openings[p].t0, openings[p].measure_index, p)):
        opening = openings[place]
        loops.append(open_loop(place, opening, measures[opening.measure_index], loops, facts))
    rows: list[Row] = []
    results: list[LoopResult] = []
    for loop in loops:
        narrow(loop)
        owed = second_pass(loop, facts)
        rows += [row_of(loop, one, as_of, reacts=root.shape is Shape.EVENT) for root, one in owed]
        results.append(result(loop, facts, owed))
    return sorted(results, key=lambda one: one.loop), sorted(rows, key=lambda row: (row.loop, row.path, row.occurrence))


def narrow(loop: Loop) -> None:
    """Forget the exit and the suspensions that come too late to matter, and any exit of a loop that never ran."""
    if loop.exit_at >= loop.superseded or loop.superseded_at_opening:
        loop.exit_at, loop.exit_index = NEVER, -1
    last = min(loop.stop, loop.superseded)
    loop.suspensions = [spell for spell in loop.suspensions if spell[0] < last]


def second_pass(loop: Loop, facts: Facts) -> list[Owed]:
    """Every obligation of a loop with its root requirement; a loop superseded at its own opening raises none."""
    if loop.superseded_at_opening:
        return []
    view = view_of(loop, facts)
    return [
        (requirement, one)
        for requirement in loop.measure.requirements
        for duty in obligations_of(loop, requirement, view)
        for one in duty.family()
    ]


def view_of(loop: Loop, facts: Facts) -> View:
    """What the obligations of a loop may look at in the second pass."""
    horizon = min(facts.as_of + 1, loop.superseded)
    return View(facts, horizon, loop.begins, loop.exit_at, loop.superseded, loop.stop)


def row_of(loop: Loop, one: Obligation, as_of: int, *, reacts: bool) -> Row:
    """One obligation as it is shown; what reacts to an event goes on while the loop is suspended."""
    row = None if one.evidence is None else one.evidence.row
    start = None if one.start == ANY_TIME else int(one.start)
    spells = [] if reacts else loop.suspensions
    shown = status(loop, one, as_of, spells)
    return Row(loop.place, one.path, one.occurrence, start, instant(one.due), row, shown)


def status(loop: Loop, one: Obligation, as_of: int, spells: Sequence[tuple[Instant, Instant]]) -> str:
    """The status of an obligation: the first that fits."""
    if one.met_at is not None:
        return "met" if one.met_at <= one.due else "late"
    if one.waived:
        return "waived"
    if one.requirement.shape is Shape.CHECK:
        return "overdue"
    if loop.superseded < NEVER and NEVER > one.due >= loop.superseded:
        return "superseded"
    if one.requirement.ends_with_exit and one.start >= loop.exit_at:
        return "cancelled"
    if as_of < one.start:
        return "upcoming"
    if any(a <= moment < z for a, z in spells for moment in (one.start, one.due) if moment < NEVER):
        return "suspended"
    return "due" if as_of <= one.due else "overdue"


def result(loop: Loop, facts: Facts, owed: Sequence[Owed]) -> LoopResult:
    """A loop as it is shown."""
    if not loop.measure.holding and loop.release <= facts.as_of:
        loop.held_for = first_missing(loop, facts, owed)
    state = state_of(loop, facts)
    begun = [number for number, at in enumerate(loop.begins[:-1]) if at <= facts.as_of]
    return LoopResult(
        loop=loop.place,
        measure_index=loop.opening.measure_index,
        state=state,
        stage=max(begun, default=0),
        release=instant(loop.release),
        stop=instant(loop.stop),
        begins=tuple(instant(at) for at in loop.begins),
        planned=tuple(instant(at) for at in loop.planned),
        exit_at=instant(loop.exit_at),
        exit_index=loop.exit_index,
        superseded=instant(loop.superseded),
        held_for=loop.held_for if state == "held" else -1,
    )


def state_of(loop: Loop, facts: Facts) -> str:
    """The state of a loop: the first that fits."""
    if loop.superseded < NEVER:
        return "superseded"
    if loop.exit_at < NEVER:
        return loop.measure.exits[loop.exit_index].state
    if loop.suspensions and loop.suspensions[-1][1] > facts.as_of:
        return "suspended"
    if loop.release == NEVER:
        return "running" if loop.held_for == -1 else "held"
    if facts.as_of < loop.release:
        return "running"
    return "released" if loop.measure.holding or loop.held_for < 0 else "held"


def first_missing(loop: Loop, facts: Facts, owed: Sequence[Owed]) -> int:
    """The place of the first root requirement with a gate that is neither met nor waived or has no date yet, or -1."""
    stages = loop.measure.stages
    binding = max((number + 1 for number, stage in enumerate(stages) if stage.binding), default=0)
    holds = [(root, one) for root, one in owed if root.last_stage < binding]
    roots = [root for root, one in holds if one.requirement.gates and one.counts_at is None]
    view, every = view_of(loop, facts), loop.measure.requirements
    roots += [root for root in every if root.last_stage < binding and waits_for_its_date(loop, root, view)]
    return min((every.index(root) for root in roots), default=-1)


def instant(t: Instant) -> int | None:
    """An instant as a whole number; None for one that never comes."""
    return None if t in (NEVER, ANY_TIME) else int(t)
