"""What a parsed expression is made of: constants, columns and operations, each with its type."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

MOST_CHARACTERS = 2_000
MOST_LEVELS = 40
LARGEST_INSTANT = 2.0**53
"""Seconds beyond this are no instant and no duration but unknown."""


class Type(StrEnum):
    """What a value is: a number, a text, a yes or no, an instant, a length of time."""

    NUMBER = "number"
    TEXT = "text"
    FLAG = "flag"
    TIME = "time"
    DURATION = "duration"


@dataclass(frozen=True, slots=True)
class Constant:
    """A written value. None is unknown; a TIME is civil seconds, turned into an instant by the zone."""

    value: float | str | bool | None
    type: Type
    height: int = 1


@dataclass(frozen=True, slots=True)
class Column:
    """A field of the fact, or the result of a look-up."""

    name: str
    type: Type
    height: int = 1


@dataclass(frozen=True, slots=True)
class Operation:
    """An operator or function with its operands."""

    name: str
    operands: tuple[Node, ...]
    type: Type
    height: int


Node = Constant | Column | Operation


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression: its text, what it says, the type of its value and the columns it reads.

    `parameters` are the names of the plan parameters whose values are inside.
    """

    text: str
    tree: Node
    type: Type
    columns: frozenset[str]
    parameters: frozenset[str] = frozenset()


class PredicateError(ValueError):
    """An expression that cannot be understood: the message's id, the character, what was found, what is allowed."""

    def __init__(self, id: str, offset: int, found: str, allowed: str = "") -> None:
        super().__init__(f"{id} at {offset}: {found}" + (f" (allowed: {allowed})" if allowed else ""))
        self.id = id
        self.offset = offset
        self.found = found
        self.allowed = allowed


def columns_of(tree: Node) -> frozenset[str]:
    """The names of the columns that an expression reads."""
    if isinstance(tree, Column):
        return frozenset((tree.name,))
    if isinstance(tree, Operation):
        return frozenset().union(*(columns_of(operand) for operand in tree.operands))
    return frozenset()


def bound(expression: Expression, name: str, civil: float) -> Expression:
    """The expression with an instant (in civil seconds) in place of a name."""
    if name not in expression.columns:
        return expression
    return replace(expression, tree=_bound(expression.tree, name, civil), columns=expression.columns - {name})


def _bound(node: Node, name: str, civil: float) -> Node:
    if isinstance(node, Column):
        return Constant(float(civil), Type.TIME) if node.name == name else node
    if isinstance(node, Operation):
        return replace(node, operands=tuple(_bound(operand, name, civil) for operand in node.operands))
    return node


def conjuncts(expression: Expression | None) -> tuple[Expression, ...]:
    """The conditions that an expression joins by `and`, in order: it holds where all of them hold."""
    if expression is None:
        return ()
    trees, parts = [expression.tree], []
    while trees:
        tree = trees.pop()
        if isinstance(tree, Operation) and tree.name == "and":
            trees += reversed(tree.operands)
        else:
            parts.append(Expression(expression.text, tree, Type.FLAG, columns_of(tree), expression.parameters))
    return tuple(parts)


def both(first: Expression | None, second: Expression | None) -> Expression | None:
    """The condition that holds where both hold; an absent one always holds."""
    if first is None or second is None:
        return first or second
    height = 1 + max(first.tree.height, second.tree.height)
    tree = Operation("and", (first.tree, second.tree), Type.FLAG, height)
    text = f"({first.text}) and ({second.text})"
    return Expression(text, tree, Type.FLAG, first.columns | second.columns, first.parameters | second.parameters)
