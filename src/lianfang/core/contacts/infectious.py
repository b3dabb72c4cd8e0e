"""From when to when a case could infect others, by the numbers of a plan."""

from __future__ import annotations

from dataclasses import dataclass

from lianfang.core.days.civil import DAY


@dataclass(frozen=True, slots=True)
class Infectious:
    """A plan's numbers: days before the first symptoms, days before the first positive sample of a case without any."""

    days_before_onset: int
    days_before_positive: int


@dataclass(frozen=True, slots=True)
class Course:
    """What is known of a case, in seconds since 1970 UTC; None: not known, did not happen."""

    case: str
    onset: int | None
    positive: int | None
    isolated: int | None


def infectious_time(course: Course, numbers: Infectious, as_of: int, zone: int) -> tuple[int, int] | None:
    """From the local midnight so many days before onset, or before the first positive sample, until isolation or now.

    The earlier of the two beginnings counts. None: neither onset nor positive is known, or it is isolated before.
    """
    begins = [
        (instant + zone) // DAY * DAY - zone - days * DAY
        for instant, days in (
            (course.onset, numbers.days_before_onset),
            (course.positive, numbers.days_before_positive),
        )
        if instant is not None
    ]
    end = as_of if course.isolated is None else min(course.isolated, as_of)
    return (min(begins), end) if begins and min(begins) < end else None
