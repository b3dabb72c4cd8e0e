"""The kernel and the slow evaluator, written from the same page by two people, say the same of every world."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.core.obligations.adapter import assert_agreement
from tests.core.obligations.examples import some, times
from tests.oracle.strategies import World, seeded_world, worlds

PARTS = 4


@pytest.mark.parametrize("part", range(PARTS))
def test_the_kernel_says_what_the_slow_evaluator_says_of_thousands_of_worlds(part: int) -> None:
    for seed in range(part, times(4000), PARTS):
        assert_agreement(seeded_world(seed), f"seeded_world({seed})")


@some(100)
@given(worlds())
def test_the_kernel_says_what_the_slow_evaluator_says(world: World) -> None:
    assert_agreement(world)
