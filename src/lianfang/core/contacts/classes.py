"""Which class of contact an exposure makes, by a plan's criteria, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exposure:
    """One exposure of `person` to `source`: when (seconds since 1970 UTC), where, how close; None: not known.

    `degree` 1 is an exposure to a case, 2 to a contact of a case. `facts` are the ids of what shows it.
    """

    person: str
    source: str
    begin: int
    until: int
    degree: int = 1
    setting: str = ""
    metres: float | None = None
    protected: bool | None = None
    place: str = ""
    facts: tuple[str, ...] = ()

    @property
    def seconds(self) -> int:
        """How long it lasted."""
        return self.until - self.begin


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of a plan: an exposure that meets all of it belongs to the class. Strictest lines stand first.

    What is not known never speaks against a class: a distance nobody measured counts as near, protection nobody saw as
    none.
    """

    id: str
    contact_class: str
    clause: str
    degree: int = 1
    at_least: int = 0
    within_metres: float | None = None
    in_all: bool = False  # `at_least` is about all exposures to the same source together
    settings: frozenset[str] = frozenset()
    only_unprotected: bool = False

    def unmet(self, exposure: Exposure, in_all: int) -> str | None:
        """The first part of the line that the exposure does not meet; None if it meets all.

        `in_all` is how many seconds the person was exposed to the same source altogether.
        """
        if exposure.degree != self.degree:
            return "degree"
        if (in_all if self.in_all else exposure.seconds) < self.at_least:
            return "at_least"
        if self.settings and exposure.setting not in self.settings:
            return "settings"
        if self.within_metres is not None and (exposure.metres or 0) > self.within_metres:
            return "within_metres"
        return "only_unprotected" if self.only_unprotected and exposure.protected else None


@dataclass(frozen=True, slots=True)
class Judged:
    """One exposure with the line it meets (None: none) and, for stricter lines, what each lacks."""

    exposure: Exposure
    criterion: Criterion | None
    lacks: tuple[tuple[str, str], ...]  # criterion id -> what was not met


@dataclass(frozen=True, slots=True)
class Proposed:
    """The class proposed for one person: the strictest of all exposures, which stay listed as evidence."""

    person: str
    criterion: Criterion | None
    because: Exposure | None
    judged: tuple[Judged, ...]

    @property
    def contact_class(self) -> str:
        """The class, empty if no exposure meets any line."""
        return "" if self.criterion is None else self.criterion.contact_class


def judge(exposure: Exposure, criteria: Sequence[Criterion], in_all: int | None = None) -> Judged:
    """The first line an exposure meets, and why it misses those above; `in_all` as in `Criterion.unmet`."""
    lacks: list[tuple[str, str]] = []
    for criterion in criteria:
        unmet = criterion.unmet(exposure, exposure.seconds if in_all is None else in_all)
        if unmet is None:
            return Judged(exposure, criterion, tuple(lacks))
        lacks.append((criterion.id, unmet))
    return Judged(exposure, None, tuple(lacks))


def propose(exposures: Iterable[Exposure], criteria: Sequence[Criterion]) -> tuple[Proposed, ...]:
    """One proposal a person, by person: many exposures give one class, and more exposure never a weaker one."""
    exposures = tuple(exposures)
    in_all: Counter[tuple[str, str]] = Counter()
    for exposure in exposures:
        in_all[exposure.person, exposure.source] += exposure.seconds
    by_person: dict[str, list[Judged]] = {}
    for exposure in exposures:
        judged = judge(exposure, criteria, in_all[exposure.person, exposure.source])
        by_person.setdefault(exposure.person, []).append(judged)
    rank = {criterion.id: number for number, criterion in enumerate(criteria)}
    return tuple(_proposal(person, found, rank) for person, found in sorted(by_person.items()))


def _proposal(person: str, found: list[Judged], rank: dict[str, int]) -> Proposed:
    def order(judged: Judged) -> tuple[int, int, int, str]:
        line = len(rank) if judged.criterion is None else rank[judged.criterion.id]
        exposure = judged.exposure
        return line, -exposure.seconds, exposure.begin, exposure.source

    best, *_ = judged = sorted(found, key=order)
    return Proposed(person, best.criterion, best.exposure if best.criterion else None, tuple(judged))
