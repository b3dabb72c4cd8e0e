"""One figure with what it was counted from and who is missing."""

from __future__ import annotations

from dataclasses import dataclass

from lianfang.core.language.plan import Target


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing counted in the total and not done: whose, which requirement, in which status."""

    subject: str
    measure: str
    requirement: str
    occurrence: int
    status: str


@dataclass(frozen=True, slots=True)
class Period:
    """The figure of one day (`2020-05-25`), ISO week (`2020-W22`), month (`2020-05`) or column value."""

    period: str
    met: int
    total: int
    percent: float | None
    value: float | None
    need: float | None = None
    held: float | None = None
    gap: float | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """How many of how many, in percent with one decimal (half up), or a value taken over facts.

    `excused` obligations (waived, cancelled, superseded) count neither as met nor in the total. `misses` lists at most
    MOST_MISSES; `missed` is their full number. With named figures: `parts` are their values, `gap` is what `held` lacks
    of `need`, and `met` of `total` groups lack nothing. `target_met` is None without target or anything to count.
    """

    indicator: str
    met: int
    total: int
    percent: float | None
    value: float | None
    target: Target | None
    target_met: bool | None
    excused: int = 0
    missed: int = 0
    misses: tuple[Miss, ...] = ()
    periods: tuple[Period, ...] = ()
    need: float | None = None
    held: float | None = None
    gap: float | None = None
    parts: tuple[tuple[str, float | None], ...] = ()


MOST_MISSES = 1_000


def percent(met: int, total: int) -> float | None:
    """A share in percent with one decimal, half up; nothing to count gives None.

    >>> percent(39, 40), percent(1, 16), percent(0, 0)
    (97.5, 6.3, None)
    """
    return None if total == 0 else (2_000 * met + total) // (2 * total) / 10


def within(target: Target | None, amount: float | None) -> bool | None:
    """Whether an amount keeps to the target."""
    if target is None or amount is None:
        return None
    return (target.at_least is None or amount >= target.at_least) and (
        target.at_most is None or amount <= target.at_most
    )
