"""What an evaluation gives, as tables with words: loops, stages, obligations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from lianfang.core.days.civil import floor_day
from lianfang.core.facts.facts import Facts
from lianfang.core.language.measure import Measure, Requirement
from lianfang.core.language.plan import Plan
from lianfang.core.language.program import NEVER, Program, R
from lianfang.core.obligations.lookups import View, optional
from lianfang.core.obligations.owners import owners
from lianfang.core.obligations.run import Result
from lianfang.core.obligations.store import Store
from lianfang.core.obligations.words import HELD_FOR_ORDER, LoopState, Status

STATES = tuple(s.name.lower() for s in LoopState)
STATUSES = tuple(s.name.lower() for s in Status)
ORDER = "order"
"""`waits_for` of a loop whose stage has no days until they are ordered."""


def _words(codes: npt.NDArray[np.integer], words: Sequence[str]) -> pa.Array:
    """Codes as words; -1 is unknown."""
    index = pa.array(np.asarray(codes, np.int32), mask=np.asarray(codes) < 0)
    return pa.DictionaryArray.from_arrays(index, pa.array(list(words), pa.string())).cast(pa.string())


def _states(program: Program, result: Result) -> list[str]:
    """The state of each loop in words; an exit and a release may have their own."""
    out = []
    for m, state, which in zip(result.loops.measure, result.heads.state, result.heads.which, strict=True):
        measure = program.measures[m]
        word = STATES[state]
        if state == LoopState.EXITED:
            word = measure.exits[which].state
        elif state == LoopState.RELEASED and measure.released_as == "handed_over":
            word = "handed_over"
        out.append(word)
    return out


def _outcome(measure: Measure, state: str) -> str:
    if measure.gate:
        return {"released": "allowed", "held": "refused"}.get(state, state)
    return measure.released_as if state == "released" else state


def _waits(program: Program, held_for: int, state: int) -> str | None:
    if state != LoopState.HELD:
        return None
    return ORDER if held_for == HELD_FOR_ORDER else program.origins[held_for].path if held_for >= 0 else None


def loop_facts(plan: Plan, program: Program, result: Result) -> pa.Table:
    """Loops as facts of the kind `loop`, for measures that open on the result of another."""
    heads, loops = result.heads, result.loops
    subject = np.repeat(np.arange(len(loops.first) - 1), np.diff(loops.first))
    ended = np.minimum(heads.ended, heads.release)
    exits = [
        program.measures[m].exits[w].id if w >= 0 else None for m, w in zip(loops.measure, heads.which, strict=True)
    ]
    stages = [program.measures[m].stages[s].id for m, s in zip(loops.measure, heads.stage, strict=True)]
    return pa.table(
        {
            "id": pa.array(np.arange(len(subject))),
            "person": pa.array(subject),
            "measure": pa.array([program.measures[m].id for m in loops.measure], pa.string()),
            "state": pa.array(_states(program, result), pa.string()),
            "exit": pa.array(exits, pa.string()),
            "stage": pa.array(stages, pa.string()),
            "opened_at": pa.array(loops.opened),
            "ended_at": optional(ended),
        }
    )


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
        first = self.result.loops.first
        return np.repeat(np.arange(len(first) - 1), np.diff(first))

    @cached_property
    def subject_names(self) -> list[str]:
        """Name of each loop's subject."""
        kinds = [m.subject for m in self.program.measures]
        return [
            self.facts.name(kinds[m], int(code))
            for m, code in zip(self.result.loops.measure, self.loop_subjects, strict=True)
        ]

    def loops(self) -> pa.Table:
        """One row a loop; instants in seconds, unknown = null."""
        heads, loops, measures = self.result.heads, self.result.loops, self.program.measures
        states = _states(self.program, self.result)
        by = [measures[loops.measure[b]].id if b >= 0 else None for b in heads.by]
        exits = [measures[m].exits[w].id if w >= 0 else None for m, w in zip(loops.measure, heads.which, strict=True)]
        waits = [_waits(self.program, h, s) for h, s in zip(heads.held_for, heads.state, strict=True)]
        kinds = [self._opening_kind(m) for m in loops.measure]
        return pa.table(
            {
                "loop": pa.array(np.arange(len(states), dtype=np.int32)),
                "measure": pa.array([measures[m].id for m in loops.measure], pa.string()),
                "subject": pa.array(self.subject_names, pa.string()),
                "state": pa.array(states, pa.string()),
                "outcome": pa.array(
                    [_outcome(measures[m], s) for m, s in zip(loops.measure, states, strict=True)], pa.string()
                ),
                "stage": pa.array(
                    [measures[m].stages[s].id for m, s in zip(loops.measure, heads.stage, strict=True)], pa.string()
                ),
                "opened": pa.array(loops.opened),
                "day_one": pa.array(self._day_one()),
                "release": optional(heads.release),
                "ended": optional(heads.ended),
                "exit": pa.array(exits, pa.string()),
                "superseded_by": pa.array(by, pa.string()),
                "waits_for": pa.array(waits, pa.string()),
                "fact": pa.array(
                    [self.facts.id_of(k, int(f)) for k, f in zip(kinds, loops.fact, strict=True)], pa.string()
                ),
                "fact_kind": pa.array(kinds, pa.string()),
            }
        )

    def stages(self) -> pa.Table:
        """One row for each stage that binds or is planned to bind at least an instant.

        Ends are exclusive; unknown = null.
        """
        rows: dict[str, list[object]] = {
            c: [] for c in ("loop", "measure", "subject", "stage", "from", "planned_to", "to")
        }
        heads = self.result.heads
        for loop, m in enumerate(self.result.loops.measure):
            measure = self.program.measures[m]
            for s, stage in enumerate(measure.stages):
                begin, end = int(heads.begins[loop, s]), int(heads.begins[loop, s + 1])
                end = min(end, int(heads.ended[loop]))
                if begin >= NEVER or end <= begin:
                    continue
                planned = int(heads.planned[loop, s])
                line = (loop, measure.id, self.subject_names[loop], stage.id, begin, _known(planned), _known(end))
                for name, value in zip(rows, line, strict=True):
                    rows[name].append(value)
        types = (pa.int32(), pa.string(), pa.string(), pa.string(), pa.int64(), pa.int64(), pa.int64())
        return pa.table({name: pa.array(v, t) for (name, v), t in zip(rows.items(), types, strict=True)})

    def obligations(self) -> pa.Table:
        """One row an obligation that was asked for; instants in seconds, unknown = null."""
        loop, requirement, occurrence, start, due, evidence, status = self._rows()
        measure = self.result.loops.measure[loop]
        names = [m.id for m in self.program.measures]
        paths = [o.path for o in self.program.origins]
        subjects = pa.array(self.subject_names, pa.string()).take(pa.array(loop))
        kinds, ids, at = self._evidence(requirement, evidence)
        return pa.table(
            {
                "loop": pa.array(loop),
                "measure": _words(measure, names),
                "requirement": _words(requirement, paths),
                "subject": subjects,
                "occurrence": pa.array(occurrence),
                "from": pa.array(start, mask=start <= -NEVER),
                "due": optional(due),
                "status": _words(status, STATUSES),
                "evidence": ids,
                "evidence_kind": kinds,
                "evidence_at": at,
                "by": self._owners(loop, requirement),
            }
        )

    def _day_one(self) -> npt.NDArray[np.int64]:
        civil = np.array([m.civil for m in self.program.measures], bool)[self.result.loops.measure]
        zone = self.plan.zone
        days = np.array([floor_day(int(d), zone) for d in self.result.loops.day_one], np.int64)
        return np.where(civil, days, self.result.loops.day_one) if len(days) else days

    def _opening_kind(self, measure: int) -> str:
        on = self.program.measures[measure].opening.on
        selection = self.plan.selections.get(on)
        return on if selection is None else selection.kind

    def _rows(self) -> list[npt.NDArray[np.integer]]:
        blocks = self.result.blocks
        return [np.concatenate([b[c] for b in blocks]) for c in range(7)]

    def _evidence(
        self, requirement: npt.NDArray[np.integer], evidence: npt.NDArray[np.integer]
    ) -> tuple[pa.Array, pa.Array, pa.Array]:
        """Kind, id and time of the facts behind the rows. A RESULT is timed by when the result was known."""
        n = len(evidence)
        kinds, ids = np.full(n, None, object), np.full(n, None, object)
        at = np.full(n, NEVER, np.int64)
        has = evidence >= 0
        at[has] = self.store.t[evidence[has]]
        is_result = has & (self.program.requirement_table[requirement, R.SHAPE] == 3)
        late = np.flatnonzero(is_result & (evidence < len(self.store.k)))
        at[late] = self.store.k[evidence[late]]
        starts = self.store.off[:-1, 0]
        slots = np.searchsorted(starts, evidence, side="right") - 1
        for i in np.flatnonzero(has):
            stream = self.store.stream_of_slot[slots[i]]
            kind = self.program.streams[stream].kind
            kinds[i], ids[i] = kind, self.facts.id_of(kind, int(self.store.row[evidence[i]]))
        return pa.array(kinds, pa.string()), pa.array(ids, pa.string()), optional(at)

    def _owners(self, loop: npt.NDArray[np.integer], requirement: npt.NDArray[np.integer]) -> pa.Array:
        view = View(self.facts, self.plan.kinds, self.plan.selections, self.as_of, self.plan.zone)
        return owners(view, self.program, self.result.loops, loop, requirement)

    def requirement(self, number: int) -> Requirement:
        """The requirement behind a row number of the program."""
        return self.program.origins[number].requirement


def _known(t: int) -> int | None:
    return None if t >= NEVER else t
