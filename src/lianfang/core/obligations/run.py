"""Running the kernel over a store: blocks of subjects on a pool of threads, results as columns."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lianfang.core.language.program import NEVER, M, Program, R
from lianfang.core.obligations.abreast import each
from lianfang.core.obligations.gather import count_subjects
from lianfang.core.obligations.kernel import MARKS, by_subject, evaluate_subjects
from lianfang.core.obligations.store import Ints, Store, tables_for
from lianfang.core.obligations.words import Status

ALL = (1 << len(Status)) - 1
"""Every status is wanted."""
OPEN = 1 << Status.DUE | 1 << Status.OVERDUE | 1 << Status.SUSPENDED
"""What is still owed; rows that took their status after `since` come too."""

BLOCKS = 64
FEW = 100
"""Up to so many loops, room for the worst case costs less than working out how much is needed."""
PIECE = 100_000
"""So many loops lie together in the processor's cache while they are sorted."""
ROW_TYPES = (np.int32, np.int16, np.int32, np.int64, np.int64, np.int32, np.int8)
ROW_NAMES = ("loop", "requirement", "occurrence", "from", "due", "evidence", "status")


@dataclass(frozen=True, slots=True)
class Openings:
    """Openings in any order, one entry a loop:

    measure number, opening and day-one instants, inputs (a column each; unknown = NEVER), truth bits.
    """

    subject: Ints
    measure: Ints
    opened: Ints
    day_one: Ints
    fact: Ints
    inputs: npt.NDArray[np.int64]
    truths: Ints


@dataclass(frozen=True, slots=True)
class Loops:
    """Openings in the order the kernel takes them; `first[p]` is the first loop of subject p."""

    first: Ints
    measure: Ints
    opened: Ints
    day_one: Ints
    inputs: npt.NDArray[np.int64]
    truths: Ints
    fact: Ints

    def for_kernel(self) -> tuple[npt.NDArray[np.int64], ...]:
        """The columns the kernel reads."""
        return self.first, self.measure, self.opened, self.day_one, self.inputs, self.truths


@dataclass(frozen=True, slots=True)
class Heads:
    """One line a loop. `ended` is the exit or supersession, `which` the exit's number, `by` the loop that
    superseded; NEVER and -1 are "none".
    """

    state: npt.NDArray[np.int8]
    stage: npt.NDArray[np.int8]
    held_for: npt.NDArray[np.int32]
    release: Ints
    ended: Ints
    which: npt.NDArray[np.int8]
    by: npt.NDArray[np.int32]
    counts: npt.NDArray[np.int16]
    begins: npt.NDArray[np.int64]
    planned: npt.NDArray[np.int64]


