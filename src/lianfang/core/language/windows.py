"""The window of a requirement: every way of writing it as from, due, until and a period."""

from __future__ import annotations

from dataclasses import dataclass

from lianfang.core.days.civil import shift
from lianfang.core.language.document import Branch, Scalar
from lianfang.core.language.draft import Draft
from lianfang.core.language.measure import Calendar, Mode, Offset, Shape
from lianfang.core.language.offsets import DAY, Role, looks_like_offset

_LAST_DAY_START = Offset(0, -1, Mode.DAY_START)
_LAST_DAY_END = Offset(0, -1, Mode.DAY_END)
_DAILY = Offset(0, DAY)
_DAY_END = Offset(0, 0, Mode.DAY_END)
LEAST_PERIOD = 60
"""Seconds: nothing is owed more often than every minute."""
_SHORTEST_MONTH = 28


@dataclass(frozen=True, slots=True)
class Window:
    """When evidence counts (`start` to `until`), when it is due, how often (a period, or each day of a calendar).

    `at_end`: counted from the stage's end.
    """

    start: Offset | None
    due: Offset | None
    until: Offset | None
    every: Offset | None
    calendar: Calendar | None = None
    at_end: bool = False


def is_limit(node: Branch) -> bool:
    """Whether `by` is a time (`by: -3 d`) and not an owner."""
    return looks_like_offset(node.text("by") or "")


def resolve_window(draft: Draft, node: Branch, shape: Shape, at: str) -> Window:
    """`on`, `within`, `by` and the long form, all as from, due and until; a window that cannot be met is refused."""
    window = _read(draft, node, shape, at)
    _check(draft, node, window)
    return window


def _read(draft: Draft, node: Branch, shape: Shape, at: str) -> Window:
    calendar = draft.calendar(node.scalar("every"))
    every = None if calendar else draft.offset(node.scalar("every"), Role.EXACT, f"{at}/every")
    if shape is Shape.RESULT:
        return Window(Offset(), draft.offset(node.scalar("result_within"), Role.END, f"{at}/result_within"), None, None)
    if shape in (Shape.CHECK, Shape.COUNT):
        return Window(Offset(), None, None, None)
    start, due, at_end = _start_and_due(draft, node, at, _DAILY if calendar else every)
    until = node.scalar("until")
    if until is not None:
        accepted = _bound(draft, until, Role.END, f"{at}/until", "none")
    else:
        accepted = _DAY_END if calendar else _next_start(start, every)
    return Window(start, due, accepted, every, calendar, at_end)


def _check(draft: Draft, node: Branch, window: Window) -> None:
    book, every = draft.context.book, node.scalar("every")
    if every is not None and window.every is not None and _least(window.every) < LEAST_PERIOD:
        book.add("pack:too-often", every.place, every.text, "1 min, 1 h, 1 d, 1 mo")
    for end, scalar in ((window.due, node.scalar("due")), (window.until, node.scalar("until"))):
        if scalar is not None and _reversed(window.start, end):
            book.add("pack:window-order", scalar.place, scalar.text, node.text("from") or "")


def _least(period: Offset) -> int:
    return period.months * _SHORTEST_MONTH * DAY + period.seconds


def _reversed(start: Offset | None, end: Offset | None) -> bool:
    """Whether a window ends before it begins, for an anchor early in its day as well as late."""
    if start is None or end is None:
        return False
    return all(
        shift(t, end.months, end.seconds, end.mode, 0) < shift(t, start.months, start.seconds, start.mode, 0)
        for t in (0, DAY - 1)
    )


def _start_and_due(
    draft: Draft, node: Branch, at: str, every: Offset | None
) -> tuple[Offset | None, Offset | None, bool]:
    on, within, by = node.scalar("on"), node.scalar("within"), node.scalar("by")
    if on is not None and on.text == "last day":
        return _LAST_DAY_START, _LAST_DAY_END, True
    if on is not None:
        start, due = (draft.offset(on, role, f"{at}/on", civil=True) for role in (Role.START, Role.END))
        return start or Offset(), due or Offset(), False
    if within is not None:
        return Offset(), draft.offset(within, Role.END, f"{at}/within"), False
    if by is not None and is_limit(node):
        return None, draft.offset(by, Role.END, f"{at}/by"), False
    first, last = node.scalar("from"), node.scalar("due")
    if every is not None and first is None and last is None:
        return *_whole_period(every, draft.civil or every is _DAILY), False
    return (
        Offset() if first is None else _bound(draft, first, Role.START, f"{at}/from", "any"),
        None if last is None else _bound(draft, last, Role.END, f"{at}/due", "none"),
        False,
    )


def _bound(draft: Draft, scalar: Scalar, role: Role, path: str, none: str) -> Offset | None:
    return None if scalar.text == none else draft.offset(scalar, role, path)


def _whole_period(every: Offset, civil: bool) -> tuple[Offset, Offset]:
    """`every: 7 d` and no more: once at any time within each period."""
    if civil and (every.months or every.seconds % DAY == 0):
        return Offset(0, 0, Mode.DAY_START), Offset(every.months, every.seconds - DAY, Mode.DAY_END)
    return Offset(), every


def _next_start(start: Offset | None, every: Offset | None) -> Offset | None:
    """A recurring piece of evidence counts until its successor's turn."""
    if start is None or every is None:
        return None
    return Offset(start.months + every.months, start.seconds + every.seconds, start.mode)
