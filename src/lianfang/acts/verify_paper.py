"""Whether a paper is valid: all that anybody who holds it is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lianfang.acts.paper_code import standard
from lianfang.ledger.models import Paper


@dataclass(frozen=True, slots=True)
class Verified:
    """Valid since the day of issue, or not valid: withdrawn on a day, or never issued (then no day)."""

    valid: bool
    issued_at: datetime | None = None
    withdrawn_at: datetime | None = None


def verify_paper(code: str) -> Verified:
    """Look a code up. An unknown code and a false signature are answered alike."""
    known = standard(code)
    row = None
    if known is not None:
        row = Paper.objects.filter(code=known).values_list("issued_at", "withdrawn_at").first()
    if row is None:
        return Verified(False)
    return Verified(row[1] is None, row[0], row[1])
