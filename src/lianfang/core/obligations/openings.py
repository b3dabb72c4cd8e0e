"""From facts to openings: which loops begin, when, on which day one, with which inputs and truths."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from lianfang.core.facts.vocabulary import COMMON, Kind
from lianfang.core.language.measure import Lookup, Measure
from lianfang.core.language.predicate import Expression, conjuncts
from lianfang.core.language.predicate_few import evaluate
from lianfang.core.language.program import NEVER, Program
from lianfang.core.obligations.lookups import Answer, Ints, View, answer, flags, instants, optional, texts
from lianfang.core.obligations.run import Openings


@dataclass(slots=True)
class Rows:
    """Candidate openings of one measure: rows of the opening kind, their times, and the look-ups answered so far."""

    view: View
    kind: Kind
    t: Ints
    row: Ints
    answers: dict[str, Answer] = field(default_factory=dict)

    def column(self, name: str) -> pa.Array:
        """An own column or a look-up's answer, as expressions see it."""
        if name in self.answers:
            return self.answers[name].column
        own = self.view.facts.column(self.kind.id, name).take(pa.array(self.row))
        return texts(self.view.facts, self.kind, name, own)

    def codes(self, name: str | None) -> Ints:
        """Subject codes: of the opening itself, of a reference column, or of a look-up that brought back a
        reference.
        """
        if name is not None and name in self.answers:
            codes = self.answers[name].codes
            return np.full(len(self.row), -1, np.int64) if codes is None else codes
        return self.view.codes(self.kind, name or self.kind.subject, self.row)

    def times(self, name: str | None) -> Ints:
        """A time column, or the opening fact's own time."""
        return self.t if name is None else instants(self.column(name))

    def compute(self, expression: Expression) -> pa.Array:
        """An expression over all candidates."""
        columns = {c: self.column(c) for c in expression.columns}
        return evaluate(expression, columns, len(self.row), self.view.zone)

    def only(self, keep: npt.NDArray[np.bool_]) -> Rows:
        """The candidates for which `keep` is true."""
        if bool(keep.all()):
            return self
        mask = pa.array(keep)
        kept = {
            name: Answer(a.column.filter(mask), None if a.codes is None else a.codes[keep])
            for name, a in self.answers.items()
        }
        return Rows(self.view, self.kind, self.t[keep], self.row[keep], kept)


Answers = dict[tuple[str, Lookup], Answer]


def _candidates(view: View, measure: Measure, answered: Answers) -> Rows:
    """Facts that pass the predicate.

    What needs only the fact itself is asked first, so that few are left for the look-ups.
    """
    opening = measure.opening
    kind, own = view.kind_of(opening.on)
    conditions = conjuncts(opening.where)
    plain = set(kind.columns) | set(COMMON)
    early = [c for c in conditions if c.columns <= plain]
    late = [c for c in conditions if not c.columns <= plain]
    sight = view.sight(kind, (own, *early))
    by_result = any(e.columns & kind.known_columns for e in (*([own] if own else []), *conditions))
    t = sight.k if by_result and sight.k is not None else sight.t
    rows = Rows(view, kind, t, sight.row)
    rows = rows.only(rows.t <= view.as_of)
    if not len(rows.row):
        return rows
    shared = answered if own is None and not early else {}
    rows = _with_lookups(rows, opening.lookups, shared, opening.on)
    for condition in late:
        rows = rows.only(flags(rows.compute(condition)))
    return rows


def _with_lookups(rows: Rows, lookups: Iterable[Lookup], answered: Answers, on: str) -> Rows:
    """Answer the look-ups in order; the same question about the same candidates (two measures on one kind) is
    asked once.
    """
    plain = True
    for lookup in lookups:
        key = (on, lookup)
        plain = plain and lookup.around is None and (lookup.of is None or lookup.of not in rows.answers)
        plain = plain and lookup.matches is None
        if plain and key in answered and len(answered[key].column) == len(rows.row):
            rows.answers[lookup.name] = answered[key]
            continue
        about, base = rows.codes(lookup.of), rows.times(lookup.around)
        rows.answers[lookup.name] = answer(rows.view, lookup, about, base, rows.column)
        if plain:
            answered[key] = rows.answers[lookup.name]
    return rows


def answer_lookups(rows: Rows, lookups: Iterable[Lookup]) -> Rows:
    """Answer all look-ups of one opening for the given candidates."""
    return _with_lookups(rows, lookups, {}, "")


