"""What follows a positive result: transfer, diagnosis, hospital, cure and the way home."""

from __future__ import annotations

import numpy as np

from lianfang.core.city.columns import DAY, HOUR, Chosen, Column, Ints, draw, is_word, rows_of, whole

TRANSFERRED = 0.97
HOSPITALS = (200, 220)


def first_positives(tests: dict[str, Column]) -> tuple[Ints, Ints]:
    """(person, when it was known) of each person's first positive result."""
    known, person = whole(tests, "resulted_at"), whole(tests, "person")
    rows = np.flatnonzero(is_word(tests, "result", "positive"))
    order = rows[np.argsort(known[rows], kind="stable")]
    people, first = np.unique(person[order], return_index=True)
    return people, known[order][first]


def known_by_person(persons: int, people: Ints, known: Ints) -> Ints:
    """For every person the instant of the first positive result; the far future for all others."""
    at = np.full(persons, np.iinfo(np.int64).max // 2)
    at[people] = known
    return at


def before_positive(columns: dict[str, Column], time: str, positive_at: Ints, grace: int) -> dict[str, Column]:
    """Only what happened before somebody was positive (and `grace` seconds longer): then the course is over."""
    return rows_of(columns, whole(columns, time) <= positive_at[whole(columns, "person")] + grace)


def make_transfers(rng: np.random.Generator, people: Ints, known: Ints) -> dict[str, Column]:
    """Transfers to a hospital, most within two hours of the result; three in a hundred are missing."""
    kept = np.flatnonzero(rng.random(len(people)) < TRANSFERRED)
    departed = known[kept] + (rng.gamma(2, 0.6, len(kept)) * HOUR).astype(np.int64)
    return {
        "person": people[kept],
        "departed_at": departed,
        "to_kind": Chosen(np.zeros(len(kept), np.int8), ("designated_hospital",)),
        "to_place": rng.integers(*HOSPITALS, len(kept)),
    }


def make_admissions(rng: np.random.Generator, transfers: dict[str, Column]) -> dict[str, Column]:
    """Admission at the hospital the transfer went to."""
    departed = whole(transfers, "departed_at")
    return {
        "person": transfers["person"],
        "at": departed + rng.integers(20, 240, len(departed)) * 60,
        "place_kind": Chosen(np.full(len(departed), 2, np.int8), ("isolation_site", "home", "designated_hospital")),
        "place": transfers["to_place"],
    }


def make_diagnoses(rng: np.random.Generator, people: Ints, known: Ints) -> dict[str, Column]:
    """Confirmed or without symptoms, hours after the result."""
    return {
        "person": people,
        "at": known + rng.integers(1, 24, len(people)) * HOUR,
        "case_class": draw(rng, len(people), {"confirmed": 0.6, "asymptomatic": 0.4}),
    }


def make_cures(rng: np.random.Generator, diagnoses: dict[str, Column]) -> dict[str, Column]:
    """Cured or released from medical observation after ten to thirty days; one in fifty is not."""
    person, at = whole(diagnoses, "person"), whole(diagnoses, "at")
    kept = np.flatnonzero(rng.random(len(person)) < 0.98)
    cured = at[kept] + rng.integers(10 * DAY, 30 * DAY, len(kept))
    return {"person": person[kept], "at": cured}


def make_pickups(rng: np.random.Generator, cures: dict[str, Column]) -> dict[str, Column]:
    """Fetched from the hospital, most on the same day."""
    person, at = whole(cures, "person"), whole(cures, "at")
    kept = np.flatnonzero(rng.random(len(person)) < 0.95)
    return {"person": person[kept], "at": at[kept] + rng.integers(1, 30, len(kept)) * HOUR}
