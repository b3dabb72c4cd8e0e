"""A plan with every reference resolved: the words that the kernel, the explanation and the test oracle share.

The meaning of each field is written down in `docs/semantics.md`; nothing here computes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from lianfang.core.language.predicate import Expression


@dataclass(frozen=True, slots=True)
class Words:
    """What people read, in Chinese (the source) and English."""

    zh: str
    en: str


class Mode(IntEnum):
    """Where in the civil day a shifted instant lands."""

    EXACT = 0
    DAY_START = 1
    DAY_END = 2


@dataclass(frozen=True, slots=True)
class Offset:
    """A shift on the calendar: months (clamped to the month's end), then seconds, then the place in the day."""

    months: int = 0
    seconds: int = 0
    mode: Mode = Mode.EXACT


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days that count: school days, working days. `days` are day numbers since 1970, ascending, of its years."""

    id: str
    words: Words
    years: frozenset[int]
    days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Input:
    """A value that each opening brings along, by name (ordered days, credited arrival, a count that depends on the
    person).
    """

    name: str


class Fixed(IntEnum):
    """Anchors that every loop has."""

    OPENING = 0
    DAY_ONE = 1
    STAGE_START = 2
    STAGE_END = 3


Anchor = Fixed | Input


class Floor(IntEnum):
    """The calendar period whose first instant an anchor is moved back to."""

    NONE = 0
    DAY = 1
    WEEK = 2
    MONTH = 3


@dataclass(frozen=True, slots=True)
class Selection:
    """Facts of one kind that pass a predicate on their own fields: one stream of the store."""

    id: str
    kind: str
    words: Words
    where: Expression | None = None
    by_result: bool = False  # visible only once the result is known


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a measure.

    `days` None means open-ended; an Input that is unknown holds the loop until it is ordered.
    """

    id: str
    words: Words
    clauses: tuple[str, ...] = ()
    place: str | None = None
    days: int | Input | None = 0
    months: int = 0
    counted_from: Anchor = Fixed.STAGE_START
    cut_by: str | None = None  # selection whose first fact ends the stage early
    binding: bool = True  # a stage that does not bind comes after the release (follow-up)


class Shape(IntEnum):
    """The kinds of requirement."""

    WINDOW = 0
    COUNT = 1
    EVENT = 2
    RESULT = 3
    FOLLOW = 4
    CHECK = 5


@dataclass(frozen=True, slots=True)
class Requirement:
    """What somebody owes inside a loop, and which facts discharge it."""

    id: str
    words: Words
    shape: Shape
    clauses: tuple[str, ...] = ()
    by: Expression | Words | None = None  # who owes it: words, or an expression over the opening
    evidence: str | None = None  # selection
    first_stage: int = 0
    last_stage: int = 0
    anchor: Anchor = Fixed.STAGE_START
    floor: Floor = Floor.NONE
    start: Offset | None = field(default_factory=Offset)  # None: any time before counts
    due: Offset | None = None  # None: no due time of its own
    until: Offset | None = None  # None: accepted however late
    times: int | Input = 1
    to_stage_end: bool = False  # occurrences go on until the last stage ends
    every: Offset | None = None
    calendar: Calendar | None = None  # WINDOW: one occurrence on each of its days
    gap: int = 0  # COUNT: least seconds between two pieces of evidence
    gates: bool = False
    ends_with_exit: bool = True
    carries: bool = False  # evidence of a superseded loop counts
    trigger: str | None = None  # EVENT: selection; None = the exit
    condition: Expression | None = None  # CHECK: must be true of the opening
    applies: Expression | None = None  # the requirement exists only where this is true of the opening
    waiver: str | None = None  # selection of waivers
    then: tuple[Requirement, ...] = ()


@dataclass(frozen=True, slots=True)
class Exit:
    """A way out: the first instant at which a fact of every named selection is known."""

    id: str
    words: Words
    on: tuple[str, ...]
    clauses: tuple[str, ...] = ()
    to: str | None = None
    first_stage: int = 0
    state: str = "exited"  # exited | cancelled | handed_over


class Take(IntEnum):
    """What a look-up brings back."""

    COUNT = 0
    FIRST = 1
    LATEST = 2
    HIGHEST = 3
    LOWEST = 4


@dataclass(frozen=True, slots=True)
class Lookup:
    """A question asked about other facts at an opening:

    of this subject (or one it names), around a time, what was there?
    """

    name: str
    kind: str
    take: Take
    field: str | None = None  # None with FIRST and LATEST: the fact's time
    where: Expression | None = None
    of: str | None = None  # column of the opening that names another subject
    around: str | None = None  # time column or earlier look-up; None = the opening fact's time
    since: Offset | None = None  # both ends included; None = unbounded
    until: Offset | None = None
    overlapping: bool = False  # facts with a period count if the period touches the window
    through: str | None = None  # column of the facts that names the subject asked about; None = their own subject
    everywhere: bool = False  # all facts of the kind, whoever they are about
    matches: Expression | None = None  # the part of the condition that compares with the opening (`opening.x`)


class Again(IntEnum):
    """What a second opening of the same measure does while the first loop runs."""

    OWN = 0
    RESTART = 1
    ABSORBED = 2


@dataclass(frozen=True, slots=True)
class Opening:
    """Which facts open a loop, with what attached."""

    on: str
    lookups: tuple[Lookup, ...] = ()
    where: Expression | None = None
    at: Expression | None = None  # None: the time of the fact (of its result, if the predicate reads the result)
    day_one: Expression | None = None  # None: the opening instant
    inputs: Mapping[str, Expression] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure in the version that holds for openings in [valid_from, valid_to)."""

    id: str
    words: Words
    subject: str
    opening: Opening
    stages: tuple[Stage, ...]
    requirements: tuple[Requirement, ...] = ()
    exits: tuple[Exit, ...] = ()
    clauses: tuple[str, ...] = ()
    civil: bool = True  # stages run in civil days; False: in exact seconds
    holding: bool = True  # missing gating evidence moves the end of its stage
    stops_clock: bool = False
    suspend_on: str | None = None
    clear_on: str | None = None
    suspend_clauses: tuple[str, ...] = ()
    again: Again = Again.ABSORBED
    supersedes: tuple[str, ...] = ()
    gate: bool = False  # an act: released reads "allowed", held reads "refused"
    released_as: str = "released"
    valid_from: int | None = None
    valid_to: int | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)  # element path -> parameter name, for the reasons
