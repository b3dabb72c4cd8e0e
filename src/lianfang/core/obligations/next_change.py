"""When something about a subject changes although no fact comes in: a window begins, a due time passes …"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import numpy.typing as npt

from lianfang.core.days.civil import DAY
from lianfang.core.facts.facts import Facts, references
from lianfang.core.language.program import NEVER, M, R
from lianfang.core.obligations.evaluation import Evaluation
from lianfang.core.obligations.lookups import View, instants
from lianfang.core.obligations.openings import coming_openings
from lianfang.core.obligations.words import LoopState, Status

Ints = npt.NDArray[np.int64]
FEW = 20


def next_changes(evaluation: Evaluation, subject_kind: str, subjects: Collection[str]) -> tuple[int | None, ...]:
    """For each subject the next instant (seconds) after the evaluation's at which its loops or obligations may change.

    It may come too early, which costs an evaluation that changes nothing, but never too late. None: only a new fact
    changes anything.
    """
    soonest = _Soonest(evaluation, subject_kind)
    _of_obligations(soonest)
    _of_stages(soonest)
    _of_openings(soonest)
    _of_later_facts(soonest)
    everybody = soonest.everybody
    found = []
    for code in _codes(evaluation.facts, subject_kind, subjects):
        at = everybody if code is None or code >= len(soonest.at) else min(int(soonest.at[code]), everybody)
        found.append(None if at >= NEVER else at)
    return tuple(found)


def _codes(facts: Facts, subject_kind: str, subjects: Collection[str]) -> list[int | None]:
    """The code of each subject; looking up one is cheap, looking up thousands one by one is not."""
    names = facts.names.get(subject_kind)
    if names is None or len(subjects) < FEW:
        return [facts.code(subject_kind, name) for name in subjects]
    place = {name: code for code, name in enumerate(names.to_pylist())}
    return [place.get(name) for name in subjects]


class _Soonest:
    """The earliest instant found so far, by subject code; `everybody` holds for all of them."""

    def __init__(self, evaluation: Evaluation, subject_kind: str) -> None:
        self.evaluation = evaluation
        self.subject_kind = subject_kind
        self.now = evaluation.as_of
        self.at = np.full(max(evaluation.facts.size(subject_kind), 1), NEVER, np.int64)
        self.everybody = NEVER
        zone = evaluation.plan.zone
        self.midnight = ((self.now + zone) // DAY + 1) * DAY - zone
        own = np.array([m.subject == subject_kind for m in evaluation.program.measures], bool)
        loops = evaluation.result.loops
        self.mine = own[loops.measure] if len(own) else np.zeros(len(loops.measure), bool)

    def take(self, codes: Ints, instants: Ints) -> None:
        """Note instants for subjects; those that have passed do not count."""
        later = (instants > self.now) & (codes >= 0) & (codes < len(self.at))
        np.minimum.at(self.at, codes[later], instants[later])


def _of_obligations(soonest: _Soonest) -> None:
    """An upcoming window begins, a due time passes, the next daily duty of a stage without an end begins."""
    evaluation = soonest.evaluation
    for loop, requirement, _, start, due, _, status in evaluation.result.blocks:
        keep = soonest.mine[loop]
        code = evaluation.loop_subjects[loop[keep]]
        begins = np.where(status[keep] == Status.UPCOMING, start[keep], NEVER)
        open_now = (status[keep] == Status.DUE) & (due[keep] < NEVER)
        soonest.take(code, np.where(open_now, np.minimum(due[keep], NEVER - 1) + 1, NEVER))
        soonest.take(code, begins)
        soonest.take(code, _next_daily(soonest, loop[keep], requirement[keep].astype(np.int64), start[keep]))


def _next_daily(soonest: _Soonest, loop: npt.NDArray[np.integer], requirement: Ints, start: Ints) -> Ints:
    """When the next occurrence begins, at the latest by midnight; NEVER for all that does not go on without an end."""
    heads, table = soonest.evaluation.result.heads, soonest.evaluation.program.requirement_table
    if not len(loop):
        return np.empty(0, np.int64)
    lasts = heads.begins[loop, table[requirement, R.LAST] + 1] >= NEVER
    goes_on = (table[requirement, R.TO_END] != 0) & lasts & (heads.ended[loop] >= NEVER)
    following = start + table[requirement, R.EVERY] + table[requirement, R.EVERY_MONTHS] * 28 * DAY
    at = np.where(following > soonest.now, np.minimum(following, soonest.midnight), soonest.midnight)
    return np.where(goes_on, at, NEVER)


def _of_stages(soonest: _Soonest) -> None:
    """A stage begins or reaches its planned end, a loop is released, a stopped clock moves the end with every day."""
    result, table = soonest.evaluation.result, soonest.evaluation.program.measure_table
    heads, loops = result.heads, result.loops
    live = np.flatnonzero(soonest.mine & (heads.ended >= NEVER))
    code = soonest.evaluation.loop_subjects[live]
    for s in range(heads.begins.shape[1]):
        soonest.take(code, heads.begins[live, s])
    for s in range(heads.planned.shape[1]):
        soonest.take(code, heads.planned[live, s])
    soonest.take(code, heads.release[live])
    if len(live):
        stopped = (heads.state[live] == LoopState.SUSPENDED) & (table[loops.measure[live], M.STOPS_CLOCK] != 0)
        soonest.take(code, np.where(stopped, soonest.midnight, NEVER))


def _of_openings(soonest: _Soonest) -> None:
    """A loop opens later than its fact: an overdue notice after the time allowed."""
    evaluation = soonest.evaluation
    plan = evaluation.plan
    view = View(evaluation.facts, plan.kinds, plan.selections, evaluation.as_of, plan.zone)
    for number, measure in enumerate(evaluation.program.measures):
        if measure.opening.at is not None and measure.subject == soonest.subject_kind:
            soonest.take(*coming_openings(view, evaluation.program, number))


def _of_later_facts(soonest: _Soonest) -> None:
    """Facts that are known already and happen later; those of other subjects may touch anybody who names them."""
    facts = soonest.evaluation.facts
    for name, table in facts.tables.items():
        kind = facts.kinds.get(name)
        if kind is None or table.num_rows == 0:
            continue
        for column in (kind.time, kind.known_at):
            if column is None or column not in table.column_names:
                continue
            at = instants(facts.column(name, column))
            at = np.where(at > soonest.now, at, NEVER)
            if kind.subject == soonest.subject_kind and references(kind)[0].name == kind.subject:
                code = np.asarray(facts.column(name, kind.subject).fill_null(-1), np.int64)
                soonest.take(code, at)
            else:
                soonest.everybody = min(soonest.everybody, int(at.min(initial=NEVER)))
