"""What stands for subjects at an instant: loops and obligations with their numbers, and when the next one changes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from lianfang.core.language.loops import is_loop_kind
from lianfang.core.language.program import NEVER, R
from lianfang.core.obligations.evaluation import Evaluation
from lianfang.core.obligations.keys import Keys, first_said
from lianfang.core.obligations.next_change import next_changes
from lianfang.core.obligations.words import LoopState, Status

HELD = "held"
"""A release waits for it and it has no due time of its own (待补)."""
OPEN = ("upcoming", "due", "overdue", "suspended", HELD)
"""Statuses of an obligation that is still to be done."""

_STILL_OPEN = (Status.UPCOMING, Status.DUE, Status.OVERDUE, Status.SUSPENDED)

Owner = Callable[[str, str], str]
"""(who the plan says owes it, path of the subject) -> id of the unit."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands for some subjects of one kind: the rows that the ledger keeps, whole or nothing for each subject.

    Columns are called as in the ledger; instants in seconds since 1970 UTC, unknown = null; texts are never null.
    `next_change` goes with `subjects`: the next instant at which something changes without a new fact, or None.
    """

    subject_kind: str
    subjects: tuple[str, ...]
    next_change: tuple[int | None, ...]
    loops: pa.Table
    obligations: pa.Table


def standing_of(
    evaluation: Evaluation, subject_kind: str, paths: Mapping[str, str], owner: Owner, keep: int
) -> Standing:
    """The loops and obligations to keep of an evaluation that holds every status, for the subjects named in `paths`.

    Loops that run stay, and those that ended in the last `keep` seconds or after whose end something is still to be
    done. Of a stage without an end, the daily duties of the last `keep` seconds stay and older ones are folded.
    """
    pick = _Pick(evaluation, subject_kind, paths, keep)
    ids = _loop_ids(pick)
    names = np.array([str(name) for name in pick.subject_words], object)
    path = {name: paths[name] for name in paths}
    loops = _loops(pick, ids, names, path)
    obligations = _obligations(pick, ids, path, owner)
    return Standing(subject_kind, tuple(paths), next_changes(evaluation, subject_kind, paths), loops, obligations)


class _Pick:
    """The evaluation's tables and which of their rows stand."""

    def __init__(self, evaluation: Evaluation, subject_kind: str, paths: Mapping[str, str], keep: int) -> None:
        self.evaluation = evaluation
        self.subject_kind = subject_kind
        self.loops = evaluation.loops()
        self.rows = evaluation.obligations()
        self.loop_of = np.asarray(self.rows["loop"].combine_chunks(), np.int64)
        blocks = evaluation.result.blocks
        self.requirement = np.concatenate([block[1] for block in blocks]).astype(np.int64)
        self.code = np.concatenate([block[6] for block in blocks])
        self.status = _statuses(evaluation, self.loop_of, self.requirement, self.code, self.rows)
        self.subject_words = self.loops["subject"].to_pylist()
        self._choose(paths, evaluation.as_of - keep)

    def _choose(self, paths: Mapping[str, str], since: int) -> None:
        measures = self.evaluation.program.measures
        own = np.array([m.subject == self.subject_kind for m in measures], bool)
        mine = own[self.evaluation.result.loops.measure] if len(measures) else np.zeros(0, bool)
        mine &= np.array([name in paths for name in self.subject_words], bool)
        self.mine = np.flatnonzero(mine)
        folded = _folded(self.evaluation, self.loop_of, self.requirement, self.rows, since)
        stays = _not_long_closed(self.evaluation, self.loop_of, self.status, self.rows, since)
        self.loop_rows = np.flatnonzero(mine & stays)
        self.obligation_rows = np.flatnonzero((mine & stays)[self.loop_of] & ~folded)


def _column(table: pa.Table, name: str) -> npt.NDArray[np.int64]:
    """Instants of a column, unknown = NEVER."""
    return np.asarray(table[name].combine_chunks().fill_null(NEVER), np.int64)


