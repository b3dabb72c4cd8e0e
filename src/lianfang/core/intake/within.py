"""Rows of one sheet against each other: the same fact twice, the same new person twice, one number under two names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lianfang.core.intake.known import Value
from lianfang.core.intake.outcome import Choice, Outcome, PlannedRow, Problem
from lianfang.core.intake.reading import Reading

_Key = tuple[object, ...]


def against_earlier_rows(rows: tuple[PlannedRow, ...], read: Reading) -> tuple[PlannedRow, ...]:
    """The rows with repetitions found: an equal later row is `same`, one that differs a conflict of the two rows."""
    facts: dict[_Key, PlannedRow] = {}
    people: dict[_Key, PlannedRow] = {}
    return tuple(_against(row, index, read, facts, people) for index, row in enumerate(rows))


def _against(
    row: PlannedRow, index: int, read: Reading, facts: dict[_Key, PlannedRow], people: dict[_Key, PlannedRow]
) -> PlannedRow:
    """A row against those before it; rows that are refused, or whose person is not decided, count for nothing."""
    if row.outcome is Outcome.REFUSED or any(choice.value == "new" for choice in row.choices):
        return row
    person = ("subject", row.subject) if row.subject else ("first", row.first)
    earlier = people.setdefault(person, row)
    if _differ(earlier.who.get("name"), row.who.get("name")):
        return _conflict(row, earlier, ("name",), read, index)
    twin = facts.setdefault((*person, *_event(row, read)), row)
    return row if twin is row else _twins(row, twin, read, index)


def _twins(row: PlannedRow, twin: PlannedRow, read: Reading, index: int) -> PlannedRow:
    """Two rows that give the same fact: a repetition, or a conflict if the later one says something else or more."""
    others = tuple(name for name, value in row.values.items() if twin.values.get(name) != value)
    if others:
        return _conflict(row, twin, others, read, index)
    return replace(row, outcome=Outcome.SAME, twin=twin.row, problems=(_repeats(twin, row),), choices=())


def _differ(one: Value | None, other: Value | None) -> bool:
    """Whether both are given and are not the same."""
    return bool(one and other and one != other)


def _event(row: PlannedRow, read: Reading) -> _Key:
    """What makes two facts of one person the same fact."""
    kind = read.setting.kind
    if read.setting.is_register:
        return ()
    needed = (name for name, column in kind.columns.items() if column.required and name != kind.time)
    return (row.at, *(row.values.get(name) for name in needed))


def _repeats(twin: PlannedRow, row: PlannedRow) -> Problem:
    said = f"与第 {twin.row} 行重复", f"repeats row {twin.row}"
    return Problem("intake:repeated", f"{row.row}", "", *said, other=f"{twin.row}")


def _conflict(row: PlannedRow, twin: PlannedRow, columns: tuple[str, ...], read: Reading, index: int) -> PlannedRow:
    """Two rows about the same that do not say the same: one of them has to be chosen."""
    told = tuple(_differs(name, row, twin, read, index) for name in columns)
    choices = tuple(Choice(f"row:{number}", f"用第 {number} 行", f"use row {number}") for number in (twin.row, row.row))
    return replace(row, outcome=Outcome.CONFLICT, twin=twin.row, problems=told, choices=choices)


def _differs(name: str, row: PlannedRow, twin: PlannedRow, read: Reading, index: int) -> Problem:
    zh, en = read.columns[name].zh, read.columns[name].en
    said = f"与第 {twin.row} 行是同一对象，{zh}不同", f"the same subject as in row {twin.row}, but {en} differs"
    before = _given(twin.values, twin.who, name)
    other = f"{read.letters[name]}{twin.row}"
    return Problem("intake:rows-differ", read.address(name, index), name, *said, read.word(name, index), before, other)


def _given(values: Mapping[str, Value], who: Mapping[str, Value], name: str) -> str:
    return str(values.get(name, who.get(name, "")))
