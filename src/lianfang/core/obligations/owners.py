"""Who owes an obligation: the words of the plan, or an expression over the opening fact."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from lianfang.core.language.measure import Words
from lianfang.core.language.predicate import Expression
from lianfang.core.language.program import Program
from lianfang.core.obligations.lookups import View, instants
from lianfang.core.obligations.openings import Rows, answer_lookups
from lianfang.core.obligations.run import Loops


def owners(
    view: View, program: Program, loops: Loops, loop: npt.NDArray[np.integer], requirement: npt.NDArray[np.integer]
) -> pa.Array:
    """Owner of each row, null where the plan names none."""
    out = np.full(len(loop), None, object)
    for number in np.unique(requirement):
        by = program.origins[number].requirement.by
        rows = np.flatnonzero(requirement == number)
        if isinstance(by, Words):
            out[rows] = by.zh
        elif by is not None:
            out[rows] = _computed(view, program, loops, int(number), by, loop[rows])
    return pa.array(out, pa.string())


def _computed(
    view: View, program: Program, loops: Loops, number: int, by: Expression, loop: npt.NDArray[np.integer]
) -> npt.NDArray[np.object_]:
    measure = program.measures[program.origins[number].measure]
    kind, _ = view.kind_of(measure.opening.on)
    fact = loops.fact[loop]
    t = instants(view.facts.column(kind.id, kind.time).take(pa.array(fact)))
    rows = answer_lookups(Rows(view, kind, t, fact), measure.opening.lookups)
    return np.array(rows.compute(by).to_pylist(), object)
