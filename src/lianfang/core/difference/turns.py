"""Loops under two plans: which loop of the one is which of the other, which open, close or end otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lianfang.core.difference.pairing import opening_kind
from lianfang.core.difference.side import Ints, Side
from lianfang.core.language.loops import is_loop_kind
from lianfang.core.language.measure import Words

MOST_OF_A_SUBJECT = 1 << 16
"""More loops of one measure about one subject than there can be."""
MOST_PAIRS = 1 << 14
MOST_FACTS = 1 << 40


class Turn(StrEnum):
    """What becomes of a loop when the second plan replaces the first."""

    OPENED = "opened"
    CLOSED = "closed"
    OTHERWISE = "otherwise"


TURN_WORDS = {
    Turn.OPENED: Words("新开", "opened"),
    Turn.CLOSED: Words("关闭", "closed"),
    Turn.OTHERWISE: Words("结局不同", "ends otherwise"),
}


@dataclass(frozen=True, slots=True)
class Matched:
    """Loops of the first side and, at the same place, those of the second that stand for them; and the rest."""

    before: Ints
    after: Ints
    only_before: Ints
    only_after: Ints


@dataclass(frozen=True, slots=True)
class TurnCount:
    """How many loops of a measure take a turn, from which state to which (None: no loop), about how many subjects."""

    turn: Turn
    before: str | None
    after: str | None
    state_before: str | None
    state_after: str | None
    loops: int
    subjects: int


@dataclass(frozen=True)
class Turns:
    """The loops that differ: counted, the most frequent first, and listed one a row.

    Columns of `table`: turn, measure_before, measure_after, subject, opened (seconds), state_before, state_after;
    null: no such loop.
    """

    counts: tuple[TurnCount, ...]
    table: pa.Table

    def loops(self, turn: Turn) -> int:
        """How many loops take a turn."""
        return sum(count.loops for count in self.counts if count.turn is turn)


def match_loops(before: Side, after: Side) -> Matched:
    """Two loops are the same if their measures are paired and the same fact opened them.

    Where the opening kinds differ, or loops opened them, they are taken in order of opening, subject by subject.
    """
    kinds = _kinds(before), _kinds(after)
    by_fact = [n for n, kind in kinds[0].items() if kind == kinds[1].get(n) and not is_loop_kind(kind)]
    parts = [_meet(_fact_keys(before, by_fact), _fact_keys(after, by_fact))]
    by_rank = [n for n in kinds[0] if n in kinds[1] and n not in by_fact]
    parts.append(_meet(_rank_keys(before, by_rank), _rank_keys(after, by_rank)))
    one, other = (np.concatenate([part[i] for part in parts]) for i in (0, 1))
    order = np.argsort(one, kind="stable")
    rest = (np.setdiff1d(np.arange(side.size), loops) for side, loops in ((before, one), (after, other)))
    return Matched(one[order], other[order], *rest)


def _kinds(side: Side) -> dict[int, str]:
    """The opening kind by number of pair."""
    measures = zip(side.pair_of.tolist(), side.evaluation.program.measures, strict=True)
    return {number: opening_kind(side.evaluation.plan, m) for number, m in measures if number >= 0}


Keys = tuple[Ints, Ints]


def _fact_keys(side: Side, pairs: list[int]) -> Keys:
    """Loops of these pairs, and what tells them apart: pair and row of the opening fact."""
    loop = np.flatnonzero(np.isin(side.pair, pairs))
    return loop, side.pair[loop] * MOST_FACTS + side.evaluation.result.loops.fact[loop]


def _rank_keys(side: Side, pairs: list[int]) -> Keys:
    """Loops of these pairs, and what tells them apart: pair, subject and the how-manieth of both."""
    loop = np.flatnonzero(np.isin(side.pair, pairs))
    group = side.subject[loop] * MOST_PAIRS + side.pair[loop]
    order = np.argsort(group, kind="stable")  # loops of a subject already come in order of opening
    first = np.concatenate(([True], np.diff(group[order]) != 0))[: len(order)]
    begin = np.maximum.accumulate(np.where(first, np.arange(len(order)), 0))
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order)) - begin
    return loop, group * MOST_OF_A_SUBJECT + rank


def _meet(one: Keys, other: Keys) -> tuple[Ints, Ints]:
    _, i, j = np.intersect1d(one[1], other[1], assume_unique=True, return_indices=True)
    return one[0][i], other[0][j]


def turns(before: Side, after: Side, matched: Matched) -> Turns:
    """Which loops are open under one plan only, and which ended otherwise than before."""
    none = -np.ones(1, np.int64)
    loop_a = np.concatenate([matched.before, matched.only_before, none.repeat(len(matched.only_after))])
    loop_b = np.concatenate([matched.after, none.repeat(len(matched.only_before)), matched.only_after])
    states = sorted({*before.table["state"].unique().to_pylist(), *after.table["state"].unique().to_pylist()})
    state_a, state_b = _states(before, loop_a, states), _states(after, loop_b, states)
    live_a = _taken(before.live.astype(np.int64), loop_a, 0)
    live_b = _taken(after.live.astype(np.int64), loop_b, 0)
    turn = np.where(live_b > live_a, 0, np.where(live_a > live_b, 1, 2))
    rows = np.flatnonzero((turn < 2) | (state_a != state_b))
    rows = rows[np.argsort(turn[rows], kind="stable")]
    measure_a, measure_b = _taken(before.measure, loop_a, -1)[rows], _taken(after.measure, loop_b, -1)[rows]
    subject = np.where(loop_a >= 0, _taken(before.subject, loop_a, 0), _taken(after.subject, loop_b, 0))[rows]
    columns = np.stack([turn[rows], measure_a, measure_b, state_a[rows], state_b[rows]], axis=1)
    counts = _counts(before, after, columns, subject, states)
    return Turns(counts, _table(before, after, loop_a[rows], loop_b[rows], turn[rows]))


def _taken(values: Ints, loops: Ints, otherwise: int) -> Ints:
    """The value of each loop; `otherwise` where there is no loop."""
    if not len(values):
        return np.full(len(loops), otherwise, np.asarray(values).dtype)
    return np.where(loops >= 0, values[loops], otherwise)


def _states(side: Side, loops: Ints, states: list[str]) -> Ints:
    words = side.table["state"].combine_chunks().dictionary_encode()
    place = np.array([states.index(word) for word in words.dictionary.to_pylist()], np.int64)
    return _taken(place[np.asarray(words.indices, np.int64)] if side.size else place, loops, -1)


def _counts(before: Side, after: Side, columns: Ints, subject: Ints, states: list[str]) -> tuple[TurnCount, ...]:
    if not len(columns):
        return ()
    groups, group, loops = np.unique(columns, axis=0, return_inverse=True, return_counts=True)
    persons = np.unique(group.reshape(-1) * (int(subject.max()) + 1) + subject) // (int(subject.max()) + 1)
    subjects = np.bincount(persons, minlength=len(groups))
    found = [
        TurnCount(
            list(Turn)[turn],
            before.word(a),
            after.word(b),
            states[x] if x >= 0 else None,
            states[y] if y >= 0 else None,
            int(loops[i]),
            int(subjects[i]),
        )
        for i, (turn, a, b, x, y) in enumerate(groups.tolist())
    ]
    return tuple(sorted(found, key=lambda c: (list(Turn).index(c.turn), -c.loops)))


def _table(before: Side, after: Side, loop_a: Ints, loop_b: Ints, turn: Ints) -> pa.Table:
    a, b = (_nullable(before, loop_a), _nullable(after, loop_b))
    word = pa.array([t.value for t in Turn]).take(pa.array(turn))
    return pa.table(
        {
            "turn": word,
            "measure_before": a["measure"],
            "measure_after": b["measure"],
            "subject": pc.coalesce(a["subject"], b["subject"]),
            "opened": pc.coalesce(a["opened"], b["opened"]),
            "state_before": a["state"],
            "state_after": b["state"],
        }
    )


def _nullable(side: Side, loops: Ints) -> pa.Table:
    """Rows of the loops table, null where there is no loop."""
    wanted = side.table.select(["measure", "subject", "opened", "state"])
    return wanted.take(pa.array(loops, mask=loops < 0))
