"""Prove the journal whole, or name the first line that is not as it was written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lianfang.acts.known import check
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import VERIFY_JOURNAL
from lianfang.core.access.thing import Thing
from lianfang.ledger import journal
from lianfang.ledger.journal import Break


@dataclass(frozen=True, slots=True)
class Checked:
    """How many lines the journal had, the digest of the last, and where it breaks (None: whole)."""

    lines: int
    digest: str
    broken: Break | None


def verify_journal(*, actor: Actor, now: datetime) -> Checked:
    """Follow the chain of the whole journal; that it was done, and with what result, is a line of the journal too."""
    check(actor, VERIFY_JOURNAL, Thing("journal", actor.root))
    head = journal.head()
    broken = journal.verify()
    details = {"lines": head.no, "broken": broken.no if broken is not None else None}
    journal.write(actor, VERIFY_JOURNAL, "journal:all", now=now, details=details)
    return Checked(head.no, head.digest.hex(), broken)
