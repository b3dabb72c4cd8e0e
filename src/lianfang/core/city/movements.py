"""People on the move: who arrives from where, who stayed there, who met a case, who came to a fever clinic."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lianfang.core.city.areas import CHANGING, STEADY, Levels, highest_level
from lianfang.core.city.columns import DAY, HOUR, UNKNOWN, Chosen, Column, Flags, Ints, always, draw, whole
from lianfang.core.city.courses import ABROAD, CONTACT, Courses

ARRIVALS_EACH = 0.6
CONTACTS_EACH = 0.12
VISITS_EACH = 0.3
FROM_ABROAD = 0.03
FROM_STEADY = 0.15
LOOKBACK = 14 * DAY
COUNTIES = ("青岚县", "白芷县", "南篱县", "云杉县", "石榴县", "沙棘县", "风铃县", "月桂县")  # all made up


@dataclass(frozen=True, slots=True)
class Period:
    """The stretch of time in which things happen, in seconds since 1970 UTC; `zone` is the local distance from UTC."""

    start: int
    end: int
    zone: int

    def day(self, at: Ints) -> Ints:
        """First second of the local day."""
        return (at + self.zone) // DAY * DAY - self.zone

    def instants(self, rng: np.random.Generator, rows: int) -> Ints:
        """Instants spread evenly."""
        return rng.integers(self.start, self.end, rows)


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Who came when from which area, or from abroad."""

    person: Ints
    at: Ints
    origin: Ints  # UNKNOWN for arrivals from abroad
    abroad: Flags


def make_arrivals(rng: np.random.Generator, persons: int, period: Period) -> Arrivals:
    """Arrivals over the whole period; a few come from abroad, some from areas that never had a level."""
    rows = int(persons * ARRIVALS_EACH)
    abroad = rng.random(rows) < FROM_ABROAD
    steady = rng.random(rows) < FROM_STEADY
    origin = np.where(steady, rng.integers(CHANGING, CHANGING + STEADY, rows), rng.integers(0, CHANGING, rows))
    person, at = rng.integers(0, persons, rows), period.instants(rng, rows)
    return Arrivals(person, at, np.where(abroad, UNKNOWN, origin), abroad)


def begin_courses(arrivals: Arrivals, levels: Levels, contacts: dict[str, Column]) -> Courses:
    """The courses of observation that arrivals from risk areas or abroad and close contacts begin."""
    home = np.where(arrivals.abroad, 0, arrivals.origin)
    level = highest_level(levels, home, arrivals.at - LOOKBACK, arrivals.at)
    course = np.where(arrivals.abroad, ABROAD, level)
    opening = course > 0
    person, at = whole(contacts, "person"), whole(contacts, "classified_at")
    return Courses(
        np.concatenate([arrivals.person[opening], person]),
        np.concatenate([arrivals.at[opening], at]),
        np.concatenate([course[opening], np.full(len(person), CONTACT, np.int64)]),
    )


def arrival_facts(rng: np.random.Generator, arrivals: Arrivals) -> dict[str, Column]:
    """Arrivals as facts, each with the made-up county it goes to; only those from abroad came through a port."""
    rows = len(arrivals.at)
    port = draw(rng, rows, {"air": 0.8, "sea": 0.2})
    return {
        "person": arrivals.person,
        "at": arrivals.at,
        "origin": arrivals.origin,
        "from_abroad": arrivals.abroad,
        "port_kind": Chosen(np.where(arrivals.abroad, port.codes, np.int8(-1)), port.words),
        "planned_entry": np.where(arrivals.abroad, arrivals.at, UNKNOWN),
        "county": draw(rng, rows, dict.fromkeys(COUNTIES, 1 / len(COUNTIES))),
    }


def make_trip_reports(rng: np.random.Generator, arrivals: Arrivals) -> dict[str, Column]:
    """Advance reports of arrivals from abroad, most of them three days ahead; a tenth never reports."""
    filed = np.flatnonzero(arrivals.abroad & (rng.random(len(arrivals.at)) < 0.9))
    entry = arrivals.at[filed]
    ahead = rng.integers(HOUR, 9 * DAY, len(filed))
    return {"person": arrivals.person[filed], "at": entry - ahead, "planned_entry": entry}


def make_contacts(rng: np.random.Generator, persons: int, period: Period) -> dict[str, Column]:
    """Close and secondary contacts of cases, found hours to days after the last exposure."""
    rows = int(persons * CONTACTS_EACH)
    exposed = period.instants(rng, rows)
    found = exposed + (rng.gamma(2, 9, rows) * HOUR).astype(np.int64)
    person = rng.integers(0, persons, rows)
    others = max(persons - 1, 1)
    return {
        "person": person,
        "of_case": (person + 1 + rng.integers(0, others, rows)) % persons,  # somebody else
        "contact_class": draw(rng, rows, {"close": 0.7, "secondary": 0.2, "general": 0.1}),
        "last_exposure": exposed,
        "classified_at": found,
    }


def make_stays(rng: np.random.Generator, arrivals: Arrivals) -> dict[str, Column]:
    """Where arrivals from inside the country had been: their area of origin, up to the day of travel."""
    inside = np.flatnonzero(~arrivals.abroad)
    left = arrivals.at[inside] - rng.integers(1, 10, len(inside)) * HOUR
    return {
        "person": arrivals.person[inside],
        "area": arrivals.origin[inside],
        "from": left - rng.integers(1, 40, len(inside)) * DAY,
        "left_on": left,
    }


def make_visits(rng: np.random.Generator, persons: int, period: Period) -> dict[str, Column]:
    """Visits to fever clinics."""
    rows = int(persons * VISITS_EACH)
    return {
        "person": rng.integers(0, persons, rows),
        "at": period.instants(rng, rows),
    }


def make_registrations(rng: np.random.Generator, arrivals: Arrivals) -> dict[str, Column]:
    """Registration in the community within hours of arrival; one in twenty is never registered."""
    found = np.flatnonzero(rng.random(len(arrivals.at)) < 0.95)
    at = arrivals.at[found] + (rng.gamma(2, 5, len(found)) * HOUR).astype(np.int64)
    return {"person": arrivals.person[found], "at": at, "source": always("self_report", len(found))}
