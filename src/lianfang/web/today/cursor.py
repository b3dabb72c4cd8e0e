"""Pages by key: where the last page ended, written into an address and read back; no page number, no OFFSET."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Q

from lianfang.ledger.models import Obligation

_NO_DUE = "-"


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last obligation of a page in the order of (due, id); what has no due time comes last."""

    due: datetime | None
    id: UUID

    @property
    def text(self) -> str:
        """As it stands in an address."""
        due = _NO_DUE if self.due is None else str(round(self.due.timestamp() * 1_000_000))
        return f"{due}_{self.id}"

    @property
    def behind(self) -> Q:
        """Everything that comes after it."""
        if self.due is None:
            return Q(due=None, id__gt=self.id)
        return Q(due__gt=self.due) | Q(due=self.due, id__gt=self.id) | Q(due=None)


def cursor_of(obligation: Obligation) -> Cursor:
    """Where a page ends whose last row this is."""
    return Cursor(obligation.due, obligation.id)


def read_cursor(text: str) -> Cursor | None:
    """The cursor in an address; anything else starts from the beginning."""
    due, _, id = text.partition("_")
    try:
        when = None if due == _NO_DUE else datetime.fromtimestamp(int(due) / 1_000_000, UTC)
        return Cursor(when, UUID(id))
    except (ValueError, OverflowError, OSError):
        return None
