"""Everything that is recorded about a subject as a list: what, when, what it says, who said it, what replaced it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lianfang.acts.in_force import InForce
from lianfang.ledger.models import Subject
from lianfang.web.subject.called import called
from lianfang.web.subject.grid import zone_of
from lianfang.web.subject.happened import Happened, happened, references, shown

SIZE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One fact with the columns it fills."""

    fact: Happened
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class History:
    """A page of them, the newest first; `next` is where the next page begins ("" = this is the last)."""

    lines: tuple[Line, ...]
    next: str
    many: int


def history(force: InForce, row: Subject, records: Sequence[str], as_of: datetime, after: str) -> History:
    """One page of everything recorded."""
    facts = tuple(reversed(happened(force.plan, row.kind, records, as_of)))
    start = int(after) if after.isascii() and after.isdigit() else 0
    page = facts[start : start + SIZE]
    names, zone = called(references(page)), zone_of(force.plan.zone)
    more = str(start + SIZE) if start + SIZE < len(facts) else ""
    return History(tuple(Line(fact, shown(fact, names, zone)) for fact in page), more, len(facts))
