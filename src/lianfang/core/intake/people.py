"""Which rows of a sheet speak of the same person, and who that is: no row is decided without looking at the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lianfang.core.intake.known import Candidate, Known
from lianfang.core.intake.outcome import Problem
from lianfang.core.intake.reading import Reading
from lianfang.core.intake.who import TELLING, Found, find_who

_Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a row means: what was found for it, and the first row (index) of the same person in the sheet."""

    found: Found
    first: int


@dataclass(frozen=True, slots=True)
class _Group:
    """Rows joined by a number, or by a name with a telephone."""

    rows: tuple[int, ...]
    candidates: Mapping[str, Candidate]
    numbers: tuple[str, ...]


def whom_they_mean(read: Reading, known: Known) -> tuple[Meant, ...]:
    """Every row's person. Rows with the same number, or the same name and telephone, are one person; where that is in
    doubt (two numbers, two known people), the rows that do not say it themselves are a conflict.
    """
    usable = [index for index in range(len(read.sheet)) if index not in read.faults]
    founds = {index: find_who(read, index, known) for index in usable}
    settled = [index for index in usable if founds[index].candidate is not None or founds[index].problem is None]
    meant = {index: Meant(found, index) for index, found in founds.items()}
    for rows in _joined(read, settled, founds):
        meant.update(_decided(read, _group(read, rows, founds), founds))
    return tuple(meant.get(index, Meant(Found(), index)) for index in range(len(read.sheet)))


def _joined(read: Reading, rows: Iterable[int], founds: Mapping[int, Found]) -> Iterable[tuple[int, ...]]:
    """The rows in groups that share a key (union of sets, the earliest row stands for its set)."""
    above: dict[int, int] = {}
    held: dict[_Key, int] = {}

    def root(index: int) -> int:
        while above[index] != index:
            above[index] = above[above[index]]
            index = above[index]
        return index

    for index in rows:
        above[index] = index
        for key in _keys(read, index, founds[index]):
            low, high = sorted((root(held.setdefault(key, index)), root(index)))
            above[high] = low
    groups: dict[int, list[int]] = {}
    for index in above:
        groups.setdefault(root(index), []).append(index)
    return (tuple(group) for group in groups.values())


def _keys(read: Reading, index: int, found: Found) -> tuple[_Key, ...]:
    number, name, phone = (read.word(column, index) for column in ("id_number", "name", "phone"))
    written = read.word(read.setting.kind.subject, index)
    keys: list[_Key] = [("subject", found.candidate.subject)] if found.candidate else []
    keys += [("written", written)] if written else []
    keys += [("number", number)] if number else []
    keys += [("phone", name, phone)] if phone and name else []
    return tuple(keys) or (("name", name, *(read.value(column, index) for column in TELLING)),)


def _group(read: Reading, rows: tuple[int, ...], founds: Mapping[int, Found]) -> _Group:
    candidates = {one.subject: one for index in rows if (one := founds[index].candidate) is not None}
    numbers = dict.fromkeys(number for index in rows if (number := read.word("id_number", index)))
    return _Group(rows, candidates, tuple(numbers))


def _decided(read: Reading, group: _Group, founds: Mapping[int, Found]) -> Mapping[int, Meant]:
    """The rows of a group with one person, or each on its own where there may be several."""
    if len(group.candidates) > 1 or len(group.numbers) > 1:
        return {index: _in_doubt(read, index, group, founds) for index in group.rows}
    one = next(iter(group.candidates.values()), None)
    return {
        index: Meant(founds[index] if founds[index].candidate else Found(one), group.rows[0]) for index in group.rows
    }


def _in_doubt(read: Reading, index: int, group: _Group, founds: Mapping[int, Found]) -> Meant:
    """A row of a group of several people: sure if its own number is a known person's, or it is the first new number."""
    found, number = founds[index], read.word("id_number", index)
    if found.candidate is not None and (
        read.word(read.setting.kind.subject, index) or number == found.candidate.number
    ):
        return Meant(found, index)
    same = [other for other in group.rows if number and read.word("id_number", other) == number]
    if same and not group.candidates and number == group.numbers[0]:
        return Meant(found, same[0])
    others = [row for row in group.rows if row != index]
    other = next((row for row in others if read.word("id_number", row) != number), others[0])
    return Meant(
        Found(problem=_doubt(read, index, other), others=tuple(group.candidates.values()), may_be_new=True), index
    )


def _doubt(read: Reading, index: int, other: int) -> Problem:
    row = int(read.sheet.rows[other])
    column = "id_number" if read.word("id_number", index) else "name"
    said = (
        f"与第 {row} 行姓名、电话相同，证件号码不同或只有一行有；请确认是谁",
        f"name and telephone as in row {row}, but another document number, or only one row has it; do: say who it is",
    )
    cell, place = read.address(column, index), read.address(column, other)
    return Problem("intake:who-of-them", cell, column, *said, read.word(column, index), read.word(column, other), place)
