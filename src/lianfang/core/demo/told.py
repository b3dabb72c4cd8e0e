"""A made-up fact, before it is written down anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Told:
    """One fact: kind, subject, own time (seconds since 1970 UTC), its other columns, and when it was learned."""

    kind: str
    subject: str
    at: int
    values: Mapping[str, object] = field(default_factory=dict)
    recorded_at: int | None = None

    @property
    def known(self) -> int:
        """When it was learned; without more, when it happened."""
        return self.at if self.recorded_at is None else self.recorded_at
