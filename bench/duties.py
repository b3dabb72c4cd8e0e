"""The numbers of the yardstick plan, for the hand-written SQL and for making facts that mostly fit."""

from __future__ import annotations

from collections.abc import Iterator

HOUR = 3600
DAY = 24 * HOUR
ACCEPTED = 3 * DAY
CLASSES = {  # class: days, days of the first stage, test days, hours until admission
    1: (21, 14, (1, 7, 13), 12),
    2: (28, 21, (1, 4, 7, 14, 20), 12),
    3: (21, 14, (1, 4, 7, 13), 8),
    4: (3, 3, (), 0),
}
ADMIT, SAMPLE, RESULT, CHECK, TRANSFER = 1, 2, 3, 4, 5


def duties() -> Iterator[tuple[int, int, int, int, int, int]]:
    """(class, what, which day, window start, due, end of acceptance) in seconds from the opening."""
    for cls, (days, _, test_days, admitted_within) in CLASSES.items():
        if cls == 4:
            yield cls, SAMPLE, 0, 0, 6 * HOUR, ACCEPTED
            continue
        yield cls, ADMIT, 0, 0, admitted_within * HOUR, ACCEPTED
        for day in test_days:
            yield cls, SAMPLE, day, day * DAY, (day + 1) * DAY, day * DAY + ACCEPTED
        for day in range(days):
            yield cls, CHECK, day, day * DAY, day * DAY + 18 * HOUR, (day + 1) * DAY