Rows = tuple[npt.NDArray[np.integer], ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What one run gives: heads, and rows in blocks (columns ROW_NAMES) that together are the obligations."""

    loops: Loops
    heads: Heads
    blocks: tuple[Rows, ...]

    @property
    def rows(self) -> int:
        """Number of obligations delivered."""
        return sum(len(block[0]) for block in self.blocks)


@dataclass(slots=True)
class Buffers:
    """Row buffers kept between runs; a new run overwrites the result of the former.

    Fresh memory costs as much as the kernel itself.
    """

    rows: Rows | None = None


def arrange(openings: Openings, subjects: int, threads: int = 1) -> Loops:
    """Sort openings by subject, instant, measure and fact. The number of threads changes nothing in the result."""
    n = len(openings.subject)
    first = np.zeros(subjects + 1, np.int64)
    cols = [np.empty(n, np.int64) for _ in range(5)]
    measure, opened, day_one, truths, fact = cols
    inputs = np.empty(openings.inputs.shape, np.int64)
    count_subjects(openings.subject, first, 0)
    at, loops = first.copy(), (first, measure, opened, day_one, inputs, truths)
    given = (openings.subject, openings.measure, openings.opened, openings.day_one, openings.fact)
    pieces = 1 + n // PIECE

    def piece(i: int) -> int:
        p0, p1 = subjects * i // pieces, subjects * (i + 1) // pieces
        by_subject(*given, openings.inputs, openings.truths, p0, p1, at, loops, fact)
        return i

    each(piece, pieces, threads)
    return Loops(first, measure, opened, day_one, inputs, truths, fact)


def _never(rows: int, columns: int) -> npt.NDArray[np.int64]:
    out = np.empty((rows, columns), np.int64)
    out.fill(NEVER)
    return out


def _heads(n: int, stages: int) -> Heads:
    wide = max(stages, 1)
    return Heads(
        np.empty(n, np.int8),
        np.empty(n, np.int8),
        np.empty(n, np.int32),
        np.empty(n, np.int64),
        np.empty(n, np.int64),
        np.empty(n, np.int8),
        np.empty(n, np.int32),
        np.zeros((n, len(Status)), np.int16),
        _never(n, wide + 1),
        _never(n, wide),
    )


def _columns(heads: Heads) -> tuple[npt.NDArray[np.integer], ...]:
    return (
        heads.state,
        heads.stage,
        heads.held_for,
        heads.release,
        heads.ended,
        heads.which,
        heads.by,
        heads.counts,
        heads.begins,
        heads.planned,
    )


@dataclass(frozen=True, slots=True)
class Ready:
    """A program and a store as the kernel reads them; worth keeping when the same store is asked more than once."""

    tables: tuple[npt.NDArray[np.integer], ...]
    facts: tuple[npt.NDArray[np.integer], ...]
    per_loop: npt.NDArray[np.int64]
    most: int
    stages: int
    children: int
    widest: int


def make_ready(program: Program, store: Store) -> Ready:
    """Put the program's tables and the store's columns in the kernel's order."""
    per_loop = rows_per_loop(program)
    return Ready(
        tables_for(program, store),
        (store.off, store.t, store.k, store.by_result, *program.calendar_days),
        per_loop,
        int(per_loop.max(initial=0)),
        program.widest_stages,
        program.widest_children + 1,
        store.widest + 1,
    )


def _room(most: int, ready: Ready) -> tuple[npt.NDArray[np.int64], ...]:
    return (
        np.empty((most, MARKS), np.int64),
        np.empty((ready.widest, 2), np.int64),
        np.empty(len(Status), np.int64),
        np.empty(ready.children, np.int64),
        np.empty(ready.children, np.int64),
    )


def _rows(n: int) -> Rows:
    return tuple(np.empty(n, kind) for kind in ROW_TYPES)


def rows_per_loop(program: Program) -> npt.NDArray[np.int64]:
    """A guess, per measure, of how many obligations a loop raises; too small a guess costs a second run of the
    block, nothing else.
    """
    table = program.requirement_table
    times = np.where(table[:, R.TO_END] != 0, 30, np.where(table[:, R.TIMES] < 0, 4, table[:, R.TIMES]))
    roots = times * (1 + table[:, R.CHILD_TO] - table[:, R.CHILD_FROM])
    return np.array([roots[m[M.REQ_FROM] : m[M.REQ_TO]].sum() for m in program.measure_table], np.int64)


def _cuts(first: Ints, blocks: int) -> list[int]:
    """Subject numbers at which blocks of about equally many loops begin."""
    if len(first) == 1 or blocks == 1:
        return [0, len(first) - 1]  # nobody: one empty block, so that the result has its columns
    wanted = np.linspace(0, int(first[-1]), blocks + 1).astype(np.int64)
    cut = np.unique(np.searchsorted(first, wanted))
    cut[0], cut[-1] = 0, len(first) - 1
    return [int(p) for p in np.unique(np.append(cut, [0, len(first) - 1]))]


def run(
    program: Program,
    store: Store,
    loops: Loops,
    as_of: int,
    *,
    zone: int,
    keep: int = ALL,
    since: int = NEVER,
    threads: int = 1,
    blocks: int = BLOCKS,
    buffers: Buffers | None = None,
    ready: Ready | None = None,
) -> Result:
    """Evaluate every subject at `as_of` (seconds): heads of all loops, and the obligations that `keep` and `since`
    ask for.

    The number of blocks and threads changes nothing in the result; neither does `ready`, if it was made from the same
    program and store.
    """
    ready = make_ready(program, store) if ready is None else ready
    heads = _heads(len(loops.measure), ready.stages)
    columns, lines, most = _columns(heads), loops.for_kernel(), _most(loops.first)
    cut = _cuts(loops.first, blocks if threads > 1 or len(loops.measure) > 10_000 else 1)
    room_of = [_guess(loops, ready, keep, a, b) for a, b in itertools.pairwise(cut)]
    base = [0, *itertools.accumulate(room_of)]
    rows = _kept(buffers, base[-1])

    def work(block: int, out: Rows, start: int, top: int) -> int:
        room = _room(most, ready)
        return int(
            evaluate_subjects(
                cut[block],
                cut[block + 1],
                lines,
                ready.tables,
                ready.facts,
                as_of,
                since,
                keep,
                zone,
                room,
                columns,
                out,
                start,
                top,
            )
        )

    counts = each(lambda b: work(b, rows, base[b], base[b + 1]), len(cut) - 1, threads)
    out = []
    for b, n in enumerate(counts):
        if n <= room_of[b]:
            out.append(tuple(c[base[b] : base[b] + n] for c in rows))
        else:
            own = _rows(n)
            work(b, own, 0, n)
            out.append(own)
    return Result(loops, heads, tuple(out))


def _most(first: Ints) -> int:
    """The most loops of one subject, at least one."""
    return max(int(first[1]), 1) if len(first) == 2 else int(np.diff(first).max(initial=1))


def _guess(loops: Loops, ready: Ready, keep: int, a: int, b: int) -> int:
    first, last = int(loops.first[a]), int(loops.first[b])
    if last - first < FEW:
        return ready.most * (last - first) + 64
    per = ready.per_loop
    return (int(per[loops.measure[first:last]].sum()) if keep == ALL else 8 * (last - first)) + 64


def _kept(buffers: Buffers | None, size: int) -> Rows:
    if buffers is None:
        return _rows(size)
    if buffers.rows is None or len(buffers.rows[0]) < size:
        buffers.rows = _rows(size)
    return buffers.rows
