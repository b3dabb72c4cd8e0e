"""Which registers there are: one for each kind of subject of the plan, and the obligations."""

from __future__ import annotations

from lianfang.acts.in_force import InForce

OBLIGATION = "obligation"
FIRST = ("person", "place", "consignment", "facility", "unit", "area", "response")
"""The kinds of subject every plan shares; others follow in the order of the plan."""


def known_words(force: InForce) -> tuple[str, ...]:
    """The words that name a register."""
    own = dict.fromkeys(kind.subject for kind in force.plan.kinds.values())
    rest = (word for word in own if word not in FIRST)
    return (*(word for word in FIRST if word in own), *rest, OBLIGATION)
