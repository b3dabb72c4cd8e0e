"""The yardstick's facts: per person one arrival, five tests, fifteen health checks, and more.

1,000,000 persons give 22.2 million facts in 60 days; the same persons and seed give the same bytes.
Times are seconds since 1970 UTC.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from bench.duties import ADMIT, CHECK, DAY, HOUR, SAMPLE, duties
from lianfang.core.city.areas import CHANGING, LEVELS, STEADY, Levels, highest_level, make_levels
from lianfang.core.city.columns import Chosen, Column, Ints, always, facts
from lianfang.core.city.courses import Courses, Habits, keep_dates

START = 1_590_000_000
DAYS = 60
AS_OF = START + DAYS * DAY
KEPT = {ADMIT: Habits(0.96, 0.05), SAMPLE: Habits(0.95, 0.05), CHECK: Habits(0.93, 0.05)}
STEADY_SHARE = 0.15
TESTS_EACH = 5
CHECKS_EACH = 15
POSITIVE = 0.003
TRANSFERRED = 0.97
LOOKBACK = 14 * DAY


def make_facts(persons: int, seed: int = 7) -> Mapping[str, pa.Table]:
    """All facts of the yardstick by kind, each sorted by time."""
    rng = np.random.default_rng(seed)
    levels = make_levels(rng, START, AS_OF)
    arrivals = _somebody(rng, persons, persons)
    steady = rng.random(persons) < STEADY_SHARE
    origin = np.where(steady, rng.integers(CHANGING, CHANGING + STEADY, persons), rng.integers(0, CHANGING, persons))
    contacts, visits = _somebody(rng, persons, persons // 4), _somebody(rng, persons, persons * 3 // 10)
    opened = _opened(levels, arrivals, origin, contacts, visits)
    (admitted, since), sampled = _evidence(rng, opened, ADMIT), _evidence(rng, opened, SAMPLE)
    sites = always("isolation_site", len(admitted))
    return {
        "area_level": _levels_table(levels),
        "arrival": facts({"person": arrivals[0], "at": arrivals[1], "origin": origin}, "at"),
        "contact": facts({"person": contacts[0], "last_exposure": contacts[1]}, "last_exposure"),
        "fever_visit": facts({"person": visits[0], "at": visits[1]}, "at"),
        "placement": facts({"person": admitted, "at": since, "place_kind": sites}, "at"),
        **_tests(rng, persons, sampled),
        "health_check": _checks(rng, persons, _evidence(rng, opened, CHECK)),
    }


def _somebody(rng: np.random.Generator, persons: int, rows: int) -> tuple[Ints, Ints]:
    """Persons and instants, both at random."""
    return rng.integers(0, persons, rows), rng.integers(START, AS_OF, rows)


def _opened(
    levels: Levels, arrivals: tuple[Ints, Ints], origin: Ints, contacts: tuple[Ints, Ints], visits: tuple[Ints, Ints]
) -> Courses:
    """The loops that the plan will open, so that the evidence mostly fits."""
    level = highest_level(levels, origin, arrivals[1] - LOOKBACK, arrivals[1])
    risky = level > 0
    people = np.concatenate([arrivals[0][risky], contacts[0], visits[0]])
    starts = np.concatenate([arrivals[1][risky], contacts[1], visits[1]])
    classes = np.repeat(np.array([3, 4]), [len(contacts[0]), len(visits[0])])
    return Courses(people, starts, np.concatenate([level[risky], classes]))


def _evidence(rng: np.random.Generator, opened: Courses, what: int) -> tuple[Ints, Ints]:
    """(person, time) of what was done about one sort of duty."""
    people, times = [], []
    for cls, duty, _, start, due, until in duties():
        if duty != what:
            continue
        courses = opened.of(cls)
        begin = courses.start
        kept, at = keep_dates(rng, begin + start, begin + due, begin + until, KEPT[what])
        happened = at <= AS_OF
        people.append(courses.person[kept][happened])
        times.append(at[happened])
    return np.concatenate(people), np.concatenate(times)


def _filled(rng: np.random.Generator, persons: int, each: int, given: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    """The given evidence and enough facts at random (mass screening) to make `each` a person."""
    more = _somebody(rng, persons, max(0, persons * each - len(given[0])))
    return np.concatenate([given[0], more[0]]), np.concatenate([given[1], more[1]])


def _tests(rng: np.random.Generator, persons: int, given: tuple[Ints, Ints]) -> dict[str, pa.Table]:
    """Tests with their results, and transfers after positive ones; no two samples of a person at one instant."""
    person, sampled = _filled(rng, persons, TESTS_EACH, given)
    _, first = np.unique(person * (2 * AS_OF) + sampled, return_index=True)
    person, sampled = person[first], sampled[first]
    resulted = sampled + (rng.gamma(4, 3.2, len(sampled)) * HOUR).astype(np.int64)
    positive = rng.random(len(sampled)) < POSITIVE
    moved = np.flatnonzero(positive)
    moved = moved[rng.random(len(moved)) < TRANSFERRED]
    departed = resulted[moved] + (rng.gamma(2, 0.6, len(moved)) * HOUR).astype(np.int64)
    columns: dict[str, Column] = {
        "person": person,
        "sampled_at": sampled,
        "test": always("nucleic_acid", len(person)),
        "resulted_at": resulted,
        "result": Chosen(positive.astype(np.int8), ("negative", "positive")),
    }
    return {
        "test": facts(columns, "sampled_at"),
        "transfer": facts({"person": person[moved], "departed_at": departed}, "departed_at"),
    }


def _checks(rng: np.random.Generator, persons: int, given: tuple[Ints, Ints]) -> pa.Table:
    """Daily health checks with temperature and, rarely, symptoms."""
    person, at = _filled(rng, persons, CHECKS_EACH, given)
    temperature = np.round(36.5 + rng.normal(0, 0.4, len(person)), 1)
    symptoms = rng.random(len(person)) < 0.01
    return facts({"person": person, "at": at, "temperature": temperature, "symptoms": symptoms}, "at")


def _levels_table(levels: Levels) -> pa.Table:
    """Area levels as facts."""
    return facts(
        {"area": levels.area, "from": levels.since, "level": Chosen(levels.level.astype(np.int8), LEVELS)}, "from"
    )
