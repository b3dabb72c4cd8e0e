"""The comparison with the slow evaluator as a program of its own, for runs with another setting of the compiler.

`python -m tests.core.obligations.rerun 40` draws that many worlds from a fixed seed.
"""

from __future__ import annotations

import sys

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.core.obligations.adapter import assert_agreement
from tests.oracle.strategies import World, worlds


def main(examples: int) -> None:
    """Draw worlds, compare, and say how many were compared."""
    compared = 0

    @seed(20200525)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(worlds(most_subjects=3))
    def compare(world: World) -> None:
        nonlocal compared
        assert_agreement(world)
        compared += 1

    compare()
    print(f"{compared} worlds compared")


if __name__ == "__main__":
    main(int(sys.argv[1]))
