"""First pass: which loop runs, when its stages begin and end, and whether it was left by an exit."""

from __future__ import annotations

from lianfang.core.language.measure import Again, Anchor, Exit, Fixed, Input, Measure, Offset, Stage
from tests.oracle.days import DAY, NEVER, Instant, floor_day, shift
from tests.oracle.duties import View, obligations_of, waits_for_its_date
from tests.oracle.pieces import Evidence, Facts, Loop, LoopOpening, Obligation


def open_loop(place: int, opening: LoopOpening, measure: Measure, earlier: list[Loop], facts: Facts) -> Loop:
    """A new loop, taken through precedence, suspensions, stages and exit."""
    d = floor_day(opening.d1, facts.zone) if measure.civil else opening.d1
    loop = Loop(place, opening, measure, d, carry=opening.t0)
    take_precedence(loop, earlier)
    loop.suspensions = suspensions(measure, opening.t0, facts)
    run_stages(loop, facts)
    find_exit(loop, facts)
    return loop


def take_precedence(loop: Loop, earlier: list[Loop]) -> None:
    """Either an earlier loop supersedes the new one at its opening, or the new one supersedes earlier ones."""
    active = [other for other in earlier if other.active(loop.t0)]
    measure = loop.measure

    def yields_to(other: Loop) -> bool:
        absorbed = other.measure.id == measure.id and measure.again is Again.ABSORBED
        return measure.id in other.measure.supersedes or absorbed

    if any(yields_to(other) for other in active):
        loop.superseded = loop.t0
        return
    for other in active:
        restarted = other.measure.id == measure.id and measure.again is Again.RESTART
        if other.measure.id in measure.supersedes or restarted:
            other.superseded = loop.t0
            loop.carry = min(loop.carry, other.carry)


def suspensions(measure: Measure, t0: int, facts: Facts) -> list[tuple[Instant, Instant]]:
    """The spells [begin, end) for which a loop stood still, in order."""
    found: list[tuple[Instant, Instant]] = []
    begun = [fact.t for fact in facts.of(measure.suspend_on) if t0 <= fact.t <= facts.as_of]
    cleared = [fact.t for fact in facts.of(measure.clear_on) if fact.t <= facts.as_of]
    for begin in begun:
        if found and (begin <= found[-1][0] or begin < found[-1][1]):
            continue
        found.append((begin, min((t for t in cleared if t >= begin), default=NEVER)))
    return found


def run_stages(loop: Loop, facts: Facts) -> None:
    """Set the begin and the planned end of every stage, and the release."""
    x = loop.d
    loop.begins = [x]
    for number, stage in enumerate(loop.measure.stages):
        end = NEVER
        loop.planned.append(NEVER)
        if x < NEVER:
            loop.planned[number] = planned_end(loop, stage, x, facts)
            end = held_end(loop, number, facts)
        if stage.binding:
            loop.release = end
        x = floor_day(end, facts.zone) if loop.measure.civil else end
        loop.begins.append(x)


def planned_end(loop: Loop, stage: Stage, x: Instant, facts: Facts) -> Instant:
    """The end of a stage by its own length, moved by stopped clocks and brought forward by a cut."""
    limit = own_limit(loop, stage, x, facts.zone)
    unordered = limit is None
    end = with_stopped_clock(loop, x, NEVER if limit is None else limit, facts)
    end = cut(loop, stage, x, end, facts)
    if unordered and end == NEVER:
        loop.held_for = -2
    return end


def own_limit(loop: Loop, stage: Stage, x: Instant, zone: int) -> Instant | None:
    """The end of a stage by its days and months; NEVER if open-ended, None if an order is still missing."""
    if stage.days is None:
        return NEVER
    days = loop.opening.inputs.get(stage.days.name) if isinstance(stage.days, Input) else stage.days
    base = counted_from(loop, stage.counted_from, x)
    if days is None or base is None:
        return None
    if loop.measure.civil:
        base = floor_day(base, zone)
    return max(x, shift(base, Offset(months=stage.months, seconds=days * DAY), zone))


