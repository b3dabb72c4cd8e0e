"""Which operators and functions exist, what they take and what they give."""

from __future__ import annotations

from collections.abc import Sequence

from lianfang.core.language.predicate_tree import Type

N, X, F, T, D = Type.NUMBER, Type.TEXT, Type.FLAG, Type.TIME, Type.DURATION
EQUALITY = ("==", "!=")
ORDER = ("<", "<=", ">", ">=")
ARITHMETIC = {
    ("+", N, N): N,
    ("-", N, N): N,
    ("*", N, N): N,
    ("/", N, N): N,
    ("+", D, D): D,
    ("-", D, D): D,
    ("*", D, N): D,
    ("*", N, D): D,
    ("/", D, N): D,
    ("/", D, D): N,
    ("+", T, D): T,
    ("+", D, T): T,
    ("-", T, D): T,
    ("-", T, T): D,
}
FIXED = {
    "day": ((T,), T),
    "days_between": ((T, T), N),
    "hours_between": ((T, T), N),
    "first_listed": ((X,), X),
    "count_listed": ((X,), N),
    "contains": ((X, X), F),
    "starts_with": ((X, X), F),
    "ceil": ((N,), N),
    "floor": ((N,), N),
}
"""Functions with a fixed list of operands."""

CHOOSING = ("later", "earlier", "coalesce")
"""Functions over one value or more, all of one type, which is also the type of the result."""

EXTREMES = ("min", "max")
"""The least and the greatest of several numbers; unknown as soon as one of them is."""

FUNCTIONS = (*CHOOSING, *EXTREMES, "is_known", "choose", *FIXED)


def binary(sign: str, left: Type, right: Type) -> Type | None:
    """The type of `left sign right`; None if that has no meaning."""
    if sign in EQUALITY:
        return F if left == right else None
    if sign in ORDER:
        return F if left == right and left in (N, T, D) else None
    return ARITHMETIC.get((sign, left, right))


def allowed_with(sign: str) -> str:
    """The pairs of types an operator takes, as text for a complaint."""
    if sign in EQUALITY:
        return ", ".join(f"{t} {sign} {t}" for t in Type)
    if sign in ORDER:
        return ", ".join(f"{t} {sign} {t}" for t in (N, T, D))
    return ", ".join(f"{a} {s} {b}" for s, a, b in ARITHMETIC if s == sign)


def called(name: str, given: Sequence[Type]) -> Type | None:
    """The type of a function's result; None if it does not take these operands."""
    if name in FIXED:
        takes, gives = FIXED[name]
        return gives if tuple(given) == takes else None
    if name == "is_known":
        return F if len(given) == 1 else None
    if name == "choose":
        return given[1] if len(given) == 3 and given[0] == F and given[1] == given[2] else None
    if not given or any(t != given[0] for t in given):
        return None
    if name in EXTREMES:
        return given[0] if given[0] in (N, D) else None
    return None if name != "coalesce" and given[0] not in (N, T, D) else given[0]


def allowed_in(name: str) -> str:
    """How a function is called, as text for a complaint."""
    if name in FIXED:
        return f"{name}({', '.join(FIXED[name][0])})"
    if name == "is_known":
        return "is_known(x)"
    if name == "choose":
        return "choose(flag, a, b)"
    return f"{name}(a, b, …)"
