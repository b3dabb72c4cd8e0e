"""The obligations of one requirement in one loop: which occurrences there are and what discharges them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lianfang.core.language.measure import Fixed, Input, Mode, Offset, Requirement, Shape
from tests.oracle.days import ANY_TIME, DAY, NEVER, Instant, floor_day, floor_to, shift
from tests.oracle.pieces import Evidence, Facts, Loop, Obligation


@dataclass(frozen=True)
class View:
    """What an obligation may look at: facts before the horizon, and the ends of stages as far as they are known."""

    facts: Facts
    horizon: Instant
    begins: list[Instant]  # of every stage, and the begin after the last
    exit_at: Instant
    superseded: Instant
    stop: Instant


@dataclass(frozen=True)
class Window:
    """From when evidence counts, until when it is in time, before when it is accepted."""

    start: Instant
    due: Instant
    until: Instant


def obligations_of(loop: Loop, requirement: Requirement, view: View) -> list[Obligation]:
    """Every occurrence of a root requirement, each with its children."""
    path = requirement.id
    if view.begins[requirement.first_stage] == NEVER:
        return []
    if requirement.applies is not None and not loop.holds(path, "applies"):
        return []
    if requirement.shape is Shape.CHECK:
        found = [checked(loop, requirement, path)]
    elif requirement.shape is Shape.COUNT:
        found = counted(loop, requirement, path, view)
    else:
        found = windowed(loop, requirement, path, view)
    for one in found:
        finish(loop, one, view)
    return found


def waits_for_its_date(loop: Loop, requirement: Requirement, view: View) -> bool:
    """True if a gating requirement cannot be owed yet because its date or its number is not known."""
    if not requirement.gates or requirement.shape in (Shape.CHECK, Shape.EVENT):
        return False
    if view.begins[requirement.first_stage] == NEVER:
        return False
    if requirement.applies is not None and not loop.holds(requirement.id, "applies"):
        return False
    if requirement.shape is Shape.WINDOW and not anchors(loop, requirement, view):
        return True
    asked = requirement.times
    unknown = isinstance(asked, Input) and loop.opening.inputs.get(asked.name) is None
    return unknown and not requirement.to_stage_end


def checked(loop: Loop, requirement: Requirement, path: str) -> Obligation:
    """A condition on the opening, decided at once."""
    met = loop.t0 if loop.holds(path, "condition") else None
    return Obligation(path, requirement, 0, loop.t0, loop.t0, met_at=met, counts_at=met)


def counted(loop: Loop, requirement: Requirement, path: str, view: View) -> list[Obligation]:
    """So many pieces of evidence within the stages, on no particular days."""
    zone = view.facts.zone
    begin = view.begins[requirement.first_stage]
    planned = loop.planned[requirement.last_stage]
    due = planned - 1 if loop.measure.civil else planned
    low = floor_day(begin, zone) if loop.measure.civil else begin
    low = min(low, loop.carry) if requirement.carries else low
    until = NEVER if requirement.gates else view.begins[requirement.last_stage + 1]
    found = [Obligation(path, requirement, i, begin, due) for i in range(times(loop, requirement))]
    left = view.facts.visible(requirement.evidence, view.horizon)
    for one in found:
        fit = [fact for fact in left if low <= fact.t < until]
        if not fit:
            break
        take(one, fit[0], view)
        left.remove(fit[0])
        low = max(low, fit[0].t + requirement.gap)
    start = floor_day(begin, zone) if loop.measure.civil else begin
    start = min(start, loop.carry) if requirement.carries else start
    for i, one in enumerate(found):
        if one.met_at is not None:
            one.counts_at = since_when(requirement, i + 1, start, until, view)
    return found


def since_when(requirement: Requirement, wanted: int, low: Instant, until: Instant, view: View) -> Instant | None:
    """The earliest instant at which what was known by then gave so many pieces of evidence."""
    facts = [f for f in view.facts.visible(requirement.evidence, view.horizon) if low <= f.t < until]

    def enough(h: Instant) -> bool:
        count, after = 0, low
        for fact in facts:
            if view.facts.seen(requirement.evidence, fact) <= h and fact.t >= after:
                count, after = count + 1, fact.t + requirement.gap
        return count >= wanted

    instants = sorted(view.facts.seen(requirement.evidence, fact) for fact in facts)
    return next((h for h in instants if enough(h)), None)


def times(loop: Loop, requirement: Requirement) -> int:
    """How many occurrences the plan or the opening asks for; none if the opening does not say."""
    asked = requirement.times
    return (loop.opening.inputs.get(asked.name) or 0) if isinstance(asked, Input) else asked


def windowed(loop: Loop, requirement: Requirement, path: str, view: View) -> list[Obligation]:
    """One obligation per window: those of a calendar anchor, or one per trigger."""
    found = []
    for i, window in enumerate(windows(loop, requirement, view)):
        one = Obligation(path, requirement, i, window.start, window.due)
        low = min(window.start, loop.carry) if requirement.carries else window.start
        first_in(one, low, window.until, view)
        found.append(one)
    return unheld(loop, found) if requirement.to_stage_end else found


def unheld(loop: Loop, found: list[Obligation]) -> list[Obligation]:
    """Of the occurrences that begin while a stage is being held only the last is kept."""
    if not found:
        return found
    planned = loop.planned[found[0].requirement.last_stage]
    held = [one for one in found if one.start >= planned]
    return [one for one in found if one.start < planned] + held[-1:]


def windows(loop: Loop, requirement: Requirement, view: View) -> Iterator[Window]:
    """The windows of a requirement in order."""
    zone = view.facts.zone
    for anchor in anchors(loop, requirement, view):
        moved = floor_to(anchor, requirement.floor, zone)
        if requirement.to_stage_end:
            yield from until_stage_end(loop, requirement, moved, view)
        else:
            count = 1 if requirement.shape is Shape.EVENT else times(loop, requirement)
            found = (window_at(loop, requirement, moved, i, view) for i in range(count))
            yield from (window for window in found if window is not None)


def anchors(loop: Loop, requirement: Requirement, view: View) -> list[Instant]:
    """The instants windows hang on: one, one per trigger, or none."""
    if requirement.shape is Shape.EVENT:
        return trigger_instants(loop, requirement, view)
    if isinstance(requirement.anchor, Input):
        at = loop.opening.inputs.get(requirement.anchor.name)
        return [] if at is None else [at]
    fixed: dict[Fixed, Instant] = {
        Fixed.OPENING: loop.t0,
        Fixed.DAY_ONE: loop.d,
        Fixed.STAGE_START: view.begins[requirement.first_stage],
        Fixed.STAGE_END: loop.planned[requirement.last_stage],
    }
    return [at for at in [fixed[requirement.anchor]] if at < NEVER]


def trigger_instants(loop: Loop, requirement: Requirement, view: View) -> list[Instant]:
    """The exit, or when each trigger fact of the loop was seen."""
    if requirement.trigger is None:
        return [view.exit_at] if view.exit_at < NEVER else []
    facts = view.facts.visible(requirement.trigger, view.horizon)
    return [view.facts.seen(requirement.trigger, fact) for fact in facts if loop.t0 <= fact.t < view.stop]


def until_stage_end(loop: Loop, requirement: Requirement, anchor: Instant, view: View) -> Iterator[Window]:
    """Windows until the last stage ends, the loop is superseded or (if it ends with it) the exit comes."""
    end = view.begins[requirement.last_stage + 1]
    end = view.facts.as_of + 1 if end == NEVER else end
    end = min(end, view.superseded)
    if requirement.ends_with_exit:
        end = min(end, view.exit_at)
    i = 0
    while (window := window_at(loop, requirement, anchor, i, view)) is not None and window.start < end:
        yield window
        i += 1


def base_at(requirement: Requirement, anchor: Instant, i: int, zone: int) -> Instant | None:
    """What the i-th window hangs on: so many periods after the anchor, or the i-th day of a calendar from there on."""
    if requirement.calendar is not None:
        starts = [day * DAY - zone for day in requirement.calendar.days]
        return next(iter([start for start in starts if start >= anchor][i:]), None)
    every = requirement.every or Offset()
    return shift(anchor, Offset(every.months * i, every.seconds * i, Mode.EXACT), zone)


def window_at(loop: Loop, requirement: Requirement, anchor: Instant, i: int, view: View) -> Window | None:
    """The i-th window from an anchor; None where a calendar has no day for it."""
    zone = view.facts.zone
    base = base_at(requirement, anchor, i, zone)
    if base is None:
        return None
    window = plain_window(requirement, base, zone)
    if requirement.shape is Shape.WINDOW and requirement.anchor is Fixed.STAGE_END:
        return not_before(window, view.begins[requirement.first_stage], loop.measure.civil, zone)
    return window


def plain_window(requirement: Requirement, base: Instant, zone: int) -> Window:
    """The window that hangs on an instant."""
    start = ANY_TIME if requirement.start is None else shift(base, requirement.start, zone)
    due = NEVER if requirement.due is None else shift(base, requirement.due, zone)
    return Window(start, due, accepted_before(requirement.until, base, zone))


def accepted_before(until: Offset | None, base: Instant, zone: int) -> Instant:
    """The first instant that is too late; a whole day counts to its last second."""
    if until is None:
        return NEVER
    return shift(base, until, zone) + (1 if until.mode is Mode.DAY_END else 0)


def not_before(window: Window, begin: Instant, civil: bool, zone: int) -> Window:
    """A window counted back from the end of a stage, kept from beginning or falling due before its first stage."""
    start = window.start if window.start == ANY_TIME else max(window.start, begin)
    due = window.due
    if due < begin:
        due = floor_day(begin, zone) + DAY - 1 if civil else begin
    until = max(window.until, due + 1) if due < NEVER else window.until
    return Window(start, due, until)


def first_in(one: Obligation, low: Instant, until: Instant, view: View) -> None:
    """Give an obligation the first visible fact of its selection in [low, until)."""
    for fact in view.facts.visible(one.requirement.evidence, view.horizon):
        if low <= fact.t < until:
            take(one, fact, view)
            seen = [f for f in view.facts.visible(one.requirement.evidence, view.horizon) if low <= f.t < until]
            one.counts_at = min(view.facts.seen(one.requirement.evidence, f) for f in seen)
            return


def take(one: Obligation, fact: Evidence, view: View) -> None:
    """Discharge an obligation by a fact of its selection."""
    one.evidence, one.met_at = fact, fact.t
    one.counts_at = view.facts.seen(one.requirement.evidence, fact)


def finish(loop: Loop, one: Obligation, view: View) -> None:
    """Look for a waiver where evidence is missing, and for what hangs on the evidence where it is there."""
    waive(loop, one, view)
    if one.evidence is not None and one.met_at is not None:
        for requirement in one.requirement.then:
            path = f"{one.path}/{requirement.id}"
            if requirement.applies is None or loop.holds(path, "applies"):
                child = follow(one, requirement, path, view)
                one.children.append(child)
                finish(loop, child, view)


def waive(loop: Loop, one: Obligation, view: View) -> None:
    """Excuse an obligation by the first waiver fact that is not older than the loop or its window."""
    for fact in view.facts.visible(one.requirement.waiver, view.horizon):
        if fact.t >= max(loop.t0, one.start):
            one.waived = one.met_at is None
            one.counts_at = fact.t if one.counts_at is None else min(one.counts_at, fact.t)
            return


def follow(parent: Obligation, requirement: Requirement, path: str, view: View) -> Obligation:
    """What hangs on a piece of evidence: its result, or a further fact."""
    assert parent.evidence is not None
    assert parent.met_at is not None
    window = plain_window(requirement, parent.met_at, view.facts.zone)
    child = Obligation(path, requirement, parent.occurrence, window.start, window.due)
    if requirement.shape is Shape.FOLLOW:
        first_in(child, window.start, window.until, view)
    elif parent.evidence.k < view.horizon:
        child.evidence = parent.evidence
        child.met_at = child.counts_at = parent.evidence.k
    return child
