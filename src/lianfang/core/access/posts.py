"""Who holds which post now, and whose deputy acts because the holder is away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Holding:
    """An account holds a post from `since` until before `until` (seconds since 1970 UTC; None: no end is set)."""

    post: str
    account: str
    since: int
    until: int | None = None
    deputy: bool = False


@dataclass(frozen=True, slots=True)
class Absence:
    """The holder of a post is away from `since` until before `until`."""

    post: str
    since: int
    until: int | None = None


def held_posts(
    holdings: Sequence[Holding], account: str, now: int, absences: Iterable[Absence] = ()
) -> tuple[Holding, ...]:
    """The posts an account acts in now: those it holds, and those it deputises for while the holder is away.

    A post nobody holds now counts as away, so that its deputy acts until a new holder is appointed. A holder who is
    away keeps the post and may still act; the journal shows who did.
    """
    away = {absence.post for absence in absences if _covers(absence.since, absence.until, now)}
    held = {holding.post for holding in holdings if not holding.deputy and _holds(holding, now)}
    return tuple(
        holding
        for holding in holdings
        if holding.account == account
        and _holds(holding, now)
        and (not holding.deputy or holding.post in away or holding.post not in held)
    )


def _holds(holding: Holding, now: int) -> bool:
    return _covers(holding.since, holding.until, now)


def _covers(since: int, until: int | None, now: int) -> bool:
    return since <= now and (until is None or now < until)
