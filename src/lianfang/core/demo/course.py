"""The course of an outbreak in its second week: who came, who met whom, who fell ill, and which areas rose in risk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from lianfang.core.days.civil import DAY
from lianfang.core.demo.residents import Resident
from lianfang.core.demo.told import Told

HOUR = 3_600
FIRST_CASE = 12
"""The first positive result was reported so many days ago."""
ORIGINS = (("A-远山", "远山区", "high", 26), ("A-临海", "临海区", "medium", 21), ("A-北原", "北原区", "low", 40))
SHARES = {"A-远山": 0.2, "A-临海": 0.3, "A-北原": 0.5}
DAILY_CASES = (1, 1, 2, 4, 5, 6, 8, 7, 6, 5, 3, 3)
CONTACTS_EACH = 14


@dataclass(frozen=True, slots=True)
class Size:
    """How many people are under management, by what brought them there."""

    arrivals: int
    abroad: int
    staff: int
    codes: int


@dataclass(frozen=True, slots=True)
class Setting:
    """What the course happens to: residents in random order, the instant it ends, the towns' villages, staff sites."""

    people: Sequence[Resident]
    now: int
    zone: int
    villages: Sequence[str]
    sites: Sequence[tuple[str, str]]  # (unit, trade)


def size_for(managed: int) -> Size:
    """About so many people under management, contacts of the cases included."""
    left = max(0, managed - sum(DAILY_CASES) * (CONTACTS_EACH + 1))
    return Size(int(left * 0.62), int(left * 0.06), int(left * 0.24), int(left * 0.08))


def make_course(rng: np.random.Generator, setting: Setting, size: Size) -> list[Told]:
    """Everything that happened to people and areas, not yet what was done about it."""
    people = iter(setting.people)
    told = [*_areas(setting)]
    told += _cases(rng, setting, people)
    told += [_arrival(rng, setting, next(people)) for _ in range(size.arrivals)]
    told += [_from_abroad(rng, setting, next(people)) for _ in range(size.abroad)]
    told += [_member(rng, setting, next(people), i) for i in range(size.staff)]
    told += [_code(rng, setting, next(people)) for _ in range(size.codes)]
    return told


def midnight(setting: Setting, days_ago: int) -> int:
    """The first instant of the local day so many days before the end."""
    return (setting.now + setting.zone) // DAY * DAY - setting.zone - days_ago * DAY


def _areas(setting: Setting) -> Iterator[Told]:
    for area, name, level, days in ORIGINS:
        at = midnight(setting, days)
        yield Told("area", area, at, {"name": name, "layer": "county"})
        yield Told("area_level", area, at, {"level": level, "source": "公开通报"})
    for number, village in enumerate(setting.villages):
        yield Told("area_level", village, midnight(setting, 45), {"level": "low", "source": "区指挥部"})
        if number < 3:
            level, days = ("high", "medium", "medium")[number], (9, 8, 6)[number]
            yield Told(
                "area_level", village, midnight(setting, days) + 20 * HOUR, {"level": level, "source": "区指挥部"}
            )


def _moment(rng: np.random.Generator, setting: Setting, oldest: int, newest: int = 0) -> int:
    """Some time of some day between 7 and 22 o'clock, never later than the end."""
    day = midnight(setting, int(rng.integers(newest, oldest + 1)))
    return min(day + int(rng.integers(7 * 60, 22 * 60)) * 60, setting.now - int(rng.integers(20, 90)) * 60)


def _cases(rng: np.random.Generator, setting: Setting, people: Iterator[Resident]) -> Iterator[Told]:
    for day, count in enumerate(DAILY_CASES):
        for _ in range(count):
            yield from _case(rng, setting, next(people), people, FIRST_CASE - day)


def _case(
    rng: np.random.Generator, setting: Setting, case: Resident, people: Iterator[Resident], days_ago: int
) -> Iterator[Told]:
    sampled = min(midnight(setting, days_ago) + int(rng.integers(7 * 60, 14 * 60)) * 60, setting.now - 9 * HOUR)
    known = sampled + int(rng.integers(4, 8)) * HOUR
    managed = rng.random() < 0.55
    symptoms = rng.random() < 0.7
    if symptoms:
        onset = sampled - int(rng.integers(1, 4)) * DAY
        yield Told("onset", case.id, onset, {}, known)
    result = {"test": "nucleic_acid", "result": "positive", "resulted_at": known}
    yield Told("test", case.id, sampled, {**result, "purpose": "screening" if not managed else "control"}, sampled)
    label = "confirmed" if symptoms else "asymptomatic"
    if known + 6 * HOUR < setting.now:
        yield Told("diagnosis", case.id, known + 5 * HOUR, {"case_class": label, "origin": "local", "basis": "expert"})
    for number in range(CONTACTS_EACH):
        yield _contact(rng, setting, next(people), case, sampled, known, number)


def _contact(
    rng: np.random.Generator, setting: Setting, person: Resident, case: Resident, sampled: int, known: int, number: int
) -> Told:
    kind = "close" if number < 8 else "secondary" if number < 12 else "general"
    met = sampled - int(rng.integers(2, 48)) * HOUR
    found = min(known + int(rng.integers(1, 10)) * HOUR, setting.now - HOUR)
    values = {
        "contact_class": kind,
        "classified_at": max(found, met + HOUR),
        "exposure_kind": "via_contact" if kind == "secondary" else "same_place",
        "minutes": float(rng.integers(5, 180)),
        "of_case": case.id,
    }
    return Told("contact", person.id, met, values, found)


def _arrival(rng: np.random.Generator, setting: Setting, person: Resident) -> Told:
    origin = str(rng.choice(list(SHARES), p=list(SHARES.values())))
    at = _moment(rng, setting, 20)
    transport = str(rng.choice(["train", "flight", "coach", "car"]))
    return Told("arrival", person.id, at, {"origin": origin, "transport": transport, "community": person.village})


def _from_abroad(rng: np.random.Generator, setting: Setting, person: Resident) -> Told:
    at = _moment(rng, setting, 24)
    values = {"from_abroad": True, "origin_kind": "abroad", "port_kind": "air", "entered_at": at - 5 * HOUR}
    return Told("arrival", person.id, at, {**values, "transport": "flight", "community": person.village})


def _member(rng: np.random.Generator, setting: Setting, person: Resident, number: int) -> Told:
    unit, trade = setting.sites[number % len(setting.sites)]
    return Told(
        "staff_membership", person.id, midnight(setting, int(rng.integers(20, 35))), {"trade": trade, "unit": unit}
    )


def _code(rng: np.random.Generator, setting: Setting, person: Resident) -> Told:
    colour = "red" if rng.random() < 0.3 else "yellow"
    return Told("health_code", person.id, _moment(rng, setting, 10), {"colour": colour, "scheme": "province"})
