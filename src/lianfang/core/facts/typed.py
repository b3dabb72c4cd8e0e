"""One column from its source to the type of the vocabulary, all rows at once; what cannot be read becomes a fault."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lianfang.core.days.text import TimeError, parse_instant
from lianfang.core.facts.faults import ALLOWED_FLAGS, ALLOWED_TIMES, Fault, fault_where
from lianfang.core.facts.vocabulary import Column, ColumnType

EARLIEST, LATEST = -2208988800, 7258118400  # 1900 and 2200
ISO_TIME = r"^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2})?)?$"
PLAIN_NUMBER = r"^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?$"
NAME_LENGTH = 200
_EMPTY = pa.scalar("", pa.string())  # with its type: Arrow need not guess one, which costs 0.1 ms
YES = ("true", "1", "是", "有", "yes", "y", "t", "对")
NO = ("false", "0", "否", "无", "no", "n", "f", "没有")

Typed = tuple[pa.Array | None, list[Fault]]


def typed_column(column: Column, values: pa.Array, zone: int) -> Typed:
    """A source column in the type the vocabulary says, with what is wrong in it.

    Time: int64 seconds; reference: int64 (a code) or string (a name); number: int64 or float64; flag: bool; choice:
    dictionary in the order of the vocabulary; text: string. The array is None if nothing of the column can be used.
    """
    if pa.types.is_dictionary(values.type) and column.type != ColumnType.CHOICE:
        values = values.dictionary_decode()
    if pa.types.is_null(values.type):
        values = values.cast(pa.string())
    if is_text(values.type):
        values = values if pa.types.is_string(values.type) else values.cast(pa.string())
    return _READERS[column.type](column, values, zone)


def is_text(type: pa.DataType) -> bool:
    """Any of Arrow's string types."""
    return bool(pa.types.is_string(type) or pa.types.is_large_string(type) or pa.types.is_string_view(type))


def trimmed(values: pa.Array) -> pa.Array:
    """Texts without blanks at their ends; an empty text is nothing."""
    values = pc.utf8_trim_whitespace(values)
    return pc.if_else(pc.equal(values, _EMPTY), pa.scalar(None, pa.string()), values)


def _refused(column: Column, values: pa.Array, allowed: str) -> Typed:
    return None, [Fault("fact:wrong-type", column.name, found=(str(values.type),), allowed=allowed)]


def _translated(values: pa.Array, read: Callable[[str], object | None], type: pa.DataType) -> tuple[pa.Array, pa.Array]:
    """Texts through a function, once for each different text; and a mark on those it could not read."""
    encoded = values.dictionary_encode()
    read_out = [read(text) for text in encoded.dictionary.to_pylist()]
    out = pa.array(read_out, type).take(encoded.indices)
    return out, pc.and_(pc.is_valid(values), pc.is_null(out))


def read_time(column: Column, values: pa.Array, zone: int) -> Typed:
    """Instants: int64 seconds, timestamps (without a zone: the plan's local time), dates or written times."""
    type = values.type
    faults: list[Fault] = []
    if pa.types.is_string(type):
        written = trimmed(values)
        seconds, wrong = _written_times(written, zone)
        faults = fault_where("fact:bad-time", column.name, wrong, lambda r: written[r].as_py(), ALLOWED_TIMES)
    elif pa.types.is_timestamp(type):
        unit = pa.timestamp("s", type.tz)
        seconds = pc.floor_temporal(values, unit="second").cast(unit, safe=False).cast(pa.int64())
        seconds = seconds if type.tz else pc.subtract(seconds, zone)
    elif pa.types.is_date(type):
        seconds = pc.subtract(pc.multiply(values.cast(pa.date32()).cast(pa.int32()).cast(pa.int64()), 86400), zone)
    elif pa.types.is_integer(type):
        seconds = values if pa.types.is_int64(type) else values.cast(pa.int64())
    else:
        return _refused(column, values, "timestamp, date, int64, string")
    return seconds, faults + _out_of_range(column, seconds)


def _written_times(written: pa.Array, zone: int) -> tuple[pa.Array, pa.Array | np.ndarray]:
    iso = pc.match_substring_regex(written, ISO_TIME)
    if pc.all(iso).as_py() is not False:
        try:
            seconds = written.cast(pa.timestamp("s")).cast(pa.int64())
            return pc.subtract(seconds, pa.scalar(zone, pa.int64())), np.zeros(0, bool)
        except pa.ArrowInvalid:
            pass  # a day that is not in the calendar: read one by one to say which
    return _translated(written, lambda text: _instant(text, zone), pa.int64())


def _instant(text: str, zone: int) -> int | None:
    try:
        return parse_instant(text, zone)
    except TimeError:
        return None


def _out_of_range(column: Column, seconds: pa.Array) -> list[Fault]:
    span = pc.min_max(seconds).as_py()
    if span["min"] is None or (span["min"] >= EARLIEST and span["max"] < LATEST):
        return []
    wrong = pc.or_(pc.less(seconds, EARLIEST), pc.greater_equal(seconds, LATEST))
    return fault_where("fact:time-out-of-range", column.name, wrong, lambda r: seconds[r].as_py(), "1900 – 2199")


def read_number(column: Column, values: pa.Array, zone: int) -> Typed:
    """Numbers inside the limits of the vocabulary; never "not a number", never infinite."""
    type = values.type
    faults: list[Fault] = []
    if pa.types.is_string(type):
        written = trimmed(values)
        wrong = pc.invert(pc.match_substring_regex(written, PLAIN_NUMBER))
        faults = fault_where("fact:bad-number", column.name, wrong, lambda r: written[r].as_py(), _limits(column))
        numbers = pc.if_else(wrong, pa.scalar(None, pa.string()), written).cast(pa.float64())
    elif (
        pa.types.is_signed_integer(type)
        or pa.types.is_uint8(type)
        or pa.types.is_uint16(type)
        or pa.types.is_uint32(type)
    ):
        numbers = values if pa.types.is_int64(type) else values.cast(pa.int64())
    elif pa.types.is_floating(type) or pa.types.is_decimal(type) or pa.types.is_uint64(type):
        numbers = values.cast(pa.float64(), safe=False)
    else:
        return _refused(column, values, "double, int64, string")
    return numbers, faults + _beyond_limits(column, numbers)


