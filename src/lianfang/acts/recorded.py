"""What an act that records facts answers; kept as it was when the same thing is sent twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from lianfang.acts.write_facts import Written


@dataclass(frozen=True, slots=True)
class Trouble:
    """One of many facts that was refused: its place among them (from 0), and why."""

    place: int
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """Ids of the facts; numbers of the loops they opened, closed and released; what was refused; the job, if any."""

    facts: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    released: tuple[str, ...] = ()
    refused: tuple[Trouble, ...] = ()
    job: int | None = None

    def plain(self) -> dict[str, Any]:
        """As JSON values."""
        return asdict(self)

    @staticmethod
    def again(plain: Mapping[str, Any]) -> Recorded:
        """From JSON values."""
        lists = {name: tuple(plain.get(name, ())) for name in ("facts", "opened", "closed", "released")}
        return Recorded(**lists, refused=tuple(Trouble(**t) for t in plain.get("refused", ())), job=plain.get("job"))


def recorded(written: Written, refused: tuple[Trouble, ...] = ()) -> Recorded:
    """The answer for facts that were written."""
    changes = written.changes
    return Recorded(
        written.facts,
        tuple(change.loop for change in changes.opened),
        tuple(change.loop for change in changes.closed),
        tuple(change.loop for change in changes.released),
        refused,
        written.job,
    )
