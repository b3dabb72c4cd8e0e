"""The store: every selected stream sorted by (stream, subject, time).

Facts after the instant asked for stay in; the kernel leaves them alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lianfang.core.language.program import NEVER, M, Program, R, S, Table
from lianfang.core.obligations.abreast import each
from lianfang.core.obligations.gather import count_subjects, scatter

Ints = npt.NDArray[np.int64]
Rows = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Column:
    """Facts of one stream as columns of equal length:

    subject code, own time, known time (None: the own time), row in its kind (None: every row of the kind, in order).
    """

    subject: npt.NDArray[np.integer]
    t: Ints
    k: Ints | None
    row: Rows | None


@dataclass(frozen=True, slots=True)
class Store:
    """Streams that have facts get a slot; all others share the last, empty one.

    `off[slot, subject]` cuts `t`, `k` and `row`; `k` covers only the first rows, those of streams with a known time.
    `slot[e]` is the slot of stream e.
    """

    off: npt.NDArray[np.int32]
    t: Ints
    k: Ints
    row: Rows
    by_result: npt.NDArray[np.int8]
    slot: npt.NDArray[np.int64]
    stream_of_slot: tuple[int, ...]
    widest: int  # most facts of one subject in one stream

    @property
    def subjects(self) -> int:
        """Number of subject codes."""
        return int(self.off.shape[1] - 1)

    def stream_at(self, index: int) -> int:
        """The stream that row `index` of the store belongs to."""
        return self.stream_of_slot[int(np.searchsorted(self.off[:-1, 0], index, side="right")) - 1]


PIECE = 500_000
"""Facts of so many rows lie together in the processor's cache while they are sorted."""


def build_store(program: Program, columns: Mapping[int, Column], subjects: int, threads: int = 1) -> Store:
    """Sort the columns of each stream (by stream number) into one store for `subjects` subject codes.

    The number of threads changes nothing in the result.
    """
    used = [e for e in range(len(program.streams)) if e in columns and len(columns[e].t)]
    sizes = [len(columns[e].t) for e in used]
    known = sum(n for e, n in zip(used, sizes, strict=True) if e < program.known_streams)
    off = np.zeros((len(used) + 1, subjects + 1), np.int32)
    t, row, k = np.empty(sum(sizes), np.int64), np.empty(sum(sizes), np.int32), np.empty(known, np.int64)
    base, widest = 0, 0
    for place, e in enumerate(used):
        _fill(columns[e], off[place], base, (t, k, row), e < program.known_streams, threads)
        widest = max(widest, int(np.diff(off[place]).max(initial=0)))
        base += sizes[place]
    off[-1, :] = base
    slot = np.full(len(program.streams), len(used), np.int64)
    slot[used] = np.arange(len(used))
    by_result = np.append(program.by_result[used], 0).astype(np.int8)
    return Store(off, t, k, row, by_result, slot, (*used, -1), widest)


def _fill(
    column: Column, off: npt.NDArray[np.int32], base: int, out: tuple[Ints, Ints, Rows], known: bool, threads: int
) -> None:
    column = _in_time_order(column)
    count_subjects(column.subject, off, base)
    k, at, subjects = column.t if column.k is None else column.k, off.copy(), len(off) - 1
    row = np.empty(0, np.int32) if column.row is None else column.row
    pieces = 1 + len(column.t) // PIECE
    cut = [subjects * i // pieces for i in range(pieces + 1)]

    def piece(i: int) -> int:
        scatter(column.subject, column.t, k, row, known, cut[i], cut[i + 1], at, off, out[0], out[1], out[2])
        return i

    each(piece, pieces, threads)


def _in_time_order(column: Column) -> Column:
    """Sorting by time first keeps `scatter` linear; files usually are in order already."""
    if len(column.t) < 2 or bool((column.t[1:] >= column.t[:-1]).all()):
        return column
    order = np.argsort(column.t, kind="stable")
    k = None if column.k is None else column.k[order]
    row = order.astype(np.int32) if column.row is None else column.row[order]
    return Column(column.subject[order], column.t[order], k, row)


def store_of_streams(
    program: Program, streams: Mapping[str, Iterable[tuple[int, int, int, int]]], subjects: int
) -> Store:
    """A small store from (subject, t, k, row) tuples by selection name."""
    columns = {}
    for name, facts in streams.items():
        table = np.array(sorted(facts, key=lambda f: f[1:]), np.int64).reshape(-1, 4)
        if name in program.stream_index:
            columns[program.stream_index[name]] = Column(
                table[:, 0], table[:, 1].copy(), table[:, 2].copy(), table[:, 3].astype(np.int32)
            )
    return build_store(program, columns, subjects)


def tables_for(program: Program, store: Store) -> tuple[Table, Table, Table, Table, Table, npt.NDArray[np.int8]]:
    """The program's tables with every stream number replaced by its slot in the store."""
    place = np.append(store.slot, -1)  # stream -1 (none) stays -1
    measures, stages, requirements = (
        program.measure_table.copy(),
        program.stage_table.copy(),
        program.requirement_table.copy(),
    )
    for column in (M.SUSPEND, M.CLEAR):
        measures[:, column] = place[measures[:, column]]
    stages[:, S.CUT] = place[stages[:, S.CUT]]
    empty = len(store.stream_of_slot) - 1
    for field in (R.TRIGGER, R.WAIVER):
        requirements[:, field] = place[requirements[:, field]]
    requirements[:, R.STREAM] = np.where(requirements[:, R.STREAM] < 0, empty, place[requirements[:, R.STREAM]])
    exit_streams = place[program.exit_streams] if len(program.exit_streams) else program.exit_streams
    return measures, stages, requirements, program.exit_table, exit_streams, program.beats


def known_or_never(k: Ints) -> Ints:
    """Known times with "not known yet" as NEVER."""
    return np.where(k < 0, NEVER, k) if len(k) else k
