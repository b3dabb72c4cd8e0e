"""The value of an expression for one fact, in plain Python: the meaning that the columnar reading must match."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from lianfang.core.language.predicate_tree import LARGEST_INSTANT, Column, Constant, Expression, Node, Type

Value = float | str | bool | None
_DAY = 86400.0
NEARLY_WHOLE = 1e-9
_BETWEEN_LISTED = re.compile("[、,，]")
_AROUND_LISTED = " \t\r\n\u3000"


def evaluate_row(expression: Expression, row: Mapping[str, object], zone: int) -> object:
    """The value for one fact: a float, text, flag, or whole seconds for times and durations; None is unknown.

    `zone` is the plan's distance from UTC in seconds. Columns missing from the row are unknown. Never raises.
    """
    value = value_of(expression.tree, row, zone)
    if expression.type in (Type.TIME, Type.DURATION) and isinstance(value, float):
        whole = math.floor(value)
        return whole if abs(whole) <= LARGEST_INSTANT else None
    return value


def value_of(node: Node, row: Mapping[str, object], zone: int) -> Value:
    """The value of one node; times and durations are floats in here."""
    if isinstance(node, Constant):
        return node.value - zone if node.type is Type.TIME and isinstance(node.value, float) else node.value
    if isinstance(node, Column):
        return _clean(row.get(node.name), node.type)
    if node.name in ("and", "or"):
        found = (value_of(operand, row, zone) is True for operand in node.operands)
        return all(found) if node.name == "and" else any(found)
    operands = [value_of(operand, row, zone) for operand in node.operands]
    return _MEANING[node.name](operands, zone)


def first_listed(text: str) -> str | None:
    """The first unit of a list written with 、 or a comma; None if there is none."""
    return next(iter(listed(text)), None)


def listed(text: str) -> list[str]:
    """The units of a list written with 、 or a comma."""
    return [unit for part in _BETWEEN_LISTED.split(text) if (unit := part.strip(_AROUND_LISTED))]


def _clean(value: object, type_: Type) -> Value:
    """A field of a fact as a value of the declared type; what does not fit is unknown."""
    if value is None:
        return None
    if type_ is Type.TEXT:
        return str(value)
    if type_ is Type.FLAG:
        return bool(value)
    if not isinstance(value, (int, float, Decimal)):
        return None
    try:
        return _finite(float(value))
    except OverflowError:
        return None


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _number(operation: Callable[[float, float], float]) -> Callable[[list[Value], int], Value]:
    def meaning(operands: list[Value], zone: int) -> Value:
        a, b = operands
        return None if not isinstance(a, float) or not isinstance(b, float) else _finite(operation(a, b))

    return meaning


def _compared(operation: Callable[[float, float], bool]) -> Callable[[list[Value], int], Value]:
    def meaning(operands: list[Value], zone: int) -> Value:
        a, b = operands
        return a is not None and b is not None and operation(a, b)  # type: ignore[arg-type]

    return meaning


def _of_text(operation: Callable[[str], Value]) -> Callable[[list[Value], int], Value]:
    return lambda operands, zone: operation(operands[0]) if isinstance(operands[0], str) else None


def _most(pick: Callable[[list[float]], float]) -> Callable[[list[Value], int], Value]:
    def meaning(operands: list[Value], zone: int) -> Value:
        known = [operand for operand in operands if isinstance(operand, float)]
        return pick(known) if known else None

    return meaning


def _extreme(pick: Callable[[list[float]], float]) -> Callable[[list[Value], int], Value]:
    def meaning(operands: list[Value], zone: int) -> Value:
        known = [operand for operand in operands if isinstance(operand, float)]
        return pick(known) if len(known) == len(operands) else None

    return meaning


def _rounded(operation: Callable[[float], float]) -> Callable[[list[Value], int], Value]:
    """Up or down to a whole number; what misses one only by the arithmetic of doubles (7% of 100) is that number."""

    def meaning(operands: list[Value], zone: int) -> Value:
        x = operands[0]
        if not isinstance(x, float):
            return None
        near = float(math.floor(x + 0.5))
        return near if abs(x - near) <= NEARLY_WHOLE else float(operation(x))

    return meaning


def _divide(a: float, b: float) -> float:
    return a / b if b else math.inf


def _days(t: float, zone: int) -> float:
    return float(math.floor((t + zone) / _DAY))


def _day(operands: list[Value], zone: int) -> Value:
    t = operands[0]
    return _finite(_days(t, zone) * _DAY - zone) if isinstance(t, float) else None


def _days_between(operands: list[Value], zone: int) -> Value:
    a, b = operands
    return _finite(_days(b, zone) - _days(a, zone)) if isinstance(a, float) and isinstance(b, float) else None


def _within(operands: list[Value], zone: int) -> Value:
    return operands[0] is not None and any(operands[0] == item for item in operands[1:] if item is not None)


_MEANING: Mapping[str, Callable[[list[Value], int], Value]] = {
    "not": lambda operands, zone: operands[0] is not True,
    "negative": lambda operands, zone: -operands[0] if isinstance(operands[0], float) else None,
    "in": _within,
    "==": _compared(lambda a, b: a == b),
    "!=": _compared(lambda a, b: a != b),
    "<": _compared(lambda a, b: a < b),
    "<=": _compared(lambda a, b: a <= b),
    ">": _compared(lambda a, b: a > b),
    ">=": _compared(lambda a, b: a >= b),
    "+": _number(lambda a, b: a + b),
    "-": _number(lambda a, b: a - b),
    "*": _number(lambda a, b: a * b),
    "/": _number(_divide),
    "later": _most(max),
    "earlier": _most(min),
    "max": _extreme(max),
    "min": _extreme(min),
    "ceil": _rounded(math.ceil),
    "floor": _rounded(math.floor),
    "coalesce": lambda operands, zone: next((operand for operand in operands if operand is not None), None),
    "is_known": lambda operands, zone: operands[0] is not None,
    "choose": lambda operands, zone: operands[1] if operands[0] is True else operands[2],
    "day": _day,
    "days_between": _days_between,
    "hours_between": _number(lambda a, b: (b - a) / 3600.0),
    "first_listed": _of_text(first_listed),
    "count_listed": _of_text(lambda text: float(len(listed(text)))),
    "contains": lambda operands, zone: (
        isinstance(operands[0], str) and str(operands[1]) in operands[0] and operands[1] is not None
    ),
    "starts_with": lambda operands, zone: (
        isinstance(operands[0], str) and operands[1] is not None and operands[0].startswith(str(operands[1]))
    ),
}
