"""The made-up city as a whole: from a number of persons and a seed to facts of every kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pyarrow as pa

from lianfang.core.city.areas import CHANGING, LEVELS, Levels, make_levels
from lianfang.core.city.cases import (
    before_positive,
    first_positives,
    known_by_person,
    make_admissions,
    make_cures,
    make_diagnoses,
    make_pickups,
    make_transfers,
)
from lianfang.core.city.columns import DAY, UNKNOWN, Chosen, Column, Ints, facts, rows_of, stacked, whole
from lianfang.core.city.courses import CONTACT, Courses
from lianfang.core.city.knowledge import corrected, recorded
from lianfang.core.city.movements import (
    Period,
    arrival_facts,
    begin_courses,
    make_arrivals,
    make_contacts,
    make_registrations,
    make_stays,
    make_trip_reports,
    make_visits,
)
from lianfang.core.city.watching import (
    make_checks,
    make_clearances,
    make_codes,
    make_home_checks,
    make_orders,
    make_placements,
    make_tests,
)

START = 1_590_163_200  # 2020-05-23T00:00+08:00
DAYS = 60
ZONE = 28_800
TOPICS = 20


def make_city(
    persons: int, seed: int, start: int = START, days: int = DAYS, zone: int = ZONE
) -> Mapping[str, pa.Table]:
    """Facts of a made-up city: kind of fact to a table sorted by the fact's own time.

    `persons` is how many people there are (their references are 0 to persons - 1), `start` the first instant in seconds
    since 1970 UTC, `days` how long people arrive and are watched, `zone` the city's seconds east of UTC. Times are
    int64 seconds, references int64 numbers, choices dictionaries of words. The same arguments give the same facts.
    """
    if persons < 1 or days < 1:
        raise ValueError(f"persons 和 days 至少为 1，实为 {persons}、{days} / persons and days must be at least 1")
    period = Period(start, start + days * DAY, zone)
    return {kind: facts(columns, time) for kind, time, columns in _topics(persons, seed, period)}


def _topics(persons: int, seed: int, period: Period) -> Iterator[tuple[str, str, dict[str, Column]]]:
    """(kind, time column, columns) one kind after the other; each topic has its own source of randomness."""
    rngs = iter([np.random.default_rng([seed, topic]) for topic in range(TOPICS)])
    levels = make_levels(next(rngs), period.start, period.end)
    yield "area_level", "from", _levels(next(rngs), levels)
    arrivals = make_arrivals(next(rngs), persons, period)
    contacts = make_contacts(next(rngs), persons, period)
    courses = begin_courses(arrivals, levels, contacts)
    rng = next(rngs)
    yield "arrival", "at", corrected(rng, recorded(rng, arrival_facts(rng, arrivals), "at"), 0.005, _other_origin)
    yield "trip_report", "at", make_trip_reports(next(rngs), arrivals)
    yield "contact", "last_exposure", recorded(next(rngs), contacts, "classified_at")
    yield "stay", "from", recorded(next(rngs), make_stays(next(rngs), arrivals), "left_on")
    yield "fever_visit", "at", make_visits(next(rngs), persons, period)
    yield "registration", "at", make_registrations(next(rngs), arrivals)
    yield from _watched(persons, courses, period, [next(rngs) for _ in range(4)])


def _watched(
    persons: int, courses: Courses, period: Period, rngs: list[np.random.Generator]
) -> Iterator[tuple[str, str, dict[str, Column]]]:
    """What was done about people under observation and about those found positive."""
    rng, sick, care, papers = rngs
    tests = make_tests(rng, persons, courses, period)
    people, known = first_positives(tests)
    over = known_by_person(persons, people, known)
    tests = _happened(before_positive(tests, "sampled_at", over, 0), "sampled_at", period)
    yield "test", "sampled_at", corrected(rng, recorded(rng, tests, "sampled_at"), 0.002, _other_result)
    checks = _happened(before_positive(make_checks(care, persons, courses, period), "at", over, 0), "at", period)
    yield "health_check", "at", recorded(care, checks, "at")
    yield "clearance", "at", _happened(make_clearances(care, checks), "at", period)
    transfers = make_transfers(sick, people, known)
    placed = before_positive(make_placements(care, courses), "at", over, 0)
    placed = stacked([placed, make_admissions(sick, transfers)])
    yield "placement", "at", _happened(placed, "at", period)
    yield "transfer", "departed_at", _happened(transfers, "departed_at", period)
    diagnoses = make_diagnoses(sick, people, known)
    cures = make_cures(sick, diagnoses)
    yield "diagnosis", "at", _happened(diagnoses, "at", period)
    yield "cure", "at", _happened(cures, "at", period)
    yield "pickup", "at", _happened(make_pickups(sick, cures), "at", period)
    yield from _papers(papers, courses, period)


def _papers(rng: np.random.Generator, courses: Courses, period: Period) -> Iterator[tuple[str, str, dict[str, Column]]]:
    """Orders, looks at homes and health codes."""
    yield "order", "at", _happened(make_orders(rng, courses), "at", period)
    inside = courses.rows(courses.course != CONTACT)
    yield "home_check", "at", _happened(make_home_checks(rng, inside), "at", period)
    yield "health_code", "at", _happened(make_codes(rng, courses), "at", period)


def _happened(columns: dict[str, Column], time: str, period: Period) -> dict[str, Column]:
    """Only what lies before the end of the period."""
    return rows_of(columns, whole(columns, time) < period.end)


def _levels(rng: np.random.Generator, levels: Levels) -> dict[str, Column]:
    """Area levels as facts; one in a hundred was wrong at first and corrected."""
    columns: dict[str, Column] = {
        "area": levels.area,
        "from": levels.since,
        "level": Chosen(levels.level.astype(np.int8), LEVELS),
    }
    return corrected(rng, recorded(rng, columns, "from"), 0.01, _other_level)


def _other_origin(rng: np.random.Generator, columns: dict[str, Column]) -> dict[str, Column]:
    """The arrival came from another area than first written down."""
    origin = whole(columns, "origin")
    other: Ints = rng.integers(0, CHANGING, len(origin))
    return {**columns, "origin": np.where(origin == UNKNOWN, UNKNOWN, other)}


def _other_result(rng: np.random.Generator, columns: dict[str, Column]) -> dict[str, Column]:
    """The result was mistyped: it is negative after all."""
    result = columns["result"]
    if not isinstance(result, Chosen):
        raise ValueError("result is not a choice column")
    codes = np.where(result.codes < 0, result.codes, np.int8(result.words.index("negative")))
    return {**columns, "result": Chosen(codes.astype(np.int8), result.words)}


def _other_level(rng: np.random.Generator, columns: dict[str, Column]) -> dict[str, Column]:
    """The level was one of the others."""
    codes = rng.integers(0, len(LEVELS), len(whole(columns, "from"))).astype(np.int8)
    return {**columns, "level": Chosen(codes, LEVELS)}