def _opened(rows: Rows, measure: Measure) -> tuple[Rows, Ints]:
    """Opening instants; candidates without one, in the future, or outside the version's days fall out."""
    at = rows.t if measure.opening.at is None else instants(rows.compute(measure.opening.at))
    keep = at <= rows.view.as_of
    if measure.valid_from is not None:
        keep &= at >= measure.valid_from
    if measure.valid_to is not None:
        keep &= at < measure.valid_to
    return rows.only(keep), at[keep]


def coming_openings(view: View, program: Program, number: int) -> tuple[Ints, Ints]:
    """Loops of a measure that will open without a further fact, after the view's instant: subject codes, instants."""
    measure = program.measures[number]
    if measure.opening.at is None or not _any_later(view, measure, measure.opening.at):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    rows = _candidates(view, measure, {})
    at = instants(rows.compute(measure.opening.at))
    later = (at > view.as_of) & (at < NEVER)
    return rows.codes(None)[later], at[later]


def _any_later(view: View, measure: Measure, at: Expression) -> bool:
    """Whether a fact can open the measure later; only an instant that a look-up gives needs the look-ups for that."""
    kind, own = view.kind_of(measure.opening.on)
    if not at.columns <= set(kind.columns) | set(COMMON):
        return True
    sight = view.sight(kind, (own,))
    later = instants(Rows(view, kind, sight.t, sight.row).compute(at))
    return bool(((later > view.as_of) & (later < NEVER)).any())


def _whole(column: pa.Array) -> Ints:
    """Numbers or times as whole numbers, unknown = NEVER. Fractions are cut."""
    if pa.types.is_floating(column.type):
        values = np.asarray(column.fill_null(float("nan")), np.float64)
        bad = ~np.isfinite(values) | (np.abs(values) >= NEVER)
        return np.where(bad, NEVER, np.where(bad, 0, values).astype(np.int64))
    return instants(column.cast(pa.int64()))


def _truths(rows: Rows, program: Program, number: int) -> Ints:
    out = np.zeros(len(rows.row), np.int64)
    for bit, (row, applies) in enumerate(program.conditions[number]):
        requirement = program.origins[row].requirement
        condition = requirement.applies if applies else requirement.condition
        if condition is not None:
            out |= flags(rows.compute(condition)).astype(np.int64) << bit
    return out


def _open(view: View, program: Program, number: int, answered: Answers) -> tuple[Ints, ...]:
    measure = program.measures[number]
    rows = _candidates(view, measure, answered)
    n = len(rows.row)
    if not n:
        empty = np.empty(0, np.int64)
        return empty, empty, empty, empty, empty, np.empty((program.widest_inputs, 0), np.int64), empty
    rows, opened = _opened(rows, measure)
    n = len(rows.row)
    with_time = Rows(view, rows.kind, rows.t, rows.row, dict(rows.answers))
    with_time.answers.setdefault("opened", Answer(optional(opened), None))
    day_one = opened if measure.opening.day_one is None else instants(with_time.compute(measure.opening.day_one))
    day_one = np.where(day_one >= NEVER, opened, day_one)
    inputs = np.full((program.widest_inputs, n), NEVER, np.int64)
    for c, name in enumerate(program.inputs[number]):
        inputs[c] = _whole(with_time.compute(measure.opening.inputs[name]))
    subject = rows.codes(None)
    return subject, np.full(n, number, np.int64), opened, day_one, rows.row, inputs, _truths(with_time, program, number)


def find_openings(view: View, program: Program, numbers: Sequence[int]) -> Openings:
    """All openings of the given measures that can be seen at the view's instant."""
    answered: Answers = {}
    return _joined([_open(view, program, number, answered) for number in numbers], program)


def together(first: Openings, second: Openings) -> Openings:
    """Two sets of openings as one."""

    def joined(name: str, axis: int = 0) -> Ints:
        return np.concatenate([getattr(first, name), getattr(second, name)], axis=axis)

    return Openings(
        joined("subject"),
        joined("measure"),
        joined("opened"),
        joined("day_one"),
        joined("fact"),
        joined("inputs", axis=1),
        joined("truths"),
    )


def _joined(parts: list[tuple[Ints, ...]], program: Program) -> Openings:
    empty = np.empty(0, np.int64)
    columns = [np.concatenate([p[c] for p in parts]) if parts else empty for c in (0, 1, 2, 3, 4, 6)]
    wide = np.empty((program.widest_inputs, 0), np.int64)
    inputs = np.concatenate([p[5] for p in parts], axis=1) if parts else wide
    keep = columns[0] >= 0
    if not bool(keep.all()):
        columns, inputs = [c[keep] for c in columns], inputs[:, keep]
    subject, measure, opened, day_one, fact, truths = columns
    return Openings(subject, measure, opened, day_one, fact, inputs, truths)
