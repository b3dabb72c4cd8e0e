"""Questions an opening asks about other facts:

count, first, latest, highest or lowest around a time. Whole columns at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from lianfang.core.facts.facts import Facts
from lianfang.core.facts.vocabulary import ColumnType, Kind
from lianfang.core.language.measure import Lookup, Offset, Selection, Take
from lianfang.core.language.predicate import Expression
from lianfang.core.language.predicate_few import evaluate
from lianfang.core.language.program import NEVER
from lianfang.core.obligations.gather import count_subjects, look_up, scatter, shift_all

Ints = npt.NDArray[np.int64]


def instants(column: pa.Array) -> Ints:
    """A time column as seconds, unknown = NEVER."""
    return np.asarray(column.fill_null(NEVER) if column.null_count else column, np.int64)


def optional(values: npt.NDArray[np.integer]) -> pa.Array:
    """Seconds as an Arrow column, NEVER = unknown."""
    return pa.array(values, mask=values >= NEVER)


def flags(column: pa.Array) -> npt.NDArray[np.bool_]:
    """A column of flags; unknown counts as no."""
    return np.asarray(column.fill_null(False))


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
    targets: dict[tuple[str, Expression | None], Target] = field(default_factory=dict)

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
        return np.asarray(column.fill_null(-1), np.int64)

    def target(self, name: str, where: Expression | None) -> Target:
        """The facts a look-up searches, sorted once and kept."""
        if (name, where) not in self.targets:
            self.targets[name, where] = self._sorted(name, where)
        return self.targets[name, where]

    def _sorted(self, name: str, where: Expression | None) -> Target:
        kind, own = self.kind_of(name)
        sight = self.sight(kind, (own, where))
        subject = self.codes(kind, kind.subject, sight.row) if len(sight.row) else np.empty(0, np.int64)
        size = self.facts.size(kind.subject)
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


def _ranked(target: Target, column: pa.Array, field_name: str) -> npt.NDArray[np.float64]:
    """What highest and lowest compare: numbers and times as they are, choices by their place in the vocabulary."""
    declared = target.kind.columns[field_name]
    if declared.type == ColumnType.CHOICE:
        words = column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
        column = pc.index_in(words, value_set=pa.array([value for value, _ in declared.choices], pa.string()))
    return np.asarray(column.cast(pa.float64()).fill_null(float("-inf")))


@dataclass(frozen=True, slots=True)
class Answer:
    """A look-up's column, and subject codes if it brings back a reference."""

    column: pa.Array
    codes: Ints | None


def answer(view: View, lookup: Lookup, subject: Ints, base: Ints) -> Answer:
    """Answer one look-up for all openings:

    `subject` are the codes it asks about, `base` the instants it asks around.
    """
    target = view.target(lookup.kind, lookup.where)
    found, counted = np.empty(len(base), np.int64), np.empty(len(base), np.int64)
    low = _shifted(base, lookup.since, -NEVER, view.zone)
    high = _shifted(base, lookup.until, NEVER - 1, view.zone)
    kind = target.kind
    rows = pa.array(target.row)
    column = view.facts.column(kind.id, lookup.field).take(rows) if lookup.field else None
    ranked = lookup.take in (Take.HIGHEST, Take.LOWEST) and column is not None
    value = _ranked(target, column, lookup.field or "") if ranked else np.zeros(0)
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
