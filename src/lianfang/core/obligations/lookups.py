"""Questions an opening asks about other facts:

count, first, latest, highest or lowest around a time. Whole columns at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from lianfang.core.facts.facts import Facts
from lianfang.core.facts.vocabulary import ColumnType, Kind
from lianfang.core.language.measure import Lookup, Offset, Selection, Take
from lianfang.core.language.openings import OF_OPENING
from lianfang.core.language.predicate import Expression
from lianfang.core.language.predicate_few import evaluate
from lianfang.core.language.program import NEVER
from lianfang.core.obligations.gather import count_subjects, look_up, scatter, shift_all

Ints = npt.NDArray[np.int64]
Openings = Callable[[str], pa.Array]
"""A column of all openings, by name."""
_PAIRS = 1_000_000
"""So many facts are compared with their openings at once."""


def instants(column: pa.Array) -> Ints:
    """A time column as seconds, unknown = NEVER."""
    return np.asarray(column.fill_null(NEVER) if column.null_count else column, np.int64)


def optional(values: npt.NDArray[np.integer]) -> pa.Array:
    """Seconds as an Arrow column, NEVER = unknown."""
    return pa.array(values, mask=values >= NEVER)


def flags(column: pa.Array) -> npt.NDArray[np.bool_]:
    """A column of flags; unknown counts as no."""
    return np.asarray(column.fill_null(False) if column.null_count else column, bool)


def texts(facts: Facts, kind: Kind, name: str, column: pa.Array) -> pa.Array:
    """A column as expressions see it: references by name instead of code."""
    declared = kind.columns.get(name)
    if declared is None or declared.type != ColumnType.REF or not pa.types.is_integer(column.type):
        return column
    names = facts.names.get(declared.to or kind.subject)
    return column.cast(pa.string()) if names is None else names.take(column)


@dataclass(frozen=True, slots=True)
class Sight:
    """What can be seen of one kind: own times, known times, row numbers (of the kind's table)."""

    t: Ints
    k: Ints | None
    row: Ints

    def only(self, keep: npt.NDArray[np.bool_]) -> Sight:
        """The rows for which `keep` is true."""
        if bool(keep.all()):
            return self
        return Sight(self.t[keep], None if self.k is None else self.k[keep], self.row[keep])


@dataclass(frozen=True, slots=True)
class Target:
    """Visible facts of one kind, sorted by subject and time."""

    kind: Kind
    off: Ints
    t: Ints
    end: Ints
    row: npt.NDArray[np.int64]


@dataclass(slots=True)
class View:
    """The facts as they stand at one instant, with what has been sorted so far."""

    facts: Facts
    kinds: Mapping[str, Kind]
    selections: Mapping[str, Selection]
    as_of: int
    zone: int
    targets: dict[Lookup, Target] = field(default_factory=dict)

    def kind_of(self, name: str) -> tuple[Kind, Expression | None]:
        """The kind behind a selection (or a kind's own name) and the selection's predicate."""
        selection = self.selections.get(name)
        return (self.kinds[name], None) if selection is None else (self.kinds[selection.kind], selection.where)

    def sight(self, kind: Kind, predicates: tuple[Expression | None, ...]) -> Sight:
        """Rows of a kind that pass the predicates and can be seen:

        by own time, and by known time if a predicate reads the result.
        """
        table = self.facts.tables.get(kind.id)
        if table is None or table.num_rows == 0:
            return Sight(np.empty(0, np.int64), None, np.empty(0, np.int64))
        t = instants(self.facts.column(kind.id, kind.time))
        k = instants(self.facts.column(kind.id, kind.known_at)) if kind.known_at else None
        keep = t <= self.as_of
        for where in predicates:
            if where is not None:
                keep &= flags(self.evaluate(kind, where))
                if k is not None and where.columns & kind.known_columns:
                    keep &= k <= self.as_of
        row = np.flatnonzero(keep)
        return Sight(t[row], None if k is None else k[row], row)

    def evaluate(self, kind: Kind, where: Expression) -> pa.Array:
        """A predicate over all rows of a kind."""
        length = self.facts.tables[kind.id].num_rows
        columns = {c: texts(self.facts, kind, c, self.facts.column(kind.id, c)) for c in where.columns}
        return evaluate(where, columns, length, self.zone)

    def codes(self, kind: Kind, name: str, row: Ints) -> Ints:
        """Subject codes of a reference column, unknown = -1."""
        column = self.facts.column(kind.id, name).take(pa.array(row))
        return np.asarray(column.fill_null(-1) if column.null_count else column, np.int64)

    def target(self, lookup: Lookup) -> Target:
        """The facts a look-up searches, sorted once and kept for all that search the same."""
        same = Lookup("", lookup.kind, Take.COUNT, where=lookup.where, through=lookup.through)
        same = replace(same, everywhere=lookup.everywhere, matches=lookup.matches)
        if same not in self.targets:
            self.targets[same] = self._sorted(same)
        return self.targets[same]

    def _sorted(self, lookup: Lookup) -> Target:
        kind, own = self.kind_of(lookup.kind)
        sight = self._only_seen(kind, lookup.matches, self.sight(kind, (own, lookup.where)))
        subject, size = self._grouped(kind, lookup, sight.row)
        sight, subject = sight.only(subject >= 0), subject[subject >= 0]
        off, n = np.zeros(size + 1, np.int64), len(sight.row)
        t, k, row = np.empty(n, np.int64), np.empty(n, np.int64), np.empty(n, np.int64)
        if n:
            count_subjects(subject, off, 0)
            known = sight.t if sight.k is None else sight.k
            order = np.argsort(sight.t, kind="stable")
            at = off.copy()
            given = (subject[order], sight.t[order], known[order], sight.row[order])
            scatter(*given, True, 0, size, at, off, t, k, row)
        return Target(kind, off, t, self._ends(kind, off, t, row), row)

    def _only_seen(self, kind: Kind, matches: Expression | None, sight: Sight) -> Sight:
        """Facts whose result is asked for are seen with their result."""
        if sight.k is None or matches is None or not matches.columns & kind.known_columns:
            return sight
        return sight.only(sight.k <= self.as_of)

    def _grouped(self, kind: Kind, lookup: Lookup, row: Ints) -> tuple[Ints, int]:
        """Under which subject each fact is looked for, and how many subjects there are."""
        if lookup.everywhere:
            return np.zeros(len(row), np.int64), 1
        name = lookup.through or kind.subject
        size = self.facts.size(kind.columns[name].to or kind.subject)
        return self.codes(kind, name, row) if len(row) else np.empty(0, np.int64), size

    def _ends(self, kind: Kind, off: Ints, t: Ints, row: Ints) -> Ints:
        """Last instant of each fact's period."""
        if kind.until_next and len(t):
            end = np.full(len(t), NEVER, np.int64)
            end[:-1] = t[1:] - 1
            last = off[1:][off[1:] > off[:-1]] - 1
            end[last] = NEVER
            return end
        if kind.period_end and len(t):
            return instants(self.facts.column(kind.id, kind.period_end).take(pa.array(row)))
        return t


def _shifted(base: Ints, offset: Offset | None, unbounded: int, zone: int) -> Ints:
    if offset is None:
        return np.where(base >= NEVER, NEVER, unbounded)
    out = np.empty(len(base), np.int64)
    shift_all(base, offset.months, offset.seconds, int(offset.mode), zone, out)
    return out


def _ranked(target: Target, column: pa.Array, field_name: str, take: Take) -> npt.NDArray[np.float64]:
    """What highest and lowest compare: numbers and times as they are, choices by their place; unknown last."""
    declared = target.kind.columns[field_name]
    if declared.type == ColumnType.CHOICE:
        words = column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
        column = pc.index_in(words, value_set=pa.array([value for value, _ in declared.choices], pa.string()))
    return np.asarray(column.cast(pa.float64()).fill_null(float("inf") if take == Take.LOWEST else float("-inf")))


@dataclass(frozen=True, slots=True)
class Answer:
    """A look-up's column, and subject codes if it brings back a reference."""

    column: pa.Array
    codes: Ints | None


def _matching(view: View, matches: Expression, target: Target, subject: Ints, opening: Openings) -> tuple[Target, Ints]:
    """The facts that fit each opening, under the number of the opening instead of a subject; and those numbers."""
    kept, counts = [np.empty(0, np.int64)], np.zeros(len(subject), np.int64)
    for who, position in _pairs(target, subject):
        fits = flags(_compared(view, matches, target, position, who, opening))
        kept.append(position[fits])
        counts += np.bincount(who[fits], minlength=len(subject))
    chosen, off = np.concatenate(kept), np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    numbers = np.arange(len(subject), dtype=np.int64)
    return Target(target.kind, off, target.t[chosen], target.end[chosen], target.row[chosen]), numbers


def _pairs(target: Target, subject: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Every opening with every fact of the subject it asks about, some openings at a time, facts in order."""
    known = (subject >= 0) & (subject < len(target.off) - 1)
    first = target.off[np.where(known, subject, 0)]
    sizes = np.where(known, target.off[np.where(known, subject + 1, 0)] - first, 0)
    ends, start = np.cumsum(sizes), 0
    while start < len(subject):
        before = int(ends[start] - sizes[start])
        stop = max(start + 1, int(np.searchsorted(ends, before + _PAIRS, side="right")))
        some = sizes[start:stop]
        within = np.arange(int(some.sum())) - np.repeat(ends[start:stop] - some - before, some)
        yield np.repeat(np.arange(start, stop), some), np.repeat(first[start:stop], some) + within
        start = stop


def _compared(
    view: View, matches: Expression, target: Target, position: Ints, who: Ints, opening: Openings
) -> pa.Array:
    """The condition for pairs of a fact and an opening."""
    columns = {}
    for name in matches.columns:
        if name.startswith(OF_OPENING):
            columns[name] = opening(name.removeprefix(OF_OPENING)).take(pa.array(who))
        else:
            own = view.facts.column(target.kind.id, name).take(pa.array(target.row[position]))
            columns[name] = texts(view.facts, target.kind, name, own)
    return evaluate(matches, columns, len(who), view.zone)


def answer(view: View, lookup: Lookup, subject: Ints, base: Ints, opening: Openings) -> Answer:
    """Answer one look-up for all openings:

    `subject` are the codes it asks about, `base` the instants it asks around, `opening` gives columns of the openings.
    """
    target = view.target(lookup)
    subject = np.zeros(len(base), np.int64) if lookup.everywhere else subject
    if lookup.matches is not None:
        target, subject = _matching(view, lookup.matches, target, subject, opening)
    found, counted = np.empty(len(base), np.int64), np.empty(len(base), np.int64)
    low = _shifted(base, lookup.since, -NEVER, view.zone)
    high = _shifted(base, lookup.until, NEVER - 1, view.zone)
    kind = target.kind
    rows = pa.array(target.row)
    column = view.facts.column(kind.id, lookup.field).take(rows) if lookup.field else None
    ranked = lookup.take in (Take.HIGHEST, Take.LOWEST) and column is not None
    value = _ranked(target, column, lookup.field or "", lookup.take) if ranked else np.zeros(0)
    look_up(
        subject,
        low,
        high,
        target.off,
        target.t,
        target.end,
        value,
        lookup.overlapping,
        int(lookup.take),
        found,
        counted,
    )
    if lookup.take == Take.COUNT:
        return Answer(pa.array(counted), None)
    chosen = pa.array(found, mask=found < 0)
    if column is None:
        return Answer(pa.array(target.t).take(chosen), None)
    got = column.take(chosen)
    is_ref = kind.columns[lookup.field or ""].type == ColumnType.REF
    codes = np.asarray(got.fill_null(-1), np.int64) if is_ref else None
    return Answer(texts(view.facts, kind, lookup.field or "", got), codes)
