"""What carries out each clause: the measures of which any part cites it, and the indicators."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lianfang.acts.in_force import InForce
from lianfang.core.coverage.elements import elements


@dataclass(slots=True)
class Carried:
    """Clause -> measures and indicators, in the order of the plan."""

    measures: dict[str, dict[str, None]] = field(default_factory=dict)
    indicators: dict[str, dict[str, None]] = field(default_factory=dict)


_known: dict[str, Carried] = {}
"""By the digest of the plan: a plan never changes."""


def carried(force: InForce) -> Carried:
    """What carries out the clauses of a plan, worked out once a process."""
    if force.digest not in _known:
        found = Carried()
        for element in elements(force.plan):
            for clause in element.clauses:
                side = found.measures if element.measure else found.indicators
                side.setdefault(clause, {})[element.measure or element.id] = None
        _known[force.digest] = found
    return _known[force.digest]


def measures_of(force: InForce, clauses: Iterable[str]) -> tuple[str, ...]:
    """The measures that carry out some clauses, those with requirements of the clauses first."""
    wanted = sorted(clauses)
    known: Mapping[str, Mapping[str, None]] = carried(force).measures
    first = (measure for clause in wanted for measure, _ in force.clauses.get(clause, ()))
    rest = (measure for clause in wanted for measure in known.get(clause, ()))
    return tuple(id for id in dict.fromkeys((*first, *rest)) if id in force.measures)


def is_carried(force: InForce, clause: str) -> bool:
    """Whether anything of the plan carries a clause out."""
    known = carried(force)
    return clause in known.measures or clause in known.indicators
