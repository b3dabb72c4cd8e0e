"""Numbers of loops and obligations that never change: notes, reminders and papers hold on to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

_GAP = "\x1f"


@dataclass(slots=True)
class Keys:
    """Gives numbers to the loops and obligations of one evaluation; the second of two alike gets its own."""

    used: dict[str, int] = field(default_factory=dict)

    def loop(self, measure: str, subject_kind: str, subject: str, fact: str) -> str:
        """The number of the loop that `fact` opened for a subject, as the text of a UUID."""
        return self._only_once(_GAP.join(("loop", measure, subject_kind, subject, fact)))

    def obligation(self, loop: str, requirement: str, occurrence: int) -> str:
        """The number of one occurrence (from 1) of a requirement (its path in the measure) in a loop."""
        return self._only_once(f"{loop}{_GAP}{requirement}{_GAP}{occurrence}")

    def _only_once(self, text: str) -> str:
        before = self.used.get(text, 0)
        self.used[text] = before + 1
        return as_uuid(f"{text}{_GAP}{before}" if before else text)


def as_uuid(text: str) -> str:
    """The text of a UUID that follows from `text` alone (SHA-256, marked as version 8: made by an own rule).

    >>> as_uuid("a"), as_uuid("a") == as_uuid("b")
    ('ca978112-ca1b-8dca-bac2-31b39a23dc4d', False)
    """
    digits = sha256(text.encode()).hexdigest()[:32]
    variant = "89ab"[int(digits[16], 16) & 3]
    return f"{digits[:8]}-{digits[8:12]}-8{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"


def first_said(corrections: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Which fact a correction goes back to in the end, from (fact, fact it corrects) pairs.

    A loop keeps its number when the fact that opened it is corrected. Facts that correct each other in a circle go back
    to the one met first.

    >>> first_said([("b", "a"), ("c", "b")])["c"]
    'a'
    """
    of = dict(corrections)
    roots: dict[str, str] = {}
    for fact in of:
        seen, at = {fact}, fact
        while at in of and of[at] not in seen:
            at = of[at]
            seen.add(at)
        roots[fact] = at
    return roots
