"""What a composed plan takes over: a case of a pack it extends proves a clause where the element stands unchanged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lianfang.core.coverage.elements import Element
from lianfang.core.coverage.prove import Proof, Proven
from lianfang.core.language.lower import walk
from lianfang.core.language.measure import Measure, Requirement, Selection, Words
from lianfang.core.language.plan import Indicator, Plan

MOST_NAMED = 3


def taken_over(plan: Plan, own: Proof, bases: Mapping[str, tuple[Plan, Proof]]) -> Proof:
    """The plan's own proof, and for what nobody misses there the proof of the pack it comes from (`pack/case`).

    `bases`: the extended packs by id. An element counts as unchanged if its measure (or indicator) is the same in both
    plans, selections and numbers included, and no measure of another pack supersedes it.
    """
    found = {name: _Base(plan, name, base, proof) for name, (base, proof) in bases.items()}
    verdicts = tuple(v if v.proved else _inherited(v, found) for v in own.verdicts)
    return Proof(verdicts, own.failing)


class _Base:
    """One extended pack beside the plan that extends it."""

    def __init__(self, plan: Plan, name: str, base: Plan, proof: Proof) -> None:
        self.name, self.verdicts = name, {v.element.key: v for v in proof.verdicts}
        prefix = f"{name}:"
        measures, theirs = _by_id(plan), _by_id(base)
        self.measures = {
            id
            for id, versions in theirs.items()
            if tuple(_as_written(m, prefix) for m in measures.get(id, ())) == versions
            and _same_selections(plan, base, versions)
            and not any(id in m.supersedes and m.id not in theirs for m in plan.measures)
        }
        indicators = {i.id: replace(i, clauses=_bare(i.clauses, prefix)) for i in plan.indicators}
        self.indicators = {i.id for i in base.indicators if indicators.get(i.id) == i and self._counted(plan, base, i)}

    def _counted(self, plan: Plan, base: Plan, indicator: Indicator) -> bool:
        """Whether what the indicator counts is the same, too."""
        named = (indicator.of_facts, *(part.of_facts for part in indicator.parts))
        same = all(plan.selections.get(n or "") == base.selections.get(n or "") for n in named)
        return same and all(of.partition("/")[0] in self.measures for of in indicator.duties)

    def cases_of(self, clauses: tuple[str, ...]) -> tuple[str, ...]:
        """The cases that prove these clauses in the pack itself."""
        own = {clause.removeprefix(f"{self.name}:") for clause in clauses if clause.startswith(f"{self.name}:")}
        pairs = (pair for verdict in self.verdicts.values() for pair in verdict.noticed_by)
        return tuple(dict.fromkeys(f"{self.name}/{case}" for clause, case in pairs if clause in own))

    def proof_of(self, element: Element) -> tuple[tuple[str, str], ...]:
        """Clause and case, in the names of the composed plan; nothing if the element is another there."""
        known = element.measure in self.measures if element.measure else element.id in self.indicators
        verdict = self.verdicts.get(element.key)
        if not known or verdict is None:
            return ()
        return tuple((f"{self.name}:{clause}", f"{self.name}/{case}") for clause, case in verdict.noticed_by)


def _inherited(verdict: Proven, bases: Mapping[str, _Base]) -> Proven:
    noticed = tuple(pair for base in bases.values() for pair in base.proof_of(verdict.element))
    if noticed:
        return replace(verdict, noticed_by=noticed, reason=None)
    there = [case for base in bases.values() for case in base.cases_of(verdict.element.clauses)]
    return replace(verdict, reason=_elsewhere(there)) if there else verdict


def _elsewhere(cases: list[str]) -> Words:
    shown = ", ".join(cases[:MOST_NAMED])
    return Words(
        f"原预案中的条文由 {shown} 证实；本方案改写或改名后尚无用例证实",
        f"the clause is proved in its own plan by {shown}; written anew or renamed here, no case proves it yet",
    )


def _by_id(plan: Plan) -> dict[str, tuple[Measure, ...]]:
    found: dict[str, tuple[Measure, ...]] = {}
    for measure in plan.measures:
        found[measure.id] = (*found.get(measure.id, ()), measure)
    return found


def _bare(clauses: tuple[str, ...], prefix: str) -> tuple[str, ...]:
    return tuple(clause.removeprefix(prefix) for clause in clauses)


def _as_written(m: Measure, prefix: str) -> Measure:
    """The measure with the clauses as its own pack calls them."""
    return replace(
        m,
        clauses=_bare(m.clauses, prefix),
        suspend_clauses=_bare(m.suspend_clauses, prefix),
        stages=tuple(replace(s, clauses=_bare(s.clauses, prefix)) for s in m.stages),
        exits=tuple(replace(x, clauses=_bare(x.clauses, prefix)) for x in m.exits),
        requirements=tuple(_requirement(r, prefix) for r in m.requirements),
    )


def _requirement(r: Requirement, prefix: str) -> Requirement:
    return replace(r, clauses=_bare(r.clauses, prefix), then=tuple(_requirement(child, prefix) for child in r.then))


def _same_selections(plan: Plan, base: Plan, versions: tuple[Measure, ...]) -> bool:
    names = {name for m in versions for name in _selections(m)}
    return all(_meaning(plan.selections.get(name)) == _meaning(base.selections.get(name)) for name in names)


def _meaning(selection: Selection | None) -> object:
    if selection is None:
        return None
    return selection.kind, selection.by_result, None if selection.where is None else selection.where.tree


def _selections(m: Measure) -> set[str]:
    every = [r for _, r in walk(m.requirements)]
    names = {m.opening.on, m.suspend_on, m.clear_on, *(look.kind for look in m.opening.lookups)}
    names |= {name for r in every for name in (r.evidence, r.trigger, r.waiver)}
    names |= {s.cut_by for s in m.stages} | {name for way in m.exits for name in way.on}
    return {name for name in names if name is not None}
