"""What the slow evaluator takes in and hands back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lianfang.core.language.measure import Measure, Requirement
from tests.oracle.days import NEVER, Instant


@dataclass(frozen=True, slots=True)
class Evidence:
    """A fact in a selection: its own time, when it was known (NEVER: still out) and its row."""

    t: Instant
    k: Instant
    row: int


@dataclass(frozen=True, slots=True)
class LoopOpening:
    """One opening of a measure. Truths go by "path:applies" and "path:condition"; an absent input is unknown."""

    measure_index: int
    t0: int
    d1: int
    inputs: Mapping[str, int | None] = field(default_factory=dict)
    truths: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LoopResult:
    """What became of one loop; instants that never come are None, `held_for` is -1 when nothing is missing."""

    loop: int  # place of the opening in the sequence given
    measure_index: int
    state: str
    stage: int
    release: int | None
    stop: int | None
    begins: tuple[int | None, ...]  # one more than stages: the last is the begin after the last stage
    planned: tuple[int | None, ...]
    exit_at: int | None
    exit_index: int
    superseded: int | None
    held_for: int


@dataclass(frozen=True, slots=True, order=True)
class Row:
    """One obligation: `start` None means any time, `due` None means no due time, `evidence` None means no fact."""

    loop: int
    path: str
    occurrence: int
    start: int | None
    due: int | None
    evidence: int | None
    status: str


@dataclass(frozen=True)
class Facts:
    """The facts of one subject as selections, seen from one instant."""

    streams: Mapping[str, Sequence[Evidence]]
    by_result: Mapping[str, bool]
    as_of: int
    zone: int

    def of(self, selection: str | None) -> list[Evidence]:
        """All facts of a selection in their order."""
        if selection is None:
            return []
        return sorted(self.streams.get(selection, ()), key=lambda fact: (fact.t, fact.k, fact.row))

    def seen(self, selection: str | None, fact: Evidence) -> Instant:
        """When a fact counts as known: a selection that reads results waits for the result."""
        return fact.k if selection is not None and self.by_result.get(selection, False) else fact.t

    def visible(self, selection: str | None, horizon: Instant) -> list[Evidence]:
        """The facts of a selection that happened and were known before the horizon."""
        return [f for f in self.of(selection) if f.t < horizon and self.seen(selection, f) < horizon]


@dataclass
class Loop:
    """A loop while it is being worked out."""

    place: int
    opening: LoopOpening
    measure: Measure
    d: Instant
    carry: Instant
    superseded: Instant = NEVER
    suspensions: list[tuple[Instant, Instant]] = field(default_factory=list)
    begins: list[Instant] = field(default_factory=list)
    planned: list[Instant] = field(default_factory=list)
    release: Instant = NEVER
    exit_at: Instant = NEVER
    exit_index: int = -1
    held_for: int = -1

    @property
    def t0(self) -> int:
        """The opening instant."""
        return self.opening.t0

    @property
    def stop(self) -> Instant:
        """When the last stage, binding or not, is over."""
        return self.begins[-1]

    @property
    def superseded_at_opening(self) -> bool:
        """True if a stricter or older loop already ran when this one opened."""
        return self.superseded == self.t0

    def active(self, t: Instant) -> bool:
        """True if the loop is neither superseded, nor released, nor left by an exit at an instant."""
        return self.superseded > t and self.release > t and self.exit_at > t

    def holds(self, path: str, what: str) -> bool:
        """The truth of a condition at the opening; what is not known is false."""
        return self.opening.truths.get(f"{path}:{what}", False)


@dataclass
class Obligation:
    """One occurrence of a requirement with what was found for it."""

    path: str
    requirement: Requirement
    occurrence: int
    start: Instant
    due: Instant
    evidence: Evidence | None = None
    met_at: Instant | None = None  # the evidence's t, for a result its k, for a check the opening
    counts_at: Instant | None = None  # the instant from which it can let a stage end; None while missing
    waived: bool = False
    children: list[Obligation] = field(default_factory=list)

    def family(self) -> list[Obligation]:
        """The obligation and everything that hangs on its evidence."""
        return [self, *(one for child in self.children for one in child.family())]
