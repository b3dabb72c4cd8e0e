"""From when to when a case could infect others."""

from __future__ import annotations

from lianfang.core.contacts.infectious import Course, Infectious, infectious_time

DAY, ZONE = 86_400, 28_800
NUMBERS = Infectious(days_before_onset=2, days_before_positive=4)
MIDNIGHT = 18_000 * DAY - ZONE


def test_it_begins_at_midnight_so_many_days_before_the_first_symptoms() -> None:
    course = Course("a", onset=MIDNIGHT + 10 * 3600, positive=MIDNIGHT + 3 * DAY, isolated=None)
    assert infectious_time(course, NUMBERS, MIDNIGHT + 5 * DAY, ZONE) == (MIDNIGHT - 2 * DAY, MIDNIGHT + 5 * DAY)


def test_a_case_without_symptoms_counts_from_its_first_positive_sample() -> None:
    course = Course("a", onset=None, positive=MIDNIGHT + 3600, isolated=MIDNIGHT + DAY)
    assert infectious_time(course, NUMBERS, MIDNIGHT + 5 * DAY, ZONE) == (MIDNIGHT - 4 * DAY, MIDNIGHT + DAY)


def test_the_earlier_beginning_counts() -> None:
    course = Course("a", onset=MIDNIGHT + DAY, positive=MIDNIGHT, isolated=None)
    assert infectious_time(course, NUMBERS, MIDNIGHT + DAY, ZONE) == (MIDNIGHT - 4 * DAY, MIDNIGHT + DAY)


def test_who_was_isolated_before_infects_nobody() -> None:
    course = Course("a", onset=MIDNIGHT, positive=None, isolated=MIDNIGHT - 3 * DAY)
    assert infectious_time(course, NUMBERS, MIDNIGHT + DAY, ZONE) is None


def test_without_onset_and_positive_nothing_is_known() -> None:
    assert infectious_time(Course("a", None, None, None), NUMBERS, MIDNIGHT, ZONE) is None