def _statuses(
    evaluation: Evaluation,
    loop: npt.NDArray[np.int64],
    requirement: npt.NDArray[np.int64],
    code: npt.NDArray[np.int8],
    rows: pa.Table,
) -> npt.NDArray[np.object_]:
    """The kernel's words, and two that follow from where the loop stands.

    `held`: gating, without a due time, past the planned end of its last stage. What a release waits for is cancelled
    when the loop has ended by an exit: that release never comes.
    """
    words = np.array([status.name.lower() for status in Status], object)[code]
    table = evaluation.program.requirement_table
    roots = _roots(table)
    if not len(loop):
        return words
    stage = table[roots[requirement], R.LAST]
    planned = evaluation.result.heads.planned[loop, stage]
    gates, still_open = table[requirement, R.GATES] != 0, np.isin(code, _STILL_OPEN)
    late = gates & (_column(rows, "due") >= NEVER) & (planned <= evaluation.as_of)
    words[late & (code == Status.DUE)] = HELD
    exited = evaluation.result.heads.state[loop] == LoopState.EXITED
    words[gates & still_open & exited] = Status.CANCELLED.name.lower()
    return words


def _roots(table: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The requirement at the top of each one's chain."""
    parent = table[:, R.PARENT]
    root = np.arange(len(table))
    while len(root) and bool((parent[root] >= 0).any()):
        root = np.where(parent[root] >= 0, parent[root], root)
    return root


def _folded(
    evaluation: Evaluation,
    loop: npt.NDArray[np.int64],
    requirement: npt.NDArray[np.int64],
    rows: pa.Table,
    since: int,
) -> npt.NDArray[np.bool_]:
    """Duties of a stage without any planned end that were due before `since`."""
    if not len(loop):
        return np.zeros(0, bool)
    table, heads = evaluation.program.requirement_table, evaluation.result.heads
    root = _roots(table)[requirement]
    endless = (table[root, R.TO_END] != 0) & (heads.planned[loop, table[root, R.LAST]] >= NEVER)
    start = _column(rows, "from")
    last = np.where(_column(rows, "due") < NEVER, _column(rows, "due"), np.where(start < NEVER, start, 0))
    return np.asarray(endless & (last < since))


def _not_long_closed(
    evaluation: Evaluation, loop: npt.NDArray[np.int64], status: npt.NDArray[np.object_], rows: pa.Table, since: int
) -> npt.NDArray[np.bool_]:
    """Loops that run, in which something happened after `since`, or after whose end something is still to be done."""
    heads = evaluation.result.heads
    over = np.minimum(heads.ended, heads.release)
    last = over.copy()
    after = np.isin(status, OPEN) & (_column(rows, "from") < NEVER) & (_column(rows, "from") >= over[loop])
    np.maximum.at(last, loop, np.where(after, NEVER, -NEVER))
    done = _column(rows, "evidence_at")
    np.maximum.at(last, loop, np.where(done < NEVER, done, -NEVER))
    return np.asarray(last >= since)


def _loop_ids(pick: _Pick) -> dict[int, str]:
    """Numbers of the subjects' loops, also of those that closed long ago: of two alike the first keeps its number."""
    keys, origin = Keys(), _origins(pick.evaluation)
    table = pick.loops.select(["measure", "subject", "fact", "fact_kind"]).take(pa.array(pick.mine))
    found = {}
    for row, loop in zip(pick.mine.tolist(), table.to_pylist(), strict=True):
        fact = origin(loop["fact_kind"], loop["fact"])
        found[row] = keys.loop(loop["measure"], pick.subject_kind, loop["subject"], fact)
    return found


def _origins(evaluation: Evaluation) -> Callable[[str, str], str]:
    """What a loop's number is made of: its opening fact before all corrections, or the loop that it came out of."""
    said: dict[str, Mapping[str, str]] = {}

    def origin(kind: str, fact: str) -> str:
        if kind not in said:
            pairs = _loops_by_id if is_loop_kind(kind) else _corrections
            said[kind] = pairs(evaluation, kind)
        return said[kind].get(fact, fact)

    return origin


def _corrections(evaluation: Evaluation, kind: str) -> Mapping[str, str]:
    table = evaluation.facts.tables.get(kind)
    if table is None or "corrects" not in table.column_names or "id" not in table.column_names:
        return {}
    some = table.select(["id", "corrects"]).filter(pc.is_valid(table["corrects"]))
    return first_said((str(row["id"]), str(row["corrects"])) for row in some.to_pylist())


def _loops_by_id(evaluation: Evaluation, kind: str) -> Mapping[str, str]:
    """The evaluation numbers loops as they come; measure and opening instant tell them apart for good."""
    rows = evaluation.facts.tables[kind].select(["id", "measure", "opened_at"]).to_pylist()
    return {row["id"]: f"{kind}:{row['measure']}:{row['opened_at']}" for row in rows}


def _loops(pick: _Pick, ids: Mapping[int, str], names: npt.NDArray[np.object_], paths: Mapping[str, str]) -> pa.Table:
    table = pick.loops.take(pa.array(pick.loop_rows))
    stages = _stages(pick)
    added = {
        "id": [ids[row] for row in pick.loop_rows.tolist()],
        "path": [paths[name] for name in names[pick.loop_rows].tolist()],
        "stages": [json.dumps(stages.get(row, []), ensure_ascii=False) for row in pick.loop_rows.tolist()],
    }
    return _filled(table.drop_columns(["loop"]), added)


def _stages(pick: _Pick) -> dict[int, list[dict[str, object]]]:
    """Stages of each loop with their instants in seconds."""
    found: dict[int, list[dict[str, object]]] = {}
    wanted = pa.array(pick.loop_rows.astype(np.int32))
    table = pick.evaluation.stages()
    for row in table.filter(pc.is_in(table["loop"], value_set=wanted)).to_pylist():
        line = {name: row[name] for name in ("stage", "from", "planned_to", "to")}
        found.setdefault(row["loop"], []).append(line)
    return found


def _obligations(pick: _Pick, ids: Mapping[int, str], paths: Mapping[str, str], owner: Owner) -> pa.Table:
    chosen = pick.obligation_rows
    table = pick.rows.take(pa.array(chosen))
    keys = Keys()
    loops = [ids[loop] for loop in pick.loop_of[chosen].tolist()]
    requirement, occurrence = table["requirement"].to_pylist(), table["occurrence"].to_pylist()
    path = [paths[name] for name in table["subject"].to_pylist()]
    by = [word or "" for word in table["by"].to_pylist()]
    clauses = _clauses(pick.evaluation)
    added = {
        "id": [keys.obligation(*key) for key in zip(loops, requirement, occurrence, strict=True)],
        "loop": loops,
        "path": path,
        "owner": [owner(*pair) for pair in zip(by, path, strict=True)],
        "clause": [clauses[number] for number in pick.requirement[chosen].tolist()],
        "status": pick.status[chosen].tolist(),
    }
    return _filled(table.drop_columns(["loop", "status"]).rename_columns(_ledger_names), added)


_ledger_names = {"from": "since"}


def _clauses(evaluation: Evaluation) -> Sequence[str]:
    """The first clause of each requirement, else of its measure."""
    program = evaluation.program
    cited = [(*o.requirement.clauses, *program.measures[o.measure].clauses, "") for o in program.origins]
    return [clauses[0] for clauses in cited]


def _filled(table: pa.Table, added: Mapping[str, Sequence[str]]) -> pa.Table:
    """The table with the added texts, and no text unknown."""
    columns = {}
    for name in table.column_names:
        column = table[name]
        columns[name] = column.fill_null("") if pa.types.is_string(column.type) else column
    return pa.table({**columns, **{name: pa.array(values, pa.string()) for name, values in added.items()}})
