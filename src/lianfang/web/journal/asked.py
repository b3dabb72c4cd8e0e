"""What the auditor asks the journal: by whom, which act, about what, on which days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils import timezone

from lianfang.core.access import acts
from lianfang.ledger.models import JournalEntry

LONGEST = 160
LOOKING = "looking"
"""A filter of its own: only lines that say somebody looked at a record."""
VIEWS = ("see_subject", acts.UNMASK, acts.SEE_ADDRESS, "see_own")


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters; an empty one does not filter. Days are both included; `after`: the last line of the page before."""

    account: str = ""
    act: str = ""
    about: str = ""
    since: str = ""
    until: str = ""
    after: str = ""

    @property
    def query(self) -> str:
        """The filters as they stand in an address, without the page."""
        return urlencode({name: value for name, value in self.pairs if name != "after"})

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The filters that are set."""
        names = ("account", "act", "about", "since", "until", "after")
        return tuple((name, str(getattr(self, name))) for name in names if getattr(self, name))

    def choose(self, rows: QuerySet[JournalEntry]) -> QuerySet[JournalEntry]:
        """The lines asked for, the newest first."""
        rows = rows.filter(account=self.account) if self.account else rows
        if self.act == LOOKING:
            rows = rows.filter(act__in=VIEWS)
        elif self.act:
            rows = rows.filter(act=self.act)
        rows = rows.filter(about=self.about) if self.about else rows
        begin, end = _start(self.since), _start(self.until)
        rows = rows.filter(at__gte=begin) if begin else rows
        rows = rows.filter(at__lt=end + timedelta(days=1)) if end else rows
        return rows.filter(no__lt=int(self.after)) if self.after.isdigit() else rows


def asked(data: Mapping[str, str]) -> Asked:
    """The filters of an address."""
    names = ("account", "act", "about", "since", "until", "after")
    return Asked(**{name: data.get(name, "").strip()[:LONGEST] for name in names})


def _start(text: str) -> datetime | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return datetime(day.year, day.month, day.day, tzinfo=timezone.get_current_timezone())
