"""What an evaluation gives, as tables with words: loops, stages, obligations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from lianfang.core.days.civil import DAY
from lianfang.core.facts.facts import Facts
from lianfang.core.language.measure import Shape
from lianfang.core.language.plan import Plan
from lianfang.core.language.program import NEVER, Program, R
from lianfang.core.obligations.lookups import View, optional
from lianfang.core.obligations.owners import owners
from lianfang.core.obligations.run import Result
from lianfang.core.obligations.state_words import (
    STATUSES,
    exit_words,
    outcome_word,
    per_code,
    per_pair,
    stage_words,
    state_words,
    subjects_of,
    waits_for,
)
from lianfang.core.obligations.store import Store


@dataclass(frozen=True)
class Evaluation:
    """Loops and obligations of one plan over one set of facts at one instant (`as_of`, seconds since 1970 UTC)."""

    plan: Plan
    facts: Facts
    program: Program
    store: Store
    result: Result
    as_of: int

    @cached_property
    def loop_subjects(self) -> npt.NDArray[np.int64]:
        """Subject code of each loop."""
        return subjects_of(self.result)

    @cached_property
    def subject_words(self) -> pa.Array:
        """Name of each loop's subject."""
        kinds = sorted({m.subject for m in self.program.measures})
        kind_of = np.array([kinds.index(m.subject) for m in self.program.measures], np.int64)[self.result.loops.measure]
        out = np.full(len(kind_of), None, object)
        for number, subject in enumerate(kinds):
            mine = kind_of == number
            codes = pa.array(self.loop_subjects[mine])
            names = self.facts.names.get(subject)
            out[mine] = (codes.cast(pa.string()) if names is None else names.take(codes)).to_numpy(zero_copy_only=False)
        return pa.array(out, pa.string())

    def loops(self) -> pa.Table:
        """One row a loop; instants in seconds, unknown = null."""
        heads, loops, program, result = self.result.heads, self.result.loops, self.program, self.result
        names = [m.id for m in program.measures]
        by = np.where(heads.by >= 0, loops.measure[heads.by], -1) if len(heads.by) else heads.by
        kinds = [self._opening_kind(m) for m in range(len(program.measures))]
        return pa.table(
            {
                "loop": pa.array(np.arange(len(loops.measure), dtype=np.int32)),
                "measure": per_code(loops.measure, names),
                "subject": self.subject_words,
                "state": state_words(program, result),
                "outcome": state_words(program, result, outcome_word),
                "stage": stage_words(program, result),
                "opened": pa.array(loops.opened),
                "day_one": pa.array(self._day_one()),
                "release": optional(heads.release),
                "ended": optional(heads.ended),
                "exit": exit_words(program, result),
                "superseded_by": per_code(by, names),
                "waits_for": per_pair(heads.held_for, heads.state, lambda h, s: waits_for(program, h, s)),
                "fact": self._ids(np.array([*dict.fromkeys(kinds)], object), kinds, loops.measure, loops.fact),
                "fact_kind": per_code(loops.measure, kinds),
            }
        )

    def stages(self) -> pa.Table:
        """One row for each stage that binds or is planned to bind at least an instant.

        Ends are exclusive; unknown = null.
        """
        heads, measure = self.result.heads, self.result.loops.measure
        count = np.array([len(m.stages) for m in self.program.measures], np.int64)[measure]
        parts = []
        for s in range(self.program.widest_stages):
            end = np.minimum(heads.begins[:, s + 1], heads.ended)
            keep = np.flatnonzero((s < count) & (heads.begins[:, s] < NEVER) & (end > heads.begins[:, s]))
            parts.append(
                np.stack([keep, np.full(len(keep), s), heads.begins[keep, s], heads.planned[keep, s], end[keep]])
            )
        loop, stage, begin, planned, end = np.concatenate([*parts, np.empty((5, 0), np.int64)], axis=1).astype(np.int64)
        order = np.lexsort((stage, loop))
        loop, stage, measures = loop[order], stage[order], self.program.measures
        return pa.table(
            {
                "loop": pa.array(loop.astype(np.int32)),
                "measure": per_code(measure[loop], [m.id for m in measures]),
                "subject": self.subject_words.take(pa.array(loop)),
                "stage": per_pair(measure[loop], stage, lambda m, s: measures[m].stages[s].id),
                "from": pa.array(begin[order]),
                "planned_to": optional(planned[order]),
                "to": optional(end[order]),
            }
        )

    def obligations(self) -> pa.Table:
        """One row an obligation that was asked for; instants in seconds, unknown = null; occurrences count from 1."""
        loop, requirement, occurrence, start, due, evidence, status = self._rows()
        measure = self.result.loops.measure[loop]
        names = [m.id for m in self.program.measures]
        paths = [o.path for o in self.program.origins]
        kinds, ids, at = self._evidence(requirement, evidence)
        return pa.table(
            {
                "loop": pa.array(loop),
                "measure": per_code(measure, names),
                "requirement": per_code(requirement, paths),
                "subject": self.subject_words.take(pa.array(loop)),
                "occurrence": pa.array(occurrence + 1),
                "from": pa.array(start, mask=start <= -NEVER),
                "due": optional(due),
                "status": per_code(status, STATUSES),
                "evidence": ids,
                "evidence_kind": kinds,
                "evidence_at": at,
                "by": self._owners(loop, requirement),
            }
        )

    def _day_one(self) -> npt.NDArray[np.int64]:
        civil = np.array([m.civil for m in self.program.measures], bool)[self.result.loops.measure]
        day_one = self.result.loops.day_one
        return np.where(civil, (day_one + self.plan.zone) // DAY * DAY - self.plan.zone, day_one)

    def _opening_kind(self, measure: int) -> str:
        on = self.program.measures[measure].opening.on
        selection = self.plan.selections.get(on)
        return on if selection is None else selection.kind

    def _rows(self) -> list[npt.NDArray[np.integer]]:
        blocks = self.result.blocks
        return [np.concatenate([b[c] for b in blocks]) for c in range(7)]

    def _ids(
        self,
        kinds: npt.NDArray[np.object_],
        kind_of: Sequence[str],
        number: npt.NDArray[np.integer],
        row: npt.NDArray[np.integer],
    ) -> pa.Array:
        """Ids of facts: `kind_of[number]` is the kind of each, `row` its row there."""
        out = np.full(len(row), None, object)
        for kind in kinds:
            mine = np.array([k == kind for k in kind_of], bool)[number]
            if mine.any():
                out[mine] = self._ids_of(str(kind), row[mine])
        return pa.array(out, pa.string())

    def _ids_of(self, kind: str, row: npt.NDArray[np.integer]) -> npt.NDArray[np.object_]:
        made_up = pc.binary_join_element_wise(kind, pa.array(row.astype(np.int64) + 1).cast(pa.string()), "-")
        table = self.facts.tables.get(kind)
        if table is not None and "id" in table.column_names:
            own = self.facts.column(kind, "id").take(pa.array(row)).cast(pa.string())
            made_up = pc.coalesce(own, made_up)
        return np.asarray(made_up.to_numpy(zero_copy_only=False), object)

    def _evidence(
        self, requirement: npt.NDArray[np.integer], evidence: npt.NDArray[np.integer]
    ) -> tuple[pa.Array, pa.Array, pa.Array]:
        """Kind, id and time of the facts behind the rows. A RESULT is timed by when the result was known."""
        at = np.full(len(evidence), NEVER, np.int64)
        has = np.flatnonzero(evidence >= 0)
        at[has] = self.store.t[evidence[has]]
        is_result = self.program.requirement_table[requirement, R.SHAPE] == Shape.RESULT
        late = np.flatnonzero((evidence >= 0) & is_result & (evidence < len(self.store.k)))
        at[late] = self.store.k[evidence[late]]
        slot = np.searchsorted(self.store.off[:-1, 0], evidence, side="right") - 1
        kind_of = [self.program.streams[e].kind for e in self.store.stream_of_slot[:-1]]
        kinds = np.full(len(evidence), -1, np.int64)
        kinds[has] = slot[has]
        ids = np.full(len(evidence), None, object)
        found = self._ids(
            np.array([*dict.fromkeys(kind_of)], object), kind_of, slot[has], self.store.row[evidence[has]]
        )
        ids[has] = found.to_numpy(zero_copy_only=False)
        return per_code(kinds, kind_of), pa.array(ids, pa.string()), optional(at)

    def _owners(self, loop: npt.NDArray[np.integer], requirement: npt.NDArray[np.integer]) -> pa.Array:
        view = View(self.facts, self.plan.kinds, self.plan.selections, self.as_of, self.plan.zone)
        return owners(view, self.program, self.result.loops, loop, requirement)
