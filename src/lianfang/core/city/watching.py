"""What is done about people under observation: tests, daily checks, placements, orders, clearances, health codes."""

from __future__ import annotations

import numpy as np

from lianfang.core.city.columns import DAY, HOUR, UNKNOWN, Chosen, Column, Ints, always, draw, marked, rows_of, whole
from lianfang.core.city.courses import (
    CENTRAL_DAYS,
    TEST_DAYS,
    TOTAL_DAYS,
    Courses,
    Habits,
    daily,
    keep_dates,
)
from lianfang.core.city.movements import Period

SAMPLES = Habits(kept=0.95, late=0.05)
CHECKS = Habits(kept=0.95, late=0.05)
TESTS_EACH = 4
CHECKS_EACH = 2
SYMPTOMS = 0.01
RESULTS = {"negative": 0.992, "positive": 0.003, "invalid": 0.005}
NEVER_RESULTED = 0.01
NOWHERE = 200  # places 0..199 are isolation sites, 200..219 hospitals


def make_tests(rng: np.random.Generator, persons: int, courses: Courses, period: Period) -> dict[str, Column]:
    """Samples on the days of each course, then screening of anybody, with the times of sampling and result."""
    people, times, purposes = [], [], []
    for course, days in TEST_DAYS.items():
        chosen = courses.of(course)
        for number in days:
            begin = np.maximum(period.day(chosen.start) + (number - 1) * DAY + 8 * HOUR, chosen.start)
            due = np.maximum(period.day(chosen.start) + number * DAY - 3 * HOUR, begin + HOUR)
            kept, at = keep_dates(rng, begin, due, due + 2 * DAY, SAMPLES)
            people.append(chosen.person[kept])
            times.append(at)
            purposes.append(np.zeros(len(at), np.int8))
    more = max(0, persons * TESTS_EACH - sum(map(len, people)))
    people.append(rng.integers(0, persons, more))
    times.append(period.instants(rng, more))
    purposes.append(np.ones(more, np.int8))
    return _with_results(rng, np.concatenate(people), np.concatenate(times), np.concatenate(purposes), period)


def _with_results(
    rng: np.random.Generator, person: Ints, sampled: Ints, purpose: np.ndarray, period: Period
) -> dict[str, Column]:
    """Results some hours after sampling, one in twenty beyond a day; a few never come."""
    rows = len(person)
    wait = rng.gamma(4, 3.0, rows) + np.where(rng.random(rows) < 0.01, 24.0, 0.0)
    resulted = sampled + (wait * HOUR).astype(np.int64)
    lost = rng.random(rows) < NEVER_RESULTED
    drawn = draw(rng, rows, RESULTS)
    result = Chosen(np.where(lost, np.int8(-1), drawn.codes), drawn.words)
    return {
        "person": person,
        "test": draw(rng, rows, {"nucleic_acid": 0.97, "antibody": 0.03}),
        "sampled_at": sampled,
        "resulted_at": np.where(lost, UNKNOWN, resulted),
        "result": result,
        "purpose": Chosen(purpose, ("control", "screening")),
    }


def make_checks(rng: np.random.Generator, persons: int, courses: Courses, period: Period) -> dict[str, Column]:
    """A health check for every day of every course, mostly before 18:00, and some of anybody; 1 % show symptoms."""
    people, times = [], []
    for course, days in TOTAL_DAYS.items():
        chosen = courses.of(course)
        floored = Courses(chosen.person, period.day(chosen.start), chosen.course)
        person, day = daily(floored, days)
        begin = np.maximum(day + 7 * HOUR, np.repeat(chosen.start, days) * (day == np.repeat(floored.start, days)))
        due = np.maximum(day + 18 * HOUR, begin + HOUR)
        kept, at = keep_dates(rng, begin, due, np.maximum(day + DAY - 1, due), CHECKS)
        people.append(person[kept])
        times.append(at)
    more = persons * CHECKS_EACH
    people.append(rng.integers(0, persons, more))
    times.append(period.instants(rng, more))
    person = np.concatenate(people)
    ill = rng.random(len(person)) < SYMPTOMS
    temperature = np.round(36.5 + rng.normal(0, 0.3, len(person)) + ill * rng.gamma(2, 0.5, len(person)), 1)
    return {
        "person": person,
        "at": np.concatenate(times),
        "temperature": np.clip(temperature, 35.0, 42.0),
        "symptoms": ill,
    }


