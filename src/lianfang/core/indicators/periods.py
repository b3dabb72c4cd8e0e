"""Civil days, ISO weeks and months as labels of columns of instants."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

DAY = 86_400
_EPOCH = date(1970, 1, 1)
_FURTHEST = (date.max - _EPOCH).days


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


LABELS: Mapping[str, Callable[[date], str]] = {
    "day": date.isoformat,
    "week": _week,
    "month": lambda day: f"{day:%Y-%m}",
}


def label_instants(times: npt.NDArray[np.int64], per: str, zone: int) -> npt.NDArray[np.str_]:
    """The period of each instant: `2020-05-25`, `2020-W22` or `2020-05`; empty for instants out of the calendar."""
    days, back = np.unique((times + zone) // DAY, return_inverse=True)
    return np.array([_label(int(d), per) for d in days] or [""], np.str_)[back]


def _label(day: int, per: str) -> str:
    return LABELS[per](_EPOCH + timedelta(days=day)) if 0 <= day <= _FURTHEST else ""