def counted_from(loop: Loop, anchor: Anchor, x: Instant) -> Instant | None:
    """The instant from which the days of a stage are counted."""
    if isinstance(anchor, Input):
        return loop.opening.inputs.get(anchor.name)
    return {Fixed.STAGE_START: x, Fixed.DAY_ONE: loop.d, Fixed.OPENING: loop.t0}[anchor]


def with_stopped_clock(loop: Loop, x: Instant, limit: Instant, facts: Facts) -> Instant:
    """The limit moved on by the time for which the clock of this stage stood still."""
    if not loop.measure.stops_clock:
        return limit
    for a, z in loop.suspensions:
        if a < limit < NEVER and z > x:
            until, since = min(z, facts.as_of), max(a, x)
            if loop.measure.civil:
                until, since = floor_day(until, facts.zone), floor_day(since, facts.zone)
            limit += max(0, until - since)
    return limit


def cut(loop: Loop, stage: Stage, x: Instant, limit: Instant, facts: Facts) -> Instant:
    """The limit brought forward to the first fact that ends the stage early."""
    civil = loop.measure.civil
    low = floor_day(loop.t0, facts.zone) if civil else loop.t0
    for fact in facts.visible(stage.cut_by, facts.as_of + 1):
        if low <= fact.t < limit:
            return max(x, floor_day(fact.t, facts.zone) if civil else fact.t)
    return limit


def held_end(loop: Loop, number: int, facts: Facts) -> Instant:
    """The end of a stage: not before the last piece of gating evidence, NEVER while one is missing."""
    limit = loop.planned[number]
    if not loop.measure.holding or loop.superseded_at_opening:
        return limit
    gating = gating_obligations(loop, number, facts)
    missing = [root for root, one in gating if one.counts_at is None]
    if not missing:
        return max([limit, *(one.counts_at for _, one in gating if one.counts_at is not None)])
    if facts.as_of < limit:
        return limit
    loop.held_for = missing[0]
    return NEVER


def gating_obligations(loop: Loop, number: int, facts: Facts) -> list[tuple[int, Obligation]]:
    """The gating obligations of one stage, each with the place of its root requirement in the plan.

    No later stage, exit or supersession is known here: the planned end of the stage stands for the begin of the next.
    """
    ends = [*loop.begins, NEVER]
    ends[number + 1] = loop.planned[number]
    view = View(facts, facts.as_of + 1, ends, exit_at=NEVER, superseded=NEVER, stop=ends[number + 1])
    found: list[tuple[int, Obligation]] = []
    for root, requirement in enumerate(loop.measure.requirements):
        if requirement.last_stage == number:
            if waits_for_its_date(loop, requirement, view):
                found.append((root, Obligation(requirement.id, requirement, 0, NEVER, NEVER)))
            for duty in obligations_of(loop, requirement, view):
                found += [(root, one) for one in duty.family() if one.requirement.gates]
    return found


def find_exit(loop: Loop, facts: Facts) -> None:
    """The earliest exit; the first listed if two fall on one instant."""
    for index, way_out in enumerate(loop.measure.exits):
        at = exit_instant(loop, way_out, facts)
        if at < loop.exit_at:
            loop.exit_at, loop.exit_index = at, index


def exit_instant(loop: Loop, way_out: Exit, facts: Facts) -> Instant:
    """The first instant at which a fact of every selection of an exit was known."""
    low = loop.t0 if way_out.first_stage == 0 else max(loop.t0, loop.begins[way_out.first_stage])

    def first_seen(selection: str) -> Instant:
        return min((facts.seen(selection, f) for f in facts.of(selection) if counts(selection, f)), default=NEVER)

    def counts(selection: str, fact: Evidence) -> bool:
        in_time = low <= fact.t < loop.stop and fact.t <= facts.as_of
        return in_time and facts.seen(selection, fact) <= facts.as_of

    return NEVER if low == NEVER else max(first_seen(selection) for selection in way_out.on)
