"""Wall times of several sides, taken in turn so that a busy moment of the machine falls on all of them alike."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Series:
    """Seconds of the same work, one entry a run; `cpu` is the processors' time, which other work disturbs less."""

    seconds: tuple[float, ...]
    cpu: tuple[float, ...] = ()

    @property
    def median(self) -> float:
        """The middle run."""
        return statistics.median(self.seconds)

    @property
    def processor(self) -> float:
        """Processor seconds of the middle run."""
        return statistics.median(self.cpu)

    @property
    def least(self) -> float:
        """The quickest run."""
        return min(self.seconds)

    @property
    def most(self) -> float:
        """The slowest run."""
        return max(self.seconds)

    def share(self, part: float) -> float:
        """The value that `part` of the runs stay at or below (nearest rank)."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, max(0, -(-int(part * 1000) * len(ordered) // 1000) - 1))]


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """(seconds, seconds of processor time on all threads) that one call takes."""
    gc.collect()
    begun, spent = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - begun, time.process_time() - spent


def interleaved(sides: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, Series]:
    """Every side once to warm up, then `rounds` rounds of all sides in turn."""
    for work in sides.values():
        work()
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in sides}
    for _ in range(rounds):
        for name, work in sides.items():
            taken[name].append(timed(work))
    return {name: Series(tuple(w for w, _ in runs), tuple(c for _, c in runs)) for name, runs in taken.items()}


def median_ratio(slow: Series, quick: Series) -> float:
    """How many times quicker, run by run: the middle of the ratios."""
    return statistics.median(a / b for a, b in zip(slow.seconds, quick.seconds, strict=True))


def ranks(calls: Sequence[Callable[[], object]], rounds: int = 3) -> Series:
    """Seconds of each of many short calls; each is called `rounds` times and its middle time counts."""
    taken = []
    for call in calls:
        own = []
        for _ in range(rounds):
            begun = time.perf_counter()
            call()
            own.append(time.perf_counter() - begun)
        taken.append(statistics.median(own))
    return Series(tuple(taken))
