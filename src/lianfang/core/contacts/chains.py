"""Chains of infection: generations, clusters, how many each case infected, serial intervals, likely sources."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lianfang.core.contacts.classes import Exposure
from lianfang.core.days.civil import DAY


@dataclass(frozen=True, slots=True)
class Link:
    """`source` infected `infected`, as far as is known."""

    source: str
    infected: str


@dataclass(frozen=True, slots=True)
class Chain:
    """Cases linked with each other: the generation of each, 0 for those whom nobody is known to have infected."""

    generation: Mapping[str, int]

    @property
    def cases(self) -> tuple[str, ...]:
        """All cases of the chain, generation by generation."""
        return tuple(sorted(self.generation, key=lambda case: (self.generation[case], case)))


def chains(cases: Iterable[str], links: Iterable[Link]) -> tuple[Chain, ...]:
    """Cases that hang together, the largest chain first; a case without links is a chain of its own.

    With several sources a case stands one below the nearest of them to a beginning. In a ring of cases that infected
    each other the first by name begins.
    """
    after: dict[str, list[str]] = {case: [] for case in cases}
    beside: dict[str, list[str]] = {case: [] for case in after}
    infected: set[str] = set()
    for link in links:
        for case in (link.source, link.infected):
            after.setdefault(case, [])
            beside.setdefault(case, [])
        after[link.source].append(link.infected)
        beside[link.source].append(link.infected)
        beside[link.infected].append(link.source)
        infected.add(link.infected)
    found = [_generations(group, after, infected) for group in _groups(beside)]
    return tuple(sorted(found, key=lambda chain: (-len(chain.generation), chain.cases)))


def _groups(beside: Mapping[str, Sequence[str]]) -> list[list[str]]:
    seen: set[str] = set()
    groups = []
    for case in sorted(beside):
        if case not in seen:
            groups.append(_reach([case], beside, seen))
    return groups


def _reach(start: list[str], beside: Mapping[str, Sequence[str]], seen: set[str]) -> list[str]:
    queue, out = deque(start), list(start)
    seen.update(start)
    while queue:
        for case in beside[queue.popleft()]:
            if case not in seen:
                seen.add(case)
                out.append(case)
                queue.append(case)
    return out


def _generations(group: list[str], after: Mapping[str, Sequence[str]], infected: set[str]) -> Chain:
    roots = [case for case in sorted(group) if case not in infected]
    generation = _below(roots, after)
    while left := sorted(set(group) - set(generation)):  # a ring that no beginning reaches
        roots.append(left[0])
        generation = _below(roots, after)
    return Chain(generation)


def _below(roots: list[str], after: Mapping[str, Sequence[str]]) -> dict[str, int]:
    generation = dict.fromkeys(roots, 0)
    queue = deque(roots)
    while queue:
        case = queue.popleft()
        for infected in after[case]:
            if infected not in generation:
                generation[infected] = generation[case] + 1
                queue.append(infected)
    return generation


def offspring(cases: Iterable[str], links: Iterable[Link]) -> dict[str, int]:
    """How many others each case infected, the most first; cases that infected nobody count 0."""
    count = Counter(link.source for link in set(links))
    everybody = dict.fromkeys((*cases, *count))
    return dict(sorted(((case, count[case]) for case in everybody), key=lambda pair: (-pair[1], pair[0])))


def serial_intervals(links: Iterable[Link], onset: Mapping[str, int]) -> dict[Link, int]:
    """Days between the onsets of infector and infected, where both are known (onsets in seconds since 1970 UTC)."""
    return {
        link: (onset[link.infected] - onset[link.source]) // DAY
        for link in links
        if link.source in onset and link.infected in onset
    }


@dataclass(frozen=True, slots=True)
class LikelySource:
    """A possible infector with what speaks for it: shared seconds while infectious, days between the onsets."""

    source: str
    seconds: int
    days_between: int | None
    usual: bool
    exposures: tuple[Exposure, ...]


def likely_sources(
    case: str, exposures: Iterable[Exposure], onset: Mapping[str, int], usual_days: tuple[int, int]
) -> tuple[LikelySource, ...]:
    """Who may have infected a case, the likeliest first: a usual time between onsets, then the longest exposure.

    `usual_days` is the range of serial intervals of the disease, from the plan. Exposures after the case's own onset
    cannot have infected it and are left out.
    """
    own = onset.get(case)
    by_source: dict[str, list[Exposure]] = {}
    for exposure in exposures:
        if exposure.person == case and exposure.source != case and (own is None or exposure.begin < own):
            by_source.setdefault(exposure.source, []).append(exposure)
    found = [_likely(source, listed, own, onset.get(source), usual_days) for source, listed in by_source.items()]
    return tuple(sorted(found, key=lambda s: (not s.usual, -s.seconds, s.source)))


def _likely(
    source: str, listed: list[Exposure], own: int | None, other: int | None, usual_days: tuple[int, int]
) -> LikelySource:
    days = None if own is None or other is None else (own - other) // DAY
    usual = days is not None and usual_days[0] <= days <= usual_days[1]
    seconds = sum(exposure.seconds for exposure in listed)
    return LikelySource(source, seconds, days, usual, tuple(sorted(listed, key=lambda e: e.begin)))
