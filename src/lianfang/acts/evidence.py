"""What one tap records for an obligation, or which fields the form asks for; the same for every plan and form."""

from __future__ import annotations

from functools import lru_cache

from lianfang.acts.in_force import InForce
from lianfang.core.obligations.answers import Answer, usual_answer
from lianfang.ledger.models import Obligation

__all__ = ["Answer", "answer_for", "usual_answer_of"]


def answer_for(force: InForce, measure: str, requirement: str) -> Answer | None:
    """How an obligation of this measure and requirement is discharged; None if no fact can, or the plan changed."""
    return _answer(force.digest, _Hashed(force), measure, requirement)


def usual_answer_of(obligation: Obligation, force: InForce) -> Answer | None:
    """How this obligation is discharged."""
    return answer_for(force, obligation.measure, obligation.requirement)


class _Hashed:
    """A plan in force as a key of the cache: equal if its digest is."""

    def __init__(self, force: InForce) -> None:
        self.force = force

    def __hash__(self) -> int:
        return hash(self.force.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Hashed) and other.force.digest == self.force.digest


@lru_cache(maxsize=20_000)
def _answer(digest: str, hashed: _Hashed, measure: str, requirement: str) -> Answer | None:
    force = hashed.force
    found = force.requirements.get((measure, requirement))
    if found is None:
        return None
    above = force.requirements.get((measure, requirement.rpartition("/")[0]))
    return usual_answer(force.plan, found[1], above[1] if above else None)
