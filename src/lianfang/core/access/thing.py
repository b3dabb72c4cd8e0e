"""What an act is done to: a record, and where it belongs."""

from __future__ import annotations

from dataclasses import dataclass

from lianfang.core.access.actor import path_fault, well_formed

KINDS = frozenset(
    "subject obligation fact task journal plan unit import paper account figure".split(),
)
"""The words of the records there are."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A record as the rules see it.

    `kind`: one of KINDS. `path`: the units from the root down to the one it belongs to. `owner`: the unit that owes or
    owns it (for a fact: that said it; for a person: the site she is placed at). `supervisor`: the unit that supervises
    it. `subject_kind` and `subject`: whom or what it is about. `fact`: the kind of fact, for acts that record or
    correct one. An unknown kind or a malformed path is refused with ValueError.
    """

    kind: str
    path: str
    owner: str = ""
    supervisor: str = ""
    subject_kind: str = ""
    subject: str = ""
    fact: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            allowed = ", ".join(sorted(KINDS))
            raise ValueError(
                f"Thing.kind: 看到 {self.kind!r};允许: {allowed};请: 用其中之一"
                f" / found {self.kind!r}; allowed: {allowed}; do: use one of these"
            )
        if not well_formed(self.path):
            raise ValueError(path_fault("Thing", self.path))