def _limits(column: Column) -> str:
    low, high = column.low, column.high
    if low is not None and high is not None:
        return f"{low:g} – {high:g}"
    return f"≥ {low:g}" if low is not None else f"≤ {high:g}" if high is not None else "36.5, -3, 1e3"


def _beyond_limits(column: Column, numbers: pa.Array) -> list[Fault]:
    wrong = pc.invert(pc.is_finite(numbers))
    for limit, beyond in ((column.low, pc.less), (column.high, pc.greater)):
        if limit is not None:
            wrong = pc.or_(wrong, beyond(numbers, limit))
    allowed = _limits(column)
    return fault_where("fact:number-out-of-range", column.name, wrong, lambda r: numbers[r].as_py(), allowed)


def read_flag(column: Column, values: pa.Array, zone: int) -> Typed:
    """Yes or no."""
    type = values.type
    if pa.types.is_boolean(type):
        return values, []
    if pa.types.is_integer(type):
        wrong = pc.invert(pc.is_in(values, value_set=pa.array([0, 1], type)))
        wrong = pc.and_(wrong, pc.is_valid(values))
        faults = fault_where("fact:bad-flag", column.name, wrong, lambda r: values[r].as_py(), ALLOWED_FLAGS)
        return pc.equal(values, pa.scalar(1, type)), faults
    if not pa.types.is_string(type):
        return _refused(column, values, "bool, string")
    written = trimmed(values)
    words = {**dict.fromkeys(YES, True), **dict.fromkeys(NO, False)}
    flags, wrong = _translated(written, lambda text: words.get(text.lower()), pa.bool_())
    return flags, fault_where("fact:bad-flag", column.name, wrong, lambda r: written[r].as_py(), ALLOWED_FLAGS)


def read_choice(column: Column, values: pa.Array, zone: int) -> Typed:
    """One of the words of the vocabulary, written by value or in Chinese; held as a dictionary in that order."""
    if not pa.types.is_dictionary(values.type):
        if not pa.types.is_string(values.type):
            return _refused(column, values, "string, dictionary<string>")
        values = values.dictionary_encode()
    if not is_text(values.type.value_type):
        return _refused(column, values, "string, dictionary<string>")
    places = _places(column)
    words = [None if word is None else word.strip() for word in values.dictionary.to_pylist()]
    place = [places.get(word) if word else None for word in words]
    indices = pa.array(place, pa.int32()).take(values.indices)
    blank = pa.array([not word for word in words], pa.bool_()).take(values.indices)
    wrong = pc.and_not(pc.and_(pc.is_valid(values.indices), pc.is_null(indices)), blank.fill_null(True))
    allowed = ", ".join(f"{value}（{zh}）" if zh else value for value, zh in column.choices)
    faults = fault_where("fact:bad-choice", column.name, wrong, lambda r: values[r].as_py(), allowed)
    return pa.DictionaryArray.from_arrays(indices, pa.array([v for v, _ in column.choices], pa.string())), faults


def _places(column: Column) -> Mapping[str, int]:
    by_word = {zh: place for place, (_, zh) in enumerate(column.choices)}
    return by_word | {value: place for place, (value, _) in enumerate(column.choices)}


def read_text(column: Column, values: pa.Array, zone: int) -> Typed:
    """Words as they were written; whole numbers count as their digits."""
    if pa.types.is_integer(values.type):
        return values.cast(pa.string()), []
    if not pa.types.is_string(values.type):
        return _refused(column, values, "string")
    return trimmed(values), []


def read_reference(column: Column, values: pa.Array, zone: int) -> Typed:
    """Whom or what a fact names: a name (string) or a number that is the name."""
    type = values.type
    if pa.types.is_integer(type):
        codes = values if pa.types.is_int64(type) else values.cast(pa.int64(), safe=False)
        lowest = pc.min(codes).as_py()
        wrong = pc.less(codes, 0) if lowest is not None and lowest < 0 else np.zeros(0, bool)
        return codes, fault_where("fact:bad-reference", column.name, wrong, lambda r: values[r].as_py(), "0, 1, 2, …")
    if not pa.types.is_string(type):
        return _refused(column, values, "string, int64")
    names = trimmed(values)
    wrong = pc.or_(
        pc.greater(pc.utf8_length(names), pa.scalar(NAME_LENGTH, pa.int32())),
        pc.match_substring_regex(names, r"[\x00-\x1f\x7f]"),
    )
    return names, fault_where("fact:bad-reference", column.name, wrong, lambda r: names[r].as_py(), "甲, P-0001, 1024")


def read_identity(column: Column, values: pa.Array, zone: int) -> Typed:
    """The id of a fact, or of the fact it corrects: string or int64."""
    if pa.types.is_integer(values.type):
        return values if pa.types.is_int64(values.type) else values.cast(pa.int64(), safe=False), []
    return read_text(column, values, zone)


_READERS: Mapping[ColumnType, Callable[[Column, pa.Array, int], Typed]] = {
    ColumnType.TIME: read_time,
    ColumnType.NUMBER: read_number,
    ColumnType.FLAG: read_flag,
    ColumnType.CHOICE: read_choice,
    ColumnType.TEXT: read_text,
    ColumnType.REF: read_reference,
}
