"""The comparison with the slow evaluator as a program of its own, for runs with another setting of the compiler.

`python -m tests.core.obligations.rerun 40` compares the worlds of that many seeds.
"""

from __future__ import annotations

import sys

from tests.core.obligations.adapter import assert_agreement
from tests.oracle.strategies import seeded_world


def main(worlds: int) -> None:
    """Compare, and say how many worlds were compared."""
    for seed in range(worlds):
        assert_agreement(seeded_world(seed), f"seeded_world({seed})")
    print(f"{worlds} worlds compared")


if __name__ == "__main__":
    main(int(sys.argv[1]))
