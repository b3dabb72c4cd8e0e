"""Compile the kernel once, at installation, so that no first request has to wait:

`python -m lianfang.core.obligations.compile`.
"""

from __future__ import annotations

import numpy as np

from lianfang.core.language.lower import lower
from lianfang.core.language.measure import Exit, Measure, Offset, Opening, Requirement, Selection, Shape, Stage, Words
from lianfang.core.obligations.gather import look_up, shift_all
from lianfang.core.obligations.run import Openings, arrange, run
from lianfang.core.obligations.store import store_of_streams

_NAMELESS = Words("", "")


def _measure() -> Measure:
    requirements = (Requirement("r", _NAMELESS, Shape.WINDOW, evidence="e", due=Offset(), every=Offset(seconds=1)),)
    return Measure(
        "m",
        _NAMELESS,
        "person",
        Opening("e"),
        (Stage("s", _NAMELESS, days=1),),
        requirements,
        (Exit("x", _NAMELESS, ("e",)),),
    )


def compile_kernel() -> int:
    """Run every compiled function on one made-up subject -> number of obligations it raised."""
    program = lower((_measure(),), {"e": Selection("e", "e", _NAMELESS)})
    store = store_of_streams(program, {"e": [(0, 0, 0, 0)]}, 1)
    one = np.zeros(1, np.int64)
    openings = Openings(one, one, one, one, one, np.zeros((0, 1), np.int64), one)
    result = run(program, store, arrange(openings, 1), 10, zone=0)
    look_up(one, one, one, np.array([0, 1]), one, one, np.zeros(0), True, 0, one.copy(), one.copy())
    shift_all(one, 0, 0, 0, 0, one.copy())
    return result.rows


if __name__ == "__main__":
    compile_kernel()
