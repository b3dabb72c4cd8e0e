"""The words of a result: status of an obligation, state of a loop."""

from __future__ import annotations

from enum import IntEnum


class Status(IntEnum):
    """Status of an obligation (DESIGN section 3)."""

    UPCOMING = 0
    DUE = 1
    MET = 2
    LATE = 3
    OVERDUE = 4
    SUSPENDED = 5
    SUPERSEDED = 6
    CANCELLED = 7
    WAIVED = 8


class LoopState(IntEnum):
    """State of a loop; an exit may name its own word (cancelled, handed over)."""

    RUNNING = 0
    HELD = 1
    SUSPENDED = 2
    RELEASED = 3
    EXITED = 4
    SUPERSEDED = 5


HELD_FOR_NOTHING = -1
HELD_FOR_ORDER = -2
"""A stage waits for its days to be ordered."""
