"""One version of one measure while it is being resolved: its names, the day whose values hold, what it has used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from lianfang.core.language.context import Context
from lianfang.core.language.document import Branch, Scalar
from lianfang.core.language.kinds import Scope
from lianfang.core.language.loops import is_loop_kind
from lianfang.core.language.measure import Anchor, Calendar, Fixed, Input, Offset, Words
from lianfang.core.language.offsets import Number, OffsetError, Role, read_offset
from lianfang.core.language.predicate import Expression, Type

ANCHORS = {
    "opening": Fixed.OPENING,
    "day_one": Fixed.DAY_ONE,
    "stage_start": Fixed.STAGE_START,
    "stage_end": Fixed.STAGE_END,
}


class _Unknown(Exception):
    """A parameter in an offset that cannot be used; the complaint is already written."""


@dataclass(slots=True)
class Draft:
    """What the parts of a measure need to know of each other. `parameters` maps element paths to parameter ids."""

    context: Context
    node: Branch
    id: str
    day: date
    subject: str
    civil: bool
    scope: Scope = field(default_factory=lambda: Scope({}))
    inputs: dict[str, Expression] = field(default_factory=dict)
    input_types: dict[str, Type] = field(default_factory=dict)
    stages: tuple[str, ...] = ()
    parameters: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def note(self, path: str, names: Iterable[str]) -> None:
        """Remember which parameters stand at a place of the measure."""
        for number, name in enumerate(sorted(names), 1):
            self.parameters[path if number == 1 else f"{path}#{number}"] = name
            self.used.add(name)

    def expression(
        self, scalar: Scalar | None, path: str, wanted: tuple[Type, ...], scope: Scope | None = None
    ) -> Expression | None:
        """An expression over the opening, or over another scope."""
        if scalar is None:
            return None
        found = self.context.expression(scalar, scope or self.scope, self.day, wanted)
        if found is not None:
            self.note(path, found.parameters)
        return found

    def whole(self, scalar: Scalar | None, path: str, otherwise: int, units: tuple[str, ...], most: int) -> int | Input:
        """A whole number from 0 to `most`: written, a parameter's value (in one of `units`), or an input."""
        if scalar is None:
            return otherwise
        text = scalar.text
        if text.startswith("$"):
            value = self.parameter(scalar, text[1:], path, units)
            return otherwise if value is None else self._bounded(scalar, value.value, most)
        if text.isascii() and text.isdigit():
            return self._bounded(scalar, int(text[:10]), most)
        if self.input_types.get(text) is Type.NUMBER:
            return Input(text)
        if text.isidentifier():
            numbers = [name for name, type_ in self.input_types.items() if type_ is Type.NUMBER]
            self.context.book.add("pack:unknown-input", scalar.place, text, numbers)
        return otherwise

    def _bounded(self, scalar: Scalar, value: int, most: int) -> int:
        if not 0 <= value <= most:
            found = f"{scalar.text} = {value}" if scalar.text.startswith("$") else scalar.text
            self.context.book.add("pack:out-of-range", scalar.place, found, f"0 … {most}")
            return 0
        return value

    def parameter(self, scalar: Scalar, name: str, path: str, units: tuple[str, ...] = ()) -> Number | None:
        """The whole number that a parameter stands for on the draft's day, with its unit."""
        parameter = self.context.parameters.get(name)
        book = self.context.book
        if parameter is None:
            book.add("pack:unknown-parameter", scalar.place, f"${name}", [f"${id}" for id in self.context.parameters])
            return None
        self.context.used_parameters.add(name)
        value = self.context.values(self.day).get(name)
        if not isinstance(value, (int, float)) or value != int(value):
            if value is not None:
                book.add("pack:not-a-number-parameter", scalar.place, f"${name} = {value}", "14")
            return None
        if units and parameter.unit not in units:
            book.add("pack:unit", scalar.place, f"${name} ({parameter.unit})", units)
            return None
        self.note(path, (name,))
        return Number(int(value), parameter.unit)

    def offset(self, scalar: Scalar | None, role: Role, path: str, civil: bool | None = None) -> Offset | None:
        """A shift on the calendar; None (with a complaint) if it cannot be read."""
        if scalar is None:
            return None

        def value_of(name: str) -> Number:
            found = self.parameter(scalar, name, path)
            if found is None:
                raise _Unknown
            return found

        try:
            return read_offset(scalar.text, role, self.civil if civil is None else civil, value_of)
        except _Unknown:
            return None
        except OffsetError as error:
            self.context.book.add(error.id, scalar.place, error.found, error.allowed)
            return None

    def calendar(self, scalar: Scalar | None) -> Calendar | None:
        """The calendar that a period names; None for an offset. A word that is neither is complained about."""
        if scalar is None or not scalar.text[:1].isalpha():
            return None
        if scalar.text not in self.context.calendars:
            self.context.book.add("pack:unknown-calendar", scalar.place, scalar.text, self.context.calendars)
            return Calendar(scalar.text, Words(scalar.text, scalar.text), frozenset(), ())
        return self.context.calendars[scalar.text]

    def selection(self, scalar: Scalar | None, path: str) -> str | None:
        """The id of a selection whose facts are about the measure's subject."""
        if scalar is None:
            return None
        found = self.context.selection(scalar.text, scalar.place, self.day)
        if found is None:
            return None
        if found.where is not None:
            self.note(path, found.where.parameters)
        kind = self.context.kinds[found.kind]
        if is_loop_kind(kind.id) and path != "opens/on":
            self.context.book.add("pack:loop-as-evidence", scalar.place, scalar.text)
        if self.subject and kind.subject != self.subject:
            self.context.book.add("pack:wrong-subject", scalar.place, f"{scalar.text} ({kind.subject})", self.subject)
        return found.id

    def anchor(self, scalar: Scalar | None, otherwise: Anchor, among: Iterable[str] = ANCHORS) -> Anchor:
        """Where a window or a stage is counted from."""
        if scalar is None:
            return otherwise
        if scalar.text in among:
            return ANCHORS[scalar.text]
        if self.input_types.get(scalar.text) is Type.TIME:
            return Input(scalar.text)
        times = [name for name, type_ in self.input_types.items() if type_ is Type.TIME]
        self.context.book.add("pack:unknown-input", scalar.place, scalar.text, (*among, *times))
        return otherwise

    def stage(self, scalar: Scalar | None, otherwise: int) -> int:
        """The place of a stage in the measure."""
        if scalar is None:
            return otherwise
        if scalar.text not in self.stages:
            self.context.book.add("pack:unknown-stage", scalar.place, scalar.text, self.stages)
            return otherwise
        return self.stages.index(scalar.text)
