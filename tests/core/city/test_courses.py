"""How dates are kept: on time, late or not at all, and never before the window opens."""

from __future__ import annotations

import numpy as np

from lianfang.core.city.courses import CONTACT, HIGH, TOTAL_DAYS, Courses, Habits, daily, keep_dates

MANY = 20_000


def kept_dates(habits: Habits) -> tuple[np.ndarray, np.ndarray]:
    """Dates of equal windows 100..200, late until 300."""
    begin = np.full(MANY, 100)
    return keep_dates(np.random.default_rng(3), begin, begin + 100, begin + 200, habits)


def test_as_many_dates_are_kept_as_the_habits_say() -> None:
    rows, at = kept_dates(Habits(kept=0.9, late=0.05))
    assert abs(len(rows) / MANY - 0.9) < 0.01
    assert abs((at > 200).mean() - 0.05) < 0.01


def test_no_date_is_kept_before_its_window_or_after_its_end() -> None:
    _, at = kept_dates(Habits(kept=1.0, late=0.5))
    assert at.min() >= 100
    assert at.max() < 300


def test_people_without_late_habits_are_never_late() -> None:
    _, at = kept_dates(Habits(kept=1.0, late=0.0))
    assert at.max() < 200


def test_a_course_has_a_check_for_each_of_its_days() -> None:
    courses = Courses(np.array([4, 9]), np.array([0, 1000]), np.array([CONTACT, HIGH]))
    person, day = daily(courses, 3)
    assert person.tolist() == [4, 4, 4, 9, 9, 9]
    assert day.tolist() == [0, 86400, 172800, 1000, 87400, 173800]


def test_each_class_of_course_has_its_own_days() -> None:
    courses = Courses(np.array([4, 9]), np.array([0, 0]), np.array([CONTACT, HIGH]))
    assert courses.days(TOTAL_DAYS).tolist() == [TOTAL_DAYS[CONTACT], TOTAL_DAYS[HIGH]]
