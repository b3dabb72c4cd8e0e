"""The fact that a selection would accept: what the plan's words fix, read backwards, and what is left to ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from lianfang.core.facts.vocabulary import Column, ColumnType, Kind
from lianfang.core.language.plan import Plan
from lianfang.core.language.predicate_row import evaluate_row
from lianfang.core.language.predicate_tree import Column as Field
from lianfang.core.language.predicate_tree import Constant, Expression, Node, Operation

Values = dict[str, object]
MOST_TRIES = 64
"""So many ways of meeting a selection are tried before it counts as one that people must fill in themselves."""

SOME_TEXT = "—"
"""Stands for any text where the plan only wants one to be there."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """A fact that a selection accepts: its kind, the values the selection fixes, the columns left to ask.

    Asked are the required columns, those where any value of many would do, and, if no values were found that certainly
    fit (figures compared with each other, for instance), all that the selection reads.
    """

    kind: Kind
    values: Mapping[str, object]
    asked: frozenset[str]


def fitting(plan: Plan, selection: str) -> Fitting:
    """A fact that the selection, or kind, of that name accepts."""
    chosen = plan.selections.get(selection)
    kind = plan.kinds[selection if chosen is None else chosen.kind]
    where = None if chosen is None else chosen.where
    found: Values | None = {} if where is None else _first_fit(where, kind, plan.zone)
    loose = frozenset() if where is None else _only_known(where.tree)
    fixed = {n: value for n, value in (found or {}).items() if n not in loose and not _any_of_many(kind, n, value)}
    open_ones = frozenset() if where is None else where.columns if found is None else found.keys() - fixed.keys()
    own = {kind.subject, kind.time}
    asked = {c.name for c in kind.columns.values() if c.required or c.name in open_ones}
    return Fitting(kind, fixed, frozenset(asked - own - fixed.keys()))


def _any_of_many(kind: Kind, name: str, value: object) -> bool:
    """Whether a value is only one of many that would do, so that a person must give the true one."""
    column = kind.columns.get(name)
    if column is None or value is None or value == SOME_TEXT:
        return True
    return column.type in (ColumnType.TIME, ColumnType.NUMBER)


def _only_known(node: Node) -> frozenset[str]:
    """Columns of which the plan only asks that something stands there."""
    if not isinstance(node, Operation):
        return frozenset()
    if node.name == "is_known":
        return frozenset(operand.name for operand in node.operands if isinstance(operand, Field))
    return frozenset().union(*(_only_known(operand) for operand in node.operands))


def _first_fit(where: Expression, kind: Kind, zone: int) -> Values | None:
    for values in islice(_ways(where.tree, kind, {kind.time: 0}, True), MOST_TRIES):
        row = {name: values.get(name) for name in where.columns}
        if evaluate_row(where, row, zone) is True:
            return values
    return None


def _ways(node: Node, kind: Kind, values: Values, want: bool) -> Iterator[Values]:
    """Ways to make a condition true (or, with `want` False, not true) by filling in columns that are still empty."""
    if isinstance(node, Field):
        yield _set(values, node.name, want)
    elif isinstance(node, Operation) and node.name == "not":
        yield from _ways(node.operands[0], kind, values, not want)
    elif isinstance(node, Operation) and node.name in ("and", "or"):
        every = (node.name == "and") == want
        yield from (_all if every else _any)(node.operands, kind, values, want)
    elif isinstance(node, Operation):
        yield from _compared(node, kind, values, want)
    else:
        yield values


def _all(nodes: Sequence[Node], kind: Kind, values: Values, want: bool) -> Iterator[Values]:
    if not nodes:
        yield values
        return
    for first in _ways(nodes[0], kind, values, want):
        yield from _all(nodes[1:], kind, first, want)


def _any(nodes: Sequence[Node], kind: Kind, values: Values, want: bool) -> Iterator[Values]:
    for node in nodes:
        yield from _ways(node, kind, values, want)


def _compared(node: Operation, kind: Kind, values: Values, want: bool) -> Iterator[Values]:
    field = next((operand for operand in node.operands if isinstance(operand, Field)), None)
    if field is None:
        yield values
        return
    given = [o.value for o in node.operands if isinstance(o, Constant)]
    for value in _candidates(node.name, kind.columns.get(field.name), given, want):
        yield _set(values, field.name, value)


def _candidates(name: str, column: Column | None, given: Sequence[object], want: bool) -> list[object]:
    """Values of a column worth trying for a comparison with constants, the likeliest first."""
    near: list[object] = [*given]
    for number in (value for value in given if isinstance(value, int | float) and not isinstance(value, bool)):
        near += [number + 1, number - 1]
    if name == "!=" or not want:
        return [value for value in _usual(column) if value not in given] or [None]
    return [*near, *_usual(column)]


def _usual(column: Column | None) -> list[object]:
    """What stands in a column when nothing more is known about it."""
    if column is None:
        return [None]
    if column.type == ColumnType.CHOICE:
        return [value for value, _ in column.choices]
    if column.type == ColumnType.NUMBER:
        return [column.low if column.low is not None else 0.0, column.high if column.high is not None else 1.0]
    if column.type == ColumnType.FLAG:
        return [True, False]
    return [0] if column.type == ColumnType.TIME else [SOME_TEXT]


def _set(values: Values, name: str, value: object) -> Values:
    """The values with one more, or as they are if the column is settled: whether that fits is seen at the end."""
    return values if name in values else {**values, name: value}
