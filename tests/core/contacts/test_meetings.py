"""Who met whom, against a search through all pairs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.core.contacts.degrees import Restriction, first_degree, meetings_with, second_degree, visits_of
from lianfang.core.contacts.stays import Batch, Stays, arrange

PEOPLE, PLACES, HOURS = 8, 3, 48
Stay = tuple[int, int, int, int]

stay = st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, PLACES - 1), st.integers(0, HOURS), st.integers(0, 12)).map(
    lambda s: (s[0], s[1], s[2], s[2] + s[3])
)
stays_lists = st.lists(stay, max_size=40)
cases_lists = st.lists(
    st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, HOURS), st.integers(0, HOURS)),
    max_size=3,
    unique_by=lambda c: c[0],
)


def arranged(stays: list[Stay], pieces: int = 1) -> Stays:
    table = np.array(stays, np.int64).reshape(-1, 4)
    parts = np.array_split(table, pieces)
    return arrange(lambda: [Batch(p[:, 0], p[:, 1], p[:, 2], p[:, 3]) for p in parts], PEOPLE, PLACES)


def by_search(stays: list[Stay], visits: list[Stay], least: int, skip: set[int]) -> dict[int, tuple[int, int, int]]:
    found: dict[int, tuple[int, int, int]] = {}
    for who, place, begin, until in visits:
        for person, where, start, end in stays:
            x = max(begin, start)
            shared = min(until, end) - x
            if where == place and shared >= least and person != who and person not in skip:
                since, longest, count = found.get(person, (HOURS * 9, 0, 0))
                found[person] = (min(since, x), max(longest, shared), count + 1)
    return found


def cut(stays: list[Stay], cases: list[tuple[int, int, int]], least: int) -> list[Stay]:
    return [
        (person, place, max(start, begin), min(end, until))
        for case, begin, until in cases
        for person, place, start, end in stays
        if person == case and min(end, until) - max(start, begin) >= least
    ]


def columns(cases: list[tuple[int, int, int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    table = np.array(cases, np.int64).reshape(-1, 3)
    return table[:, 0], table[:, 1], table[:, 2]


@settings(max_examples=200, deadline=None)
@given(stays_lists, cases_lists, st.integers(1, 4), st.integers(1, 3))
def test_the_first_degree_is_everybody_who_shared_a_place_long_enough(
    stays: list[Stay], cases: list[tuple[int, int, int]], least: int, pieces: int
) -> None:
    met = first_degree(arranged(stays, pieces), *columns(cases), Restriction(least))
    found = {p: (a, b, c) for p, a, b, c in zip(*(met.person, met.since, met.longest, met.meetings), strict=True)}
    assert found == by_search(stays, cut(stays, cases, least), least, {case for case, _, _ in cases})


@settings(max_examples=200, deadline=None)
@given(stays_lists, cases_lists, st.integers(1, 3))
def test_the_second_degree_met_a_contact_after_the_contact_met_a_case(
    stays: list[Stay], cases: list[tuple[int, int, int]], least: int
) -> None:
    store = arranged(stays)
    first = first_degree(store, *columns(cases), Restriction(least))
    second = second_degree(store, columns(cases)[0], first, HOURS, Restriction(least))
    since = dict(zip(first.person.tolist(), first.since.tolist(), strict=True))
    visits = [(p, w, a, min(b, HOURS)) for p, w, a, b in stays if p in since and since[p] <= a < HOURS]
    skip = {*since, *(case for case, _, _ in cases)}
    assert set(second.person.tolist()) == set(by_search(stays, visits, least, skip))


@settings(max_examples=100, deadline=None)
@given(stays_lists, cases_lists, stay)
def test_one_more_stay_never_takes_a_contact_away(
    stays: list[Stay], cases: list[tuple[int, int, int]], more: Stay
) -> None:
    before = first_degree(arranged(stays), *columns(cases), Restriction(1))
    after = first_degree(arranged([*stays, more]), *columns(cases), Restriction(1))
    longest = dict(zip(after.person.tolist(), after.longest.tolist(), strict=True))
    assert all(longest.get(p, 0) >= n for p, n in zip(before.person.tolist(), before.longest.tolist(), strict=True))


def test_every_meeting_is_listed_with_place_and_shared_time() -> None:
    store = arranged([(0, 1, 10, 20), (1, 1, 15, 30), (2, 1, 20, 25), (3, 2, 10, 20)])
    one, begin, until = np.array([0]), np.array([0]), np.array([HOURS])
    visits = visits_of(store, one, begin, until, Restriction())
    found = meetings_with(store, visits, np.array([1, 2, 3]), Restriction())
    assert [(m.case, m.other, m.place, m.begin, m.until) for m in found] == [(0, 1, 1, 15, 20)]


def test_a_crowd_is_left_to_a_public_call() -> None:
    store = arranged([(0, 0, 0, 10), *((p, 0, 0, 10) for p in range(1, 6)), (0, 1, 20, 30), (7, 1, 20, 30)])
    case = (np.array([0]), np.array([0]), np.array([HOURS]))
    assert first_degree(store, *case, Restriction(most=4)).person.tolist() == [7]
    assert first_degree(store, *case, Restriction(most=5)).person.tolist() == [1, 2, 3, 4, 5, 7]


def test_only_places_the_plan_allows_count() -> None:
    store = arranged([(0, 0, 0, 10), (1, 0, 0, 10), (0, 1, 20, 30), (2, 1, 20, 30)])
    allowed = np.array([False, True, True])
    met = first_degree(store, np.array([0]), np.array([0]), np.array([HOURS]), Restriction(1, allowed))
    assert met.person.tolist() == [2]


@pytest.mark.parametrize("wrong", [(0, 0, 5, 4), (PEOPLE, 0, 0, 1), (0, PLACES, 0, 1), (-1, 0, 0, 1)])
def test_a_stay_that_cannot_be_is_refused(wrong: Stay) -> None:
    with pytest.raises(ValueError, match="/"):
        arranged([(1, 1, 0, 5), wrong])


def test_nobody_anywhere_gives_nobody() -> None:
    none = np.empty(0, np.int64)
    assert len(first_degree(arranged([]), none, none, none, Restriction()).person) == 0
