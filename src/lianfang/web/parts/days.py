"""The day slider: one column a day with how much was overdue, the chosen day, the days before and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

HIGH = 46.0
"""Height of the tallest column, in the units of the drawing (78 high)."""


@dataclass(frozen=True)
class Column:
    """One day of the slider, ready to draw; x and width in percent."""

    on: date
    value: int
    x: float
    width: float
    y: float
    height: float
    chosen: bool
    labelled: bool

    @property
    def middle(self) -> float:
        """Where the number above the column stands, in percent."""
        return round(self.x + self.width / 2, 2)


@dataclass(frozen=True)
class Dayline:
    """The slider of one page: `title` says what is counted; days are addressed by `?as_of=YYYY-MM-DD`."""

    title: str
    columns: tuple[Column, ...]
    chosen: date
    today: date

    @property
    def before(self) -> date | None:
        """The day before the chosen one, if the slider reaches it."""
        return self.chosen - timedelta(days=1) if self.chosen > self.columns[0].on else None

    @property
    def after(self) -> date | None:
        """The day after the chosen one, if it has come."""
        return self.chosen + timedelta(days=1) if self.chosen < self.today else None

    @property
    def place(self) -> int:
        """Which column is chosen, counted from 0."""
        return (self.chosen - self.columns[0].on).days


def dayline(title: str, history: tuple[tuple[date, int], ...], chosen: date) -> Dayline:
    """The slider of a history: consecutive days, the last one today. An empty history is refused with ValueError."""
    if not history:
        raise ValueError("时间条至少要有一天。 A day slider needs at least one day.")
    values = [value for _, value in history]
    most, peak, step = max(1, *values), values.index(max(values)), 100 / len(history)
    columns = []
    for index, (on, value) in enumerate(history):
        high = round(HIGH * value / most, 1)
        columns.append(
            Column(
                on=on,
                value=value,
                x=round(index * step + step * 0.2, 2),
                width=round(step * 0.6, 2),
                y=round(70 - high, 1),
                height=high,
                chosen=on == chosen,
                labelled=on == chosen or (index == peak and abs((on - chosen).days) > 1),
            )
        )
    return Dayline(title, tuple(columns), chosen, history[-1][0])
