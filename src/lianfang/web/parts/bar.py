"""The status bar: what falls due today and what is still owed; met grows from the left, overdue sits at the right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

NARROWEST = 1.5
"""A part that exists is never thinner than this, in percent: three in three thousand must be seen."""

GAP = 0.4
"""White between two parts, in percent."""


class Counts(Protocol):
    """What a bar counts; late is met and is named in the text."""

    @property
    def met(self) -> int:
        """Done, in time or late."""

    @property
    def due(self) -> int:
        """Due today and not yet done."""

    @property
    def held(self) -> int:
        """Past the planned end with evidence missing."""

    @property
    def overdue(self) -> int:
        """Past the due time."""


@dataclass(frozen=True)
class Part:
    """One coloured part of a bar: where it starts and how wide it is, in percent."""

    status: str
    x: float
    width: float


def counted(counts: Counts) -> int:
    """How many the bar stands for."""
    return counts.met + counts.due + counts.held + counts.overdue


def parts(counts: Counts) -> tuple[Part, ...]:
    """The parts from left to right: met, due, held, overdue; empty ones are left out."""
    numbers = {"met": counts.met, "due": counts.due, "held": counts.held, "overdue": counts.overdue}
    there = {status: number for status, number in numbers.items() if number > 0}
    total = sum(there.values())
    wide = {status: max(NARROWEST, 100 * number / total) for status, number in there.items()}
    scale = (100 - GAP * (len(wide) - 1)) / sum(wide.values()) if wide else 1
    found, x = [], 0.0
    for status, width in wide.items():
        found.append(Part(status, round(x, 2), round(width * scale, 2)))
        x += width * scale + GAP
    return tuple(found)


def share(counts: Counts) -> float:
    """How much is met, in percent; nothing owed is all met."""
    total = counted(counts)
    return 100.0 * counts.met / total if total else 100.0