def make_clearances(rng: np.random.Generator, checks: dict[str, Column]) -> dict[str, Column]:
    """Medical clearance some hours to days after symptoms; a tenth is still waiting."""
    ill = np.flatnonzero(marked(checks, "symptoms"))
    chosen = rows_of(checks, ill[rng.random(len(ill)) < 0.9])
    seen = whole(chosen, "at")
    return {"person": chosen["person"], "at": seen + (rng.gamma(2, 10, len(seen)) * HOUR).astype(np.int64)}


def make_placements(rng: np.random.Generator, courses: Courses) -> dict[str, Column]:
    """Admission to an isolation site soon after the opening, to the home after the central days; some are missing."""
    early, late = HOUR, 12 * HOUR
    site, first = keep_dates(rng, courses.start, courses.start + late, courses.start + 3 * DAY, Habits(0.96, 0.05))
    home = courses.start + courses.days(CENTRAL_DAYS) * DAY
    back, second = keep_dates(rng, home + early, home + late, home + 2 * DAY, Habits(0.93, 0.05))
    rows, kinds = len(site), np.repeat(np.array([0, 1], np.int8), [len(site), len(back)])
    place = np.concatenate([rng.integers(0, NOWHERE, rows), np.full(len(back), UNKNOWN)])
    return {
        "person": np.concatenate([courses.person[site], courses.person[back]]),
        "at": np.concatenate([first, second]),
        "place_kind": Chosen(kinds, ("isolation_site", "home", "designated_hospital")),
        "place": place,
    }


def make_orders(rng: np.random.Generator, courses: Courses) -> dict[str, Column]:
    """Isolation orders on the day of opening: most over 14 days, some over other terms."""
    kept = np.flatnonzero(rng.random(len(courses.start)) < 0.5)
    days = rng.choice(np.array([7, 14, 14, 14, 21]), len(kept))
    at = courses.start[kept] + rng.integers(0, 6 * HOUR, len(kept))
    return {
        "person": courses.person[kept],
        "at": at,
        "kind_of_order": always("central_isolation", len(kept)),
        "isolation_days": days.astype(np.int64),
    }


def make_home_checks(rng: np.random.Generator, courses: Courses) -> dict[str, Column]:
    """Whether the home is fit for the home days, looked at before the central days end."""
    kept = np.flatnonzero(rng.random(len(courses.start)) < 0.9)
    before = rng.integers(6, 72, len(kept)) * HOUR
    at = courses.start[kept] + courses.rows(kept).days(CENTRAL_DAYS) * DAY - before
    return {"person": courses.person[kept], "at": at, "suitable": rng.random(len(kept)) < 0.93}


def make_codes(rng: np.random.Generator, courses: Courses) -> dict[str, Column]:
    """Health codes: yellow or red from the opening on, green again after the last day of most courses."""
    rows = len(courses.start)
    green = np.flatnonzero(rng.random(rows) < 0.9)
    ends = courses.start[green] + courses.rows(green).days(TOTAL_DAYS) * DAY + rng.integers(0, DAY, len(green))
    colour = draw(rng, rows, {"yellow": 0.6, "red": 0.4})
    return {
        "person": np.concatenate([courses.person, courses.person[green]]),
        "at": np.concatenate([courses.start + HOUR, ends]),
        "colour": Chosen(
            np.concatenate([colour.codes + np.int8(1), np.zeros(len(green), np.int8)]), ("green", *colour.words)
        ),
        "scheme": always("local", rows + len(green)),
    }
