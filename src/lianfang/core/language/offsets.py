"""Windows as an officer writes them (`day 3`, `-48 h`, `end of day $x`) into shifts on the calendar."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from lianfang.core.language.measure import Mode, Offset

DAY = 86_400
LARGEST = 1_000_000
"""No plan looks further than this many units ahead or back."""

SECONDS = {"s": 1, "min": 60, "h": 3_600, "d": DAY}
UNITS = (*SECONDS, "mo")
FORMS = "-48 h, 30 min, 14 d, 3 mo, 1 mo - 1 d, day 3, end of day 3, $parameter"

_QUANTITY = r"(?P<number>[0-9]+|\$[^\W\d]\w*(?:\.\w+)*)"
_DAY_FORM = re.compile(rf"(?P<end>end of )?day {_QUANTITY}")
_SUM_SIGN = re.compile(r"\s+(?=[+-]\s)")
_SHIFT_FORM = re.compile(rf"(?P<sign>[+-])?\s*{_QUANTITY}\s*(?P<unit>[^\W\d]+)?")


class Role(Enum):
    """Which end of a window an offset is: a whole day begins with its first second and ends with its last."""

    START = Mode.DAY_START
    END = Mode.DAY_END
    EXACT = Mode.EXACT


@dataclass(frozen=True, slots=True)
class Number:
    """What a `$parameter` in an offset stands for: its value and its unit."""

    value: int
    unit: str


class OffsetError(ValueError):
    """A text that is no offset, or an offset whose unit does not fit its parameter."""

    def __init__(self, id: str, found: str, allowed: str) -> None:
        super().__init__(f"{id}: {found} (allowed: {allowed})")
        self.id = id
        self.found = found
        self.allowed = allowed


def read_offset(text: str, role: Role, civil: bool, parameter: Callable[[str], Number]) -> Offset:
    """The shift that a text means. `parameter` looks up a `$name` without its dollar sign. Raises OffsetError.

    A sum such as `1 mo - 1 d` (the last day before a month has gone by) lands where its last part lands.
    """
    parts = _SUM_SIGN.split(text.strip())
    if len(parts) > 1:
        shifts = [read_offset(part, role, civil, parameter) for part in parts]
        return Offset(sum(s.months for s in shifts), sum(s.seconds for s in shifts), shifts[-1].mode)
    day = _DAY_FORM.fullmatch(text.strip())
    if day is not None:
        count = _count(day["number"], None, parameter, text).value
        mode = Mode.DAY_END if day["end"] else role.value
        return Offset(0, (count - 1) * DAY, mode)
    shift = _SHIFT_FORM.fullmatch(text.strip())
    if shift is None:
        raise OffsetError("pack:not-an-offset", text, FORMS)
    number = _count(shift["number"], shift["unit"], parameter, text)
    count = -number.value if shift["sign"] == "-" else number.value
    if number.unit == "mo":
        return Offset(count, 0, role.value if civil else Mode.EXACT)
    mode = role.value if civil and number.unit == "d" else Mode.EXACT
    return Offset(0, count * SECONDS[number.unit], mode)


def looks_like_offset(text: str) -> bool:
    """Whether a text is an offset rather than the name of somebody."""
    shifts = [_SHIFT_FORM.fullmatch(part) for part in _SUM_SIGN.split(text.strip())]
    return _DAY_FORM.fullmatch(text.strip()) is not None or all(
        shift is not None and (shift["unit"] in UNITS or shift["unit"] is None) for shift in shifts
    )


def _count(text: str, unit: str | None, parameter: Callable[[str], Number], whole: str) -> Number:
    """The number and the unit it is counted in; a day number has no unit of its own."""
    if not text.startswith("$"):
        is_day = _DAY_FORM.fullmatch(whole.strip()) is not None
        needless = unit is None and (is_day or int(text[:9]) == 0)
        if unit not in UNITS and not needless:
            raise OffsetError("pack:not-an-offset", whole, FORMS)
        if len(text) > 9 or int(text) > LARGEST:
            raise OffsetError("pack:not-an-offset", whole, f"<= {LARGEST}")
        return Number(int(text), unit or "s")
    given = parameter(text[1:])
    if unit is not None and given.unit in UNITS and given.unit != unit:
        raise OffsetError("pack:unit", f"{text} ({given.unit}) {unit}", f"{text}, {text} {given.unit}")
    chosen = unit or given.unit
    if chosen not in UNITS and _DAY_FORM.fullmatch(whole.strip()) is None:
        raise OffsetError("pack:unit", f"{text} ({given.unit})", ", ".join(f"{text} {u}" for u in UNITS))
    if abs(given.value) > LARGEST:
        raise OffsetError("pack:not-an-offset", f"{text} = {given.value}", f"<= {LARGEST}")
    return Number(given.value, chosen)
