"""A calendar answers only for the years that are written in it: what asks for another year is refused, not guessed."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from lianfang.core.days.calendar import UnknownYear
from lianfang.core.days.civil import day_of, floor_day, floor_month, floor_week, year_of
from lianfang.core.language.measure import Calendar, Fixed, Floor, Input, Requirement
from lianfang.core.language.program import NEVER, Program
from lianfang.core.obligations.run import Result

_DAY = 86_400
_FLOORED = {Floor.DAY: floor_day, Floor.WEEK: floor_week, Floor.MONTH: floor_month}
Ints = npt.NDArray[np.int64]


def check_years(program: Program, result: Result, as_of: int, zone: int) -> None:
    """Every day that a requirement asks a calendar for lies in a year it knows. Raises UnknownYear."""
    for origin in program.origins if program.calendars else ():
        requirement = origin.requirement
        if requirement.calendar is None:
            continue
        loops = np.flatnonzero(result.loops.measure == origin.measure)
        anchors = _anchors(program, result, loops, origin.measure, requirement)
        ends = result.heads.begins[loops, requirement.last_stage + 1]
        ends = np.minimum(np.where(ends < NEVER, ends, as_of), result.heads.ended[loops])
        for anchor, end in {pair for pair in zip(anchors.tolist(), ends.tolist(), strict=True) if pair[0] < NEVER}:
            moved = _FLOORED[requirement.floor](anchor, zone) if requirement.floor in _FLOORED else anchor
            _check(requirement, requirement.calendar, moved + zone, end + zone)


def _anchors(program: Program, result: Result, loops: Ints, measure: int, requirement: Requirement) -> Ints:
    """The instant that the windows of each loop hang on; NEVER if it is not known."""
    heads, table = result.heads, result.loops
    if isinstance(requirement.anchor, Input):
        return np.asarray(table.inputs[program.inputs[measure].index(requirement.anchor.name), loops])
    fixed = {
        Fixed.OPENING: table.opened[loops],
        Fixed.DAY_ONE: table.day_one[loops],
        Fixed.STAGE_START: heads.begins[loops, requirement.first_stage],
        Fixed.STAGE_END: heads.planned[loops, requirement.last_stage],
    }
    return np.asarray(fixed[requirement.anchor], np.int64)


def _check(requirement: Requirement, calendar: Calendar, first: int, last: int) -> None:
    """`first` and `last` are on the plan's own clock; the first day asked for begins at or after `first`."""
    years = range(year_of(first // _DAY), year_of(max(first, last) // _DAY) + 1)
    missing = next((year for year in years if year not in calendar.years), None)
    if missing is None and not requirement.to_stage_end and isinstance(requirement.times, int):
        left = sum(day * _DAY >= first for day in calendar.days)
        missing = max(calendar.years) + 1 if left < requirement.times else None
    if missing is not None:
        raise UnknownYear(day_of(missing, 1, 1), tuple(sorted(calendar.years)), calendar.words.zh, calendar.words.en)
