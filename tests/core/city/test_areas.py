"""The highest level of an area in a window, against a look at every change."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lianfang.core.city.areas import CHANGING, highest_level, make_levels

MOMENTS = st.integers(0, 40)


@given(seed=st.integers(0, 50), area=st.integers(0, CHANGING - 1), since=MOMENTS, length=MOMENTS)
def test_the_highest_level_is_found_as_by_looking_at_every_change(
    seed: int, area: int, since: int, length: int
) -> None:
    day = 86400
    levels = make_levels(np.random.default_rng(seed), 0, 60 * day)
    low, high = since * day, (since + length) * day
    rows = zip(levels.area.tolist(), levels.level.tolist(), levels.since.tolist(), levels.until.tolist(), strict=True)
    expected = max((level for a, level, begin, end in rows if a == area and begin <= high and end > low), default=0)
    assert highest_level(levels, np.array([area]), np.array([low]), np.array([high])).tolist() == [expected]


def test_an_area_never_given_a_level_counts_as_low() -> None:
    levels = make_levels(np.random.default_rng(1), 0, 86400)
    assert highest_level(levels, np.array([CHANGING + 1]), np.array([-(10**9)]), np.array([10**9])).tolist() == [0]


def test_periods_of_one_area_touch_and_never_overlap() -> None:
    levels = make_levels(np.random.default_rng(1), 0, 60 * 86400)
    same = levels.area[1:] == levels.area[:-1]
    assert (levels.until[:-1][same] == levels.since[1:][same]).all()
    assert (levels.until > levels.since).all()
