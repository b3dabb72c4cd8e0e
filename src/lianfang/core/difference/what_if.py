"""what_if(plan_a, plan_b, facts, as_of): what changes for whom when a second plan replaces the first."""

from __future__ import annotations

from dataclasses import dataclass

from lianfang.core.days.civil import floor_day
from lianfang.core.difference.change import Head, Pair
from lianfang.core.difference.owed import Daily, Evidence, Owed, owed
from lianfang.core.difference.pairing import Sides, pair_measures
from lianfang.core.difference.places import Occupancy, occupancy
from lianfang.core.difference.releases import Releases, releases
from lianfang.core.difference.side import side_of
from lianfang.core.difference.turns import Turns, match_loops, turns
from lianfang.core.facts.facts import Facts
from lianfang.core.language.plan import Plan
from lianfang.core.obligations.evaluate import evaluate

DAYS_AHEAD = 21
"""How many days from the day of the look on, this one included, rooms and due obligations are counted for."""

ROOMS = "isolation_site"
"""The place of the stages for which rooms are needed."""
TUBES = Evidence("test")
"""The evidence for which samples are taken."""


@dataclass(frozen=True)
class Difference:
    """What changes for whom at `as_of` (seconds since 1970 UTC) when the second plan replaces the first.

    `first_day` is the first instant of the day of `as_of`; every list of numbers per day begins with it.
    """

    before: Head
    after: Head
    zone: int
    as_of: int
    first_day: int
    pairs: tuple[Pair, ...]
    loops_before: int
    loops_after: int
    turns: Turns
    releases: Releases
    owed: tuple[Owed, ...]
    daily: tuple[Daily, ...]
    places: tuple[Occupancy, ...]

    @property
    def nothing(self) -> bool:
        """Does nothing change for anybody?"""
        owed_alike = all(not (o.added or o.removed or o.moved) for o in self.owed)
        return owed_alike and not self.turns.counts and not self.releases.table.num_rows

    def by_evidence(self) -> tuple[Owed, ...]:
        """The obligations still owed, added up by kind of evidence, the most changed first."""
        sums: dict[Evidence, list[int]] = {}
        for o in self.owed:
            numbers = (o.owed_before, o.owed_after, o.added, o.removed, o.moved)
            sums[o.evidence] = [x + y for x, y in zip(sums.get(o.evidence, [0] * 5), numbers, strict=True)]
        found = (Owed(None, None, None, None, evidence, *numbers) for evidence, numbers in sums.items())
        return tuple(sorted(found, key=lambda o: -(o.added + o.removed + o.moved)))

    @property
    def rooms(self) -> Occupancy:
        """Persons per day in isolation sites."""
        none = (0,) * DAYS_AHEAD
        return next((p for p in self.places if p.place == ROOMS), Occupancy(ROOMS, none, none))

    @property
    def tubes(self) -> Daily:
        """Tests that fall due per day."""
        none = (0,) * DAYS_AHEAD
        return next((d for d in self.daily if d.evidence == TUBES), Daily(TUBES, none, none))


def what_if(plan_a: Plan, plan_b: Plan, facts: Facts, as_of: int, known_at: int | None = None) -> Difference:
    """What changes for whom if plan B had stood in plan A's place: the same facts, seen at the same instant.

    `as_of` in seconds since 1970 UTC; `known_at`: only facts recorded by then (default: by `as_of`). The facts must
    carry the kinds of both plans (see `kinds_of_both`). The civil day is that of the second plan.
    """
    pairs = pair_measures(Sides(plan_a, plan_b))
    before = side_of(evaluate(plan_a, facts, as_of, known_at), [p.before if p.how else None for p in pairs])
    after = side_of(evaluate(plan_b, facts, as_of, known_at), [p.after if p.how else None for p in pairs])
    matched, zone = match_loops(before, after), plan_b.zone
    start = int(floor_day(as_of, zone))
    changed, daily = owed(before, after, pairs, matched, (start + zone) // 86_400, DAYS_AHEAD, zone)
    return Difference(
        Head(plan_a.id, plan_a.words, plan_a.issued),
        Head(plan_b.id, plan_b.words, plan_b.issued),
        zone,
        as_of,
        start,
        pairs,
        before.size,
        after.size,
        turns(before, after, matched),
        releases(before, after, matched, zone),
        changed,
        daily,
        occupancy(before, after, start, DAYS_AHEAD),
    )
