"""Expression text into a typed tree: precedence climbing, types checked on the way, constants folded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from lianfang.core.language.predicate_row import value_of
from lianfang.core.language.predicate_tokens import KEYWORDS, UNITS, Sort, Token, civil_seconds, tokenize
from lianfang.core.language.predicate_tree import (
    MOST_LEVELS,
    Column,
    Constant,
    Expression,
    Node,
    Operation,
    PredicateError,
    Type,
    columns_of,
)
from lianfang.core.language.predicate_types import FUNCTIONS, allowed_in, allowed_with, binary, called

_COMPARING = ("==", "!=", "<", "<=", ">", ">=")
_STRENGTH = {"or": 1, "and": 2, "in": 4, **dict.fromkeys(_COMPARING, 4), "+": 5, "-": 5, "*": 6, "/": 6}
_NOT = 3
_MINUS = 7


def parse(
    text: str,
    scope: Mapping[str, Type],
    parameters: Mapping[str, object],
    choices: Mapping[str, Sequence[str]] | None = None,
) -> Expression:
    """Read an expression over the columns of `scope`, with plan parameters put in as values.

    `choices` lists the words a column can hold: a comparison with any other word is refused. Raises PredicateError.
    """
    reader = _Reader(tokenize(text), scope, parameters, choices or {})
    tree = reader.expression(0)
    end = reader.peek
    if end.sort is not Sort.END:
        raise PredicateError(
            "expression:unexpected", end.offset, end.text, "and, or, " + ", ".join((*_COMPARING, "in"))
        )
    return Expression(text, tree, tree.type, columns_of(tree), frozenset(reader.used))


@dataclass(slots=True)
class _Reader:
    """The tokens, how far they are read, and what names mean."""

    tokens: tuple[Token, ...]
    scope: Mapping[str, Type]
    parameters: Mapping[str, object]
    choices: Mapping[str, Sequence[str]]
    at: int = 0
    depth: int = 0
    used: set[str] = field(default_factory=set)

    @property
    def peek(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        token = self.tokens[self.at]
        self.at += token.sort is not Sort.END
        return token

    def expect(self, sign: str) -> None:
        token = self.take()
        if token.sort is not Sort.SIGN or token.text != sign:
            raise PredicateError("expression:unexpected", token.offset, token.text or "…", sign)

    def expression(self, weakest: int) -> Node:
        """Everything that binds at least as strongly as `weakest`."""
        self.depth += 1
        _bounded(self.depth, self.peek.offset)
        start = self.peek
        left = self.prefix()
        compared = False
        while (strength := _strength(self.peek)) >= max(weakest, 1):
            sign = self.take()
            if strength == _STRENGTH["=="] and compared:
                raise PredicateError("expression:chained", sign.offset, sign.text, "a < b and b < c")
            compared = strength == _STRENGTH["=="]
            left = self.membership(left, sign) if sign.text == "in" else self.pair(left, start, sign, strength)
        self.depth -= 1
        return left

    def pair(self, left: Node, first: Token, sign: Token, strength: int) -> Node:
        second = self.peek
        right = self.expression(strength + 1)
        if sign.text in ("and", "or"):
            _flags(sign, left, right)
            return self.build(sign, sign.text, _spread(sign.text, left, right), Type.FLAG)
        type_ = binary(sign.text, left.type, right.type)
        if type_ is None:
            found = f"{left.type} {sign.text} {right.type}"
            raise PredicateError("expression:wrong-types", sign.offset, found, allowed_with(sign.text))
        self.check_choice(left, right, second)
        self.check_choice(right, left, first)
        return self.build(sign, sign.text, (left, right), type_)

    def check_choice(self, column: Node, word: Node, sign: Token) -> None:
        """A word that the column can never hold is a slip of the pen, not a condition."""
        if isinstance(column, Column) and isinstance(word, Constant) and column.name in self.choices:
            allowed = self.choices[column.name]
            if word.value not in allowed:
                raise PredicateError("expression:no-such-choice", sign.offset, f"{word.value}", ", ".join(allowed))

    def membership(self, left: Node, sign: Token) -> Node:
        self.expect("[")
        items: list[Node] = []
        while not items or self.peek.text == ",":
            if items:
                self.take()
            start = self.peek
            item = self.prefix()
            if not isinstance(item, Constant):
                raise PredicateError("expression:not-a-value", start.offset, start.text, "'a', 14, 14 d, $p")
            if item.type != left.type:
                raise PredicateError("expression:wrong-types", start.offset, f"{item.type}", f"{left.type}")
            self.check_choice(left, item, start)
            items.append(item)
        self.expect("]")
        return self.build(sign, "in", (left, *items), Type.FLAG)

    def prefix(self) -> Node:
        """A value, a name, a call, or something in parentheses; with `not` or a minus before it."""
        token = self.take()
        if token.text == "not":
            inner = self.expression(_NOT + 1)
            _flags(token, inner)
            return self.build(token, "not", (inner,), Type.FLAG)
        if token.text == "-" and token.sort is Sort.SIGN:
            inner = self.expression(_MINUS)
            if inner.type not in (Type.NUMBER, Type.DURATION):
                raise PredicateError("expression:wrong-types", token.offset, f"- {inner.type}", "- number, - duration")
            return self.build(token, "negative", (inner,), inner.type)
        if token.text == "(" and token.sort is Sort.SIGN:
            inner = self.expression(0)
            self.expect(")")
            return inner
        return self.atom(token)

    def atom(self, token: Token) -> Node:
        match token.sort:
            case Sort.NUMBER:
                return self.quantity(float(token.text))
            case Sort.TEXT:
                return Constant(token.text[1:-1], Type.TEXT)
            case Sort.TIME:
                return Constant(civil_seconds(token), Type.TIME)
            case Sort.PARAMETER:
                return self.parameter(token)
            case Sort.NAME if token.text in ("true", "false"):
                return Constant(token.text == "true", Type.FLAG)
            case Sort.NAME if token.text not in KEYWORDS:
                return self.call(token) if self.peek.text == "(" else self.column(token)
        raise PredicateError("expression:unexpected", token.offset, token.text or "…", "x, 14, 'a', $p, (")

    def quantity(self, number: float) -> Constant:
        """A number, or a length of time if a unit follows."""
        unit = self.peek
        if unit.sort is Sort.NAME and unit.text not in (*UNITS, *KEYWORDS):
            raise PredicateError("expression:unexpected", unit.offset, unit.text, ", ".join(UNITS))
        if unit.text in UNITS:
            return Constant(_finite(number * UNITS[self.take().text]), Type.DURATION)
        return Constant(_finite(number), Type.NUMBER)

    def parameter(self, token: Token) -> Constant:
        name = token.text[1:]
        if name not in self.parameters:
            raise PredicateError("expression:unknown-parameter", token.offset, token.text, ", ".join(self.parameters))
        self.used.add(name)
        value = self.parameters[name]
        if isinstance(value, bool):
            return Constant(value, Type.FLAG)
        if isinstance(value, (int, float)):
            return self.quantity(_float(value))
        if isinstance(value, date):
            return Constant(civil_seconds(Token(Sort.TIME, value.isoformat(), token.offset)), Type.TIME)
        return Constant(str(value), Type.TEXT)

    def column(self, token: Token) -> Column:
        if token.text not in self.scope:
            raise PredicateError("expression:unknown-name", token.offset, token.text, ", ".join(self.scope))
        return Column(token.text, self.scope[token.text])

    def call(self, token: Token) -> Node:
        if token.text not in FUNCTIONS:
            raise PredicateError("expression:unknown-function", token.offset, token.text, ", ".join(FUNCTIONS))
        self.expect("(")
        operands: list[Node] = []
        while self.peek.text != ")" or operands:
            operands.append(self.expression(0))
            if self.peek.text != ",":
                break
            self.take()
        self.expect(")")
        type_ = called(token.text, [operand.type for operand in operands])
        if type_ is None:
            found = f"{token.text}({', '.join(operand.type for operand in operands)})"
            raise PredicateError("expression:wrong-types", token.offset, found, allowed_in(token.text))
        return self.build(token, token.text, tuple(operands), type_)

    def build(self, token: Token, name: str, operands: tuple[Node, ...], type_: Type) -> Node:
        """The operation, or its value if nothing in it depends on a fact or on the zone."""
        node = Operation(name, operands, type_, 1 + max(operand.height for operand in operands))
        _bounded(node.height, token.offset)
        if all(isinstance(operand, Constant) and operand.type is not Type.TIME for operand in operands):
            return Constant(value_of(node, {}, 0), type_)
        return node


def _strength(token: Token) -> int:
    return _STRENGTH.get(token.text, 0) if token.sort in (Sort.SIGN, Sort.NAME) else 0


def _spread(name: str, left: Node, right: Node) -> tuple[Node, ...]:
    """One flat list for a long chain of `and` or `or`, so that its length costs no levels."""
    if isinstance(left, Operation) and left.name == name:
        return (*left.operands, right)
    return (left, right)


def _flags(sign: Token, *operands: Node) -> None:
    for operand in operands:
        if operand.type is not Type.FLAG:
            raise PredicateError(
                "expression:wrong-types", sign.offset, f"{sign.text} {operand.type}", f"{sign.text} flag"
            )


def _bounded(levels: int, offset: int) -> None:
    if levels > MOST_LEVELS:
        raise PredicateError("expression:too-deep", offset, str(levels), str(MOST_LEVELS))


def _float(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        return float("inf")


def _finite(value: float) -> float | None:
    return value if -float("inf") < value < float("inf") else None
