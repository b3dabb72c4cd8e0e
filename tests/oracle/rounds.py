"""Loops that look at each other, in plain Python: evaluate all, see how loops stand, open again, until it settles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from lianfang.core.language.measure import Measure
from tests.oracle.days import NEVER, Instant
from tests.oracle.pieces import Evidence, LoopOpening, LoopResult
from tests.oracle.plainly import evaluate_subject

MOST_ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of subject and a name."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A measure's id, the opening instant, the checks that hold, and whom the opening fact names."""

    measure: str
    t0: int
    holds: frozenset[str] = frozenset()
    named: tuple[Subject, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """A loop as others see it: from its opening until `over` (not included)."""

    subject: Subject
    opened: Opened
    over: Instant
    state: str

    def runs(self, t: int) -> bool:
        """Whether the loop runs at an instant."""
        return self.opened.t0 <= t < self.over


Openings = Mapping[Subject, Sequence[Opened]]
Ask = Callable[[Sequence[Standing] | None], Openings]
"""From the loops as they stand to all openings; with None: those that ask for no loops."""


def settle(
    measures: Sequence[Measure],
    streams: Mapping[Subject, Mapping[str, Sequence[Evidence]]],
    ask: Ask,
    as_of: int,
    zone: int,
) -> tuple[Standing, ...]:
    """How all loops stand when nothing new opens and nothing is answered otherwise, or after eight further rounds."""
    openings = ask(None)
    standing = evaluated(measures, streams, openings, as_of, zone)
    for _ in range(MOST_ROUNDS):
        further = ask(standing)
        if further == openings:
            break
        openings = further
        standing = evaluated(measures, streams, openings, as_of, zone)
    return standing


def evaluated(
    measures: Sequence[Measure],
    streams: Mapping[Subject, Mapping[str, Sequence[Evidence]]],
    openings: Openings,
    as_of: int,
    zone: int,
) -> tuple[Standing, ...]:
    """Every subject by itself."""
    found: list[Standing] = []
    for subject, opened in openings.items():
        loops = [loop_opening(measures, one) for one in opened]
        results, _ = evaluate_subject(measures, streams.get(subject, {}), {}, loops, as_of, zone)
        found += [Standing(subject, opened[result.loop], over(result), result.state) for result in results]
    return tuple(found)


def loop_opening(measures: Sequence[Measure], one: Opened) -> LoopOpening:
    """The opening as the evaluator of one subject takes it."""
    number = next(i for i, measure in enumerate(measures) if measure.id == one.measure)
    truths = {f"{r.id}:condition": r.id in one.holds for r in measures[number].requirements}
    return LoopOpening(number, one.t0, one.t0, {}, truths)


def over(result: LoopResult) -> Instant:
    """When a loop ends, by whatever is first."""
    ends = (result.release, result.exit_at, result.superseded)
    return min((end for end in ends if end is not None), default=NEVER)


def running(standing: Iterable[Standing], measures: Sequence[str], t: int, about: Subject | None) -> int:
    """How many loops of some measures run at an instant, of those whose opening fact names a subject (None: all)."""
    loops = [one for one in standing if one.opened.measure in measures and one.runs(t)]
    return sum(about is None or about == one.subject or about in one.opened.named for one in loops)
