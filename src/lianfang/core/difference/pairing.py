"""Which measure of the second plan stands in the place of which of the first, and which clause is which."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from lianfang.core.difference.change import Pair, Paired
from lianfang.core.language.measure import Measure
from lianfang.core.language.plan import Plan

ALIKE = 0.3
"""From this likeness of their wording on, two clauses with one id are taken for the same clause."""
ALIKE_NAMES = 0.5
"""From this likeness of their names on, two measures that the same kind of fact opens are taken for the same."""


@dataclass(frozen=True, slots=True)
class Sides:
    """The two plans, with a common name for their clauses.

    If one of them builds on the other, `1.9.c1` of the base is the same clause as `base:1.9.c1` of the upper one.
    """

    before: Plan
    after: Plan

    @property
    def related(self) -> bool:
        """Does one of the plans build on the other?"""
        a, b = self.before, self.after
        return a.id != b.id and (a.id in b.packs or b.id in a.packs)

    def clause(self, plan: Plan, id: str) -> str:
        """The common name of a clause of one of the plans."""
        return f"{plan.id}:{id}" if self.related and ":" not in id else id

    def clauses(self, plan: Plan, ids: Iterable[str]) -> tuple[str, ...]:
        """The common names of several clauses."""
        return tuple(self.clause(plan, id) for id in ids)


Score = Callable[[Sides, frozenset[str], Measure, Measure], float]


def alike(first: str, second: str) -> float:
    """How alike two texts are, from 0 to 1; which comes first makes no difference."""
    if first == second:
        return 1.0
    return SequenceMatcher(None, min(first, second), max(first, second), autojunk=False).ratio()


def shared_clauses(sides: Sides) -> frozenset[str]:
    """The clauses both plans have, by their common names: same id, and not another text altogether."""
    before = {sides.clause(sides.before, c.id): c.gist.zh for c in sides.before.clauses.values()}
    after = {sides.clause(sides.after, c.id): c.gist.zh for c in sides.after.clauses.values()}
    return frozenset(id for id, zh in before.items() if id in after and alike(zh, after[id]) >= ALIKE)


def opening_kind(plan: Plan, measure: Measure) -> str:
    """The kind of fact that opens a measure."""
    selection = plan.selections.get(measure.opening.on)
    return measure.opening.on if selection is None else selection.kind


def newest(plan: Plan) -> dict[str, Measure]:
    """The measures by id, in plan order, each in its last version."""
    found: dict[str, Measure] = {}
    for measure in plan.measures:
        found[measure.id] = measure
    return found


def pair_measures(sides: Sides) -> tuple[Pair, ...]:
    """Pair the measures: by id; else by the most shared clauses; else by subject and opening kind.

    Only measures that bind the same subject are paired; where several fit, the most alike in name come first. What is
    left over stands alone.
    """
    a, b = newest(sides.before), newest(sides.after)
    found = {id: Pair(id, id, Paired.ID) for id in a if id in b and a[id].subject == b[id].subject}
    for how, score in ((Paired.CLAUSES, _clause_score), (Paired.OPENING, _opening_score)):
        taken = {pair.after for pair in found.values()}
        left = [m for id, m in a.items() if id not in found]
        right = [m for id, m in b.items() if id not in taken]
        found |= {pair.before or "": pair for pair in _best(sides, left, right, how, score)}
    taken = {pair.after for pair in found.values()}
    gone = (Pair(id, None) for id in a if id not in found)
    new = (Pair(None, id) for id in b if id not in taken)
    return (*(found[id] for id in a if id in found), *gone, *new)


def _best(sides: Sides, left: list[Measure], right: list[Measure], how: Paired, score: Score) -> Iterator[Pair]:
    """Pairs with any points, the most points first, each measure once."""
    shared = shared_clauses(sides) if left and right else frozenset()
    points = ((score(sides, shared, m, n), m.id, n.id) for m in left for n in right if m.subject == n.subject)
    taken: set[tuple[str, str]] = set()
    for _, before, after in sorted((p for p in points if p[0] > 0), key=lambda p: (-p[0], sorted(p[1:]))):
        if not {("before", before), ("after", after)} & taken:
            taken |= {("before", before), ("after", after)}
            yield Pair(before, after, how)


def cited(measure: Measure) -> frozenset[str]:
    """The clauses a measure, its stages and its root requirements cite."""
    parts = [measure.clauses, *(s.clauses for s in measure.stages), *(r.clauses for r in measure.requirements)]
    return frozenset(clause for part in parts for clause in part)


def _clause_score(sides: Sides, shared: frozenset[str], m: Measure, n: Measure) -> float:
    mine = set(sides.clauses(sides.before, cited(m)))
    theirs = set(sides.clauses(sides.after, cited(n)))
    both = mine & theirs & shared
    return (len(both) + 0.5 * alike(m.words.zh, n.words.zh)) / len(mine | theirs) if both else 0.0


def _opening_score(sides: Sides, shared: frozenset[str], m: Measure, n: Measure) -> float:
    """Names that have nothing in common are not the same measure, even if the same kind of fact opens both."""
    same = opening_kind(sides.before, m) == opening_kind(sides.after, n) and m.gate == n.gate
    likeness = alike(m.words.zh, n.words.zh) if same else 0.0
    return likeness if likeness >= ALIKE_NAMES else 0.0
