"""Which kinds of fact a sheet can bring, people first."""

from __future__ import annotations

from lianfang.acts.in_force import InForce
from lianfang.core.facts.vocabulary import SUBJECTS
from lianfang.core.language.loops import is_loop_kind
from lianfang.web.parts.said import one_of

Group = tuple[str, tuple[tuple[str, str], ...]]
"""What facts are about, and the kinds: (id, name)."""


def kind_groups(force: InForce) -> tuple[Group, ...]:
    """The kinds of fact the plan in force knows, grouped by what they are about; the register comes first."""
    found: dict[str, list[tuple[str, str]]] = {"person": []}
    for kind in force.plan.kinds.values():
        if not is_loop_kind(kind.id):
            found.setdefault(kind.subject, []).append((kind.id, one_of(kind.zh, kind.en)))
    return tuple(
        (one_of(*SUBJECTS.get(subject, (subject, subject))), tuple(sorted(kinds, key=lambda one: one[0] != subject)))
        for subject, kinds in found.items()
        if kinds
    )


def kind_name(force: InForce, kind: str) -> str:
    """What a kind is called; its id if the plan in force no longer has it."""
    found = force.plan.kinds.get(kind)
    return one_of(found.zh, found.en) if found else kind
