"""Sorting facts and openings in pieces and on threads gives what sorting them in one go gives."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from lianfang.core.language.lower import lower
from lianfang.core.language.measure import Measure, Opening, Requirement, Selection, Shape, Stage, Words
from lianfang.core.language.program import Program
from lianfang.core.obligations import run as running
from lianfang.core.obligations import store as storing
from lianfang.core.obligations.run import Loops, Openings, arrange, make_ready, run
from lianfang.core.obligations.store import Column, Store, build_store

NAMELESS = Words("", "")
SUBJECTS, FACTS = 40, 900
Ints = npt.NDArray[np.int64]


@pytest.fixture(scope="module")
def program() -> Program:
    """One measure that waits for one kind of evidence with a known time."""
    duty = Requirement("r", NAMELESS, Shape.WINDOW, evidence="e", times=3)
    measure = Measure("m", NAMELESS, "person", Opening("e"), (Stage("s", NAMELESS, days=1),), (duty,))
    return lower((measure,), {"e": Selection("e", "e", NAMELESS)})


def some(rng: np.random.Generator, most: int, rows: int = FACTS) -> Ints:
    """Whole numbers with many ties."""
    return rng.integers(0, most, rows)


def facts(seed: int, row: npt.NDArray[np.int32] | None) -> Column:
    """Facts in no order, many at the same instant."""
    rng = np.random.default_rng(seed)
    t = some(rng, 50)
    return Column(some(rng, SUBJECTS), t, t + some(rng, 3), row)


def sorted_plainly(column: Column) -> list[tuple[int, int, int, int]]:
    """(subject, t, k, row) in order, by Python's own sorting."""
    rows = range(len(column.t)) if column.row is None else column.row.tolist()
    assert column.k is not None
    return sorted(zip(column.subject.tolist(), column.t.tolist(), column.k.tolist(), rows, strict=True))


def read_back(store: Store) -> list[tuple[int, int, int, int]]:
    """The same from a store of one stream."""
    cut = store.off[0].tolist()
    return [
        (p, int(store.t[i]), int(store.k[i]), int(store.row[i]))
        for p in range(SUBJECTS)
        for i in range(cut[p], cut[p + 1])
    ]


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("piece", [1_000_000, 100, 7])
@pytest.mark.parametrize("numbered", [False, True])
def test_facts_are_in_order_however_they_were_cut(
    program: Program, monkeypatch: pytest.MonkeyPatch, threads: int, piece: int, numbered: bool
) -> None:
    monkeypatch.setattr(storing, "PIECE", piece)
    row = np.arange(5, 5 + FACTS, dtype=np.int32)[::-1].copy() if numbered else None
    column = facts(3, row)
    store = build_store(program, {0: column}, SUBJECTS, threads)
    assert read_back(store) == sorted_plainly(column)


def openings(seed: int) -> Openings:
    """Openings in no order, many at the same instant."""
    rng = np.random.default_rng(seed)
    opened = some(rng, 5)
    fact = rng.permutation(FACTS)
    return Openings(some(rng, SUBJECTS), some(rng, 2), opened, opened, fact, np.stack([fact * 2]), some(rng, 2))


def columns(loops: Loops) -> list[list[int]]:
    """Every column of the loops, for comparing."""
    names = (loops.first, loops.measure, loops.opened, loops.day_one, loops.truths, loops.fact, loops.inputs[0])
    return [column.tolist() for column in names]


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("piece", [100, 7])
def test_openings_are_in_order_however_they_were_cut(monkeypatch: pytest.MonkeyPatch, threads: int, piece: int) -> None:
    given = openings(4)
    keys = sorted(zip(*(c.tolist() for c in (given.subject, given.opened, given.measure, given.fact)), strict=True))
    monkeypatch.setattr(running, "PIECE", piece)
    loops = arrange(given, SUBJECTS, threads)
    subjects = np.repeat(np.arange(SUBJECTS), np.diff(loops.first)).tolist()
    lines = zip(subjects, loops.opened.tolist(), loops.measure.tolist(), loops.fact.tolist(), strict=True)
    assert list(lines) == keys
    assert loops.inputs[0].tolist() == [2 * fact for *_, fact in keys]


def test_what_is_made_ready_once_serves_every_instant(program: Program) -> None:
    store = build_store(program, {0: facts(3, None)}, SUBJECTS)
    none, wide = np.zeros(3, np.int64), np.zeros((0, 3), np.int64)
    loops = arrange(Openings(none, none, none, none, none, wide, none), SUBJECTS)
    ready = make_ready(program, store)
    for as_of in (0, 3, 49):
        given = run(program, store, loops, as_of, zone=0, ready=ready)
        fresh = run(program, store, loops, as_of, zone=0)
        assert given.rows == fresh.rows > 0
        assert all((a == b).all() for a, b in zip(given.blocks[0], fresh.blocks[0], strict=True))
