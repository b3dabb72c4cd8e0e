"""One subject at a time: its arrays cut out of the city's, and how long the kernel takes for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import numpy.typing as npt

from bench.kernel_side import KernelSide
from bench.timing import Series, ranks
from lianfang.core.obligations.run import Loops, Result, make_ready, run
from lianfang.core.obligations.store import Store


def single_times(side: KernelSide, subjects: int, seed: int = 1) -> tuple[Series, float]:
    """(seconds a subject, obligations a subject on average) for subjects that have a loop, drawn at random."""
    loops = side.open_rows()[0].result.loops
    having = np.flatnonzero(np.diff(loops.first))
    chosen = np.random.default_rng(seed).choice(having, min(subjects, len(having)), replace=False)
    calls = [_call(side, loops, int(person)) for person in chosen]
    rows = [call().rows for call in calls]
    return ranks(calls), float(np.mean(rows))


def _call(side: KernelSide, loops: Loops, person: int) -> Callable[[], Result]:
    """The evaluation of one subject, its arrays in hand."""
    store, own = store_of_one(side.store, person), loops_of_one(loops, person)
    ready = make_ready(side.program, store)
    return partial(run, side.program, store, own, side.as_of, zone=side.plan.zone, ready=ready)


def loops_of_one(loops: Loops, person: int) -> Loops:
    """The openings of one subject."""
    a, b = int(loops.first[person]), int(loops.first[person + 1])

    def own(column: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        return column[a:b].copy()

    return Loops(
        np.array([0, b - a]),
        own(loops.measure),
        own(loops.opened),
        own(loops.day_one),
        np.ascontiguousarray(loops.inputs[:, a:b]),
        own(loops.truths),
        own(loops.fact),
    )


def store_of_one(store: Store, person: int) -> Store:
    """The facts of one subject, in the same slots."""
    low, high = store.off[:, person], store.off[:, person + 1]
    rows = np.concatenate([np.arange(a, b) for a, b in zip(low, high, strict=True)]).astype(np.int64)
    ends = np.cumsum(high - low)
    off = np.stack([ends - (high - low), ends], axis=1).astype(store.off.dtype)
    known = rows[rows < len(store.k)]
    widest = int((high - low).max(initial=0))
    return Store(
        off, store.t[rows], store.k[known], store.row[rows], store.by_result, store.slot, store.stream_of_slot, widest
    )
