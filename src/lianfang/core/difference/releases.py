"""Release dates that move when one plan replaces another: by how many days, and whose."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from lianfang.core.difference.side import Ints, Side, local_days
from lianfang.core.difference.turns import Matched
from lianfang.core.language.program import NEVER
from lianfang.core.obligations.lookups import optional


@dataclass(frozen=True)
class Releases:
    """Loops that both plans have and that neither ended early, by their release.

    `histogram`: (days moved, loops), earlier is negative, 0 is unmoved. `dated`: the release was open or held and gets
    a date; `undated`: it loses its date. Columns of `table`, one row a loop whose release differs: measure_before,
    measure_after, subject, release_before, release_after (seconds; null: none), days (null: only one has a date).
    """

    histogram: tuple[tuple[int, int], ...]
    dated: int
    undated: int
    table: pa.Table

    @property
    def moved(self) -> int:
        """How many releases fall on another day."""
        return sum(loops for days, loops in self.histogram if days)


def releases(before: Side, after: Side, matched: Matched, zone: int) -> Releases:
    """Compare the releases of the matched loops; days are civil days of the plan."""
    both = ~before.ended[matched.before] & ~after.ended[matched.after]
    loop_a, loop_b = matched.before[both], matched.after[both]
    old, new = before.release[loop_a], after.release[loop_b]
    known = (old < NEVER) & (new < NEVER)
    days = np.zeros(len(old), np.int64)
    days[known] = local_days(new[known], zone) - local_days(old[known], zone)
    value, loops = np.unique(days[known], return_counts=True)
    differs = np.flatnonzero(old != new)
    table = _table(before, after, (loop_a[differs], loop_b[differs]), (old[differs], new[differs]), days[differs])
    return Releases(
        tuple(zip(value.tolist(), loops.tolist(), strict=True)),
        int(((old == NEVER) & (new < NEVER)).sum()),
        int(((old < NEVER) & (new == NEVER)).sum()),
        table,
    )


def _table(before: Side, after: Side, loops: tuple[Ints, Ints], times: tuple[Ints, Ints], days: Ints) -> pa.Table:
    sides = zip((before, after), loops, strict=True)
    one, other = (side.table.select(["measure", "subject"]).take(pa.array(loop)) for side, loop in sides)
    unknown = (times[0] == NEVER) | (times[1] == NEVER)
    table = pa.table(
        {
            "measure_before": one["measure"],
            "measure_after": other["measure"],
            "subject": one["subject"],
            "release_before": optional(times[0]),
            "release_after": optional(times[1]),
            "days": pa.array(days, mask=unknown),
        }
    )
    furthest = np.argsort(np.where(unknown, 1, -np.abs(days)), kind="stable")
    return table.take(pa.array(furthest))
