"""The kernel and the slow evaluator, written from the same page by two people, say the same of every world."""

from __future__ import annotations

from hypothesis import given

from tests.core.obligations.adapter import assert_agreement
from tests.core.obligations.examples import some
from tests.oracle.strategies import World, worlds


@some(400)
@given(worlds())
def test_the_kernel_says_what_the_slow_evaluator_says(world: World) -> None:
    assert_agreement(world)
