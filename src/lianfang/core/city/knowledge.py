"""When facts were learned and which were corrected: `id`, `recorded_at` and `corrects` for the facts of one kind."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from lianfang.core.city.columns import DAY, UNKNOWN, Column, rows_of, stacked, whole

PROMPT_MINUTES = 240
LATE_SHARE = 0.02
LATE_DAYS = (1, 12)

Change = Callable[[np.random.Generator, dict[str, Column]], dict[str, Column]]


def recorded(rng: np.random.Generator, columns: dict[str, Column], learned: str) -> dict[str, Column]:
    """Facts with the instant at which they were written down: within hours of `learned`, one in fifty days later."""
    known = whole(columns, learned)
    rows = len(known)
    delay = rng.integers(1, PROMPT_MINUTES, rows) * 60
    late = rng.random(rows) < LATE_SHARE
    delay += late * rng.integers(LATE_DAYS[0] * DAY, LATE_DAYS[1] * DAY, rows)
    return {**columns, "recorded_at": np.where(known == UNKNOWN, UNKNOWN, known + delay)}


def corrected(rng: np.random.Generator, columns: dict[str, Column], share: float, change: Change) -> dict[str, Column]:
    """Facts with numbers, and for a share of them a second fact that replaces the first, recorded days later."""
    rows = len(whole(columns, "recorded_at"))
    first = np.flatnonzero((rng.random(rows) < share) & (whole(columns, "recorded_at") != UNKNOWN))
    numbered: dict[str, Column] = {
        "id": np.arange(rows, dtype=np.int64),
        **columns,
        "corrects": np.full(rows, UNKNOWN),
    }
    second = rows_of(numbered, first)
    second["id"] = rows + np.arange(len(first), dtype=np.int64)
    second["corrects"] = first.astype(np.int64)
    second["recorded_at"] = whole(second, "recorded_at") + rng.integers(DAY // 4, 6 * DAY, len(first))
    return stacked([numbered, change(rng, second)])
