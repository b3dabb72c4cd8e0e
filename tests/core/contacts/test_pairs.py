"""Contacts from records of pairs, against a search through all records."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from lianfang.core.contacts.pairs import Pairs, near

WORKPLACE = Path(__file__).parents[4] / "shared" / "data" / "networks" / "workplace_InVS13_tij.txt"
STEP, QUARTER = 20, 900


@pytest.fixture(scope="module")
def records() -> list[tuple[int, int, int]]:
    if not WORKPLACE.is_file():
        pytest.skip("no shared data beside the checkout")
    return [(int(t), int(i), int(j)) for t, i, j in map(str.split, WORKPLACE.read_text().splitlines())]


def by_search(
    records: list[tuple[int, int, int]], since: dict[int, int], skip: set[int], in_all: int
) -> dict[int, int]:
    total: Counter[tuple[int, int]] = Counter()
    first: dict[tuple[int, int], int] = {}
    for t, i, j in records:
        for one, other in ((i, j), (j, i)):
            if one in since and t - STEP >= since[one] and other not in skip:
                total[one, other] += STEP
                first[one, other] = min(first.get((one, other), t), t - STEP)
    found: dict[int, int] = {}
    for (one, other), seconds in total.items():
        if seconds >= in_all:
            found[other] = min(found.get(other, 1 << 60), first[one, other])
    return found


@pytest.mark.parametrize("in_all", [1, QUARTER])
def test_first_and_second_degree_of_every_tenth_colleague_are_those_of_a_search(
    records: list[tuple[int, int, int]], in_all: int
) -> None:
    t, i, j = (np.array(column, np.int64) for column in zip(*records, strict=True))
    names, codes = np.unique(np.concatenate([i, j]), return_inverse=True)
    assert len(names) == 92
    pairs = Pairs(codes[: len(t)], codes[len(t) :], t - STEP, t)
    for case in range(0, len(names), 10):
        skip = np.zeros(len(names), np.bool_)
        skip[case] = True
        first = near(pairs, np.array([case]), np.array([0]), skip, in_all)
        searched = by_search(records, {int(names[case]): 0}, {int(names[case])}, in_all)
        assert dict(zip(names[first.person].tolist(), first.since.tolist(), strict=True)) == searched
        skip[first.person] = True
        second = near(pairs, first.person, first.since, skip, in_all)
        again = by_search(records, searched, {int(names[case]), *searched}, in_all)
        assert dict(zip(names[second.person].tolist(), second.since.tolist(), strict=True)) == again


def test_short_times_with_different_people_do_not_add_up() -> None:
    pairs = Pairs(np.array([0, 1]), np.array([2, 2]), np.array([0, 0]), np.array([500, 500]))
    skip = np.array([True, True, False])
    assert near(pairs, np.array([0, 1]), np.array([0, 0]), skip, 900).person.tolist() == []
    assert near(pairs, np.array([0, 1]), np.array([0, 0]), skip, 500).person.tolist() == [2]
