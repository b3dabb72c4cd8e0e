"""What a register is asked for: the filters as they stand in the address, checked; what is not known is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from lianfang.web.plan.earlier import start_of

ONCE = ("after",)
"""What is about one page and not about the list."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of a register; an empty one does not filter. `since` and `until` are days, both included."""

    list: str = ""
    measure: str = ""
    stage: str = ""
    state: str = ""
    status: str = ""
    clause: str = ""
    requirement: str = ""
    under: str = ""
    owner: str = ""
    owner_under: str = ""
    figure: str = ""
    subject: str = ""
    q: str = ""
    since: str = ""
    until: str = ""
    overdue: str = ""
    sort: str = ""
    after: str = ""

    @property
    def query(self) -> str:
        """The filters as they stand in an address, without the page."""
        return urlencode(self.pairs)

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The filters that are set, by name."""
        every = ((field.name, str(getattr(self, field.name))) for field in fields(self))
        return tuple((name, value) for name, value in every if value and name not in ONCE)

    @property
    def everywhere(self) -> str:
        """The address without the clause it is narrowed to."""
        return replace(self, clause="").query

    def begin(self, zone: int) -> datetime | None:
        """The first instant asked for."""
        day = _day(self.since)
        return start_of(day, zone) if day else None

    def end(self, zone: int) -> datetime | None:
        """The first instant no longer asked for."""
        day = _day(self.until)
        return start_of(day + timedelta(days=1), zone) if day else None


def asked(data: Mapping[str, str]) -> Asked:
    """The filters of an address."""
    known = {field.name for field in fields(Asked)}
    given = {name: value.strip() for name, value in data.items() if name in known}
    return Asked(
        **{
            name: value
            for name, value in given.items()
            if len(value) <= (600 if name in ("under", "owner_under", "after") else 160)
        }
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
