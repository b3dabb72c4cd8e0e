"""A plan as tables of whole numbers:

what the kernel reads. One row a measure, stage, requirement, exit; the columns are named here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from lianfang.core.language.measure import Calendar, Measure, Requirement, Selection

Table = npt.NDArray[np.int64]

NEVER = 1 << 62
"""Later than every instant; also an unknown input."""

FIRST_INPUT = 4
"""Anchors from here on are input columns; before come those of `measure.Fixed`."""


class M(IntEnum):
    """Columns of the measure table."""

    ID = 0
    STAGE_FROM = 1
    STAGE_TO = 2
    BINDING = 3
    REQ_FROM = 4
    REQ_TO = 5
    EXIT_FROM = 6
    EXIT_TO = 7
    CIVIL = 8
    HOLDING = 9
    STOPS_CLOCK = 10
    SUSPEND = 11
    CLEAR = 12
    AGAIN = 13


class S(IntEnum):
    """Columns of the stage table. DAYS below zero is input column -1 - DAYS."""

    DAYS = 0
    OPEN = 1
    MONTHS = 2
    FROM = 3
    CUT = 4


class R(IntEnum):
    """Columns of the requirement table; children lie together behind the roots of all measures."""

    SHAPE = 0
    STREAM = 1
    FIRST = 2
    LAST = 3
    ANCHOR = 4
    FLOOR = 5
    HAS_START = 6
    START_MONTHS = 7
    START = 8
    START_MODE = 9
    HAS_DUE = 10
    DUE_MONTHS = 11
    DUE = 12
    DUE_MODE = 13
    HAS_UNTIL = 14
    UNTIL_MONTHS = 15
    UNTIL = 16
    UNTIL_MODE = 17
    TIMES = 18
    TO_END = 19
    EVERY_MONTHS = 20
    EVERY = 21
    GAP = 22
    GATES = 23
    GATES_ANY = 24
    CANCELS = 25
    CARRIES = 26
    TRIGGER = 27
    APPLIES = 28
    CONDITION = 29
    WAIVER = 30
    CHILD_FROM = 31
    CHILD_TO = 32
    PARENT = 33
    CALENDAR = 34


class X(IntEnum):
    """Columns of the exit table; its streams stand in `Program.exit_streams`."""

    STREAM_FROM = 0
    STREAM_TO = 1
    FIRST = 2


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a requirement row comes from: its measure, its path of ids, and the requirement itself."""

    measure: int
    path: str
    requirement: Requirement


@dataclass(frozen=True, slots=True)
class Program:
    """The tables, and the way back from each row to the words of the plan.

    `streams` are the selections in store order, those with a known time first (`known_streams` of them);
    `by_result[e]` says whether stream e is seen
    only when its result is known. `inputs[m]` and `conditions[m]` name the input columns and the truth bits that an
    opening of measure m brings.
    `calendars` are those that the requirements name. `beats[a, b]` is 1 if measure id a supersedes measure id b.
    """

    measures: tuple[Measure, ...]
    streams: tuple[Selection, ...]
    known_streams: int
    by_result: npt.NDArray[np.int8]
    measure_table: Table
    stage_table: Table
    requirement_table: Table
    exit_table: Table
    exit_streams: Table
    beats: npt.NDArray[np.int8]
    origins: tuple[Origin, ...]
    inputs: tuple[tuple[str, ...], ...]
    conditions: tuple[tuple[tuple[int, bool], ...], ...]  # per bit: requirement row, True for `applies`
    stream_index: Mapping[str, int]
    calendars: tuple[Calendar, ...]

    @property
    def calendar_days(self) -> tuple[Table, Table]:
        """Where the days of each calendar begin and end, and all days one calendar after the other."""
        sizes = [len(calendar.days) for calendar in self.calendars]
        days = [day for calendar in self.calendars for day in calendar.days]
        return np.cumsum([0, *sizes], dtype=np.int64), np.array(days, np.int64)

    @property
    def widest_stages(self) -> int:
        """The greatest number of stages of one measure."""
        return max((len(m.stages) for m in self.measures), default=0)

    @property
    def widest_inputs(self) -> int:
        """The greatest number of inputs of one measure."""
        return max((len(names) for names in self.inputs), default=0)

    @property
    def widest_children(self) -> int:
        """The greatest number of chained requirements under one root."""
        table = self.requirement_table
        return int((table[:, R.CHILD_TO] - table[:, R.CHILD_FROM]).max(initial=0))
