"""The cells of a sheet in the types of the kind of fact, with what is wrong in each row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc

from lianfang.core.facts.fault_words import CATALOGUE
from lianfang.core.facts.faults import MOST_COMPLAINTS, Fault, shorten
from lianfang.core.facts.typed import typed_column
from lianfang.core.facts.vocabulary import Column, ColumnType, Kind, Mask
from lianfang.core.identity.names import normalise_name
from lianfang.core.identity.phones import normalise_phone
from lianfang.core.intake.checks import FORMULA_ERROR, check_cells, formula_errors, plain_number, plain_text, plain_time
from lianfang.core.intake.known import Value, Wanted
from lianfang.core.intake.mapping import Columns, targets
from lianfang.core.intake.outcome import Problem
from lianfang.core.intake.sheet import Sheet

Cells = tuple[Value | None, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """What a sheet is read as: the kind of fact, the kind that registers its subject, the plan's zone, and today.

    `zone` is seconds from UTC, `now` seconds since 1970 UTC. A kind that is its own register keeps one record for
    each subject; any other keeps one fact for each subject, time and required value.
    """

    kind: Kind
    zone: int
    now: int
    register: Kind | None = None

    @property
    def is_register(self) -> bool:
        """Whether the kind itself registers its subjects."""
        return self.register is not None and self.register.id == self.kind.id


@dataclass(frozen=True, slots=True)
class Reading:
    """A sheet read: column of the kind -> one value a row (None for blank), and the faults by row."""

    sheet: Sheet
    setting: Setting
    letters: Mapping[str, str]
    columns: Mapping[str, Column]
    cells: Mapping[str, Cells]
    faults: Mapping[int, tuple[Problem, ...]]

    def value(self, name: str, index: int) -> Value | None:
        """What a row gives for a column, None if nothing or if the sheet has no such column."""
        cells = self.cells.get(name)
        return None if cells is None else cells[index]

    def word(self, name: str, index: int) -> str:
        """The text a row gives for a column, empty if nothing."""
        value = self.value(name, index)
        return "" if value is None else str(value)

    def address(self, name: str, index: int) -> str:
        """Where the cell of a column stands in the file."""
        return self.sheet.address(self.letters[name], index) if name in self.letters else f"{self.sheet.rows[index]}"


def read_rows(sheet: Sheet, mapping: Columns, setting: Setting) -> Reading:
    """Every mapped column in its type; what cannot be read, or is missing though required, is a fault of its row."""
    letters = mapping.letters
    columns = {name: column for name, column in targets(setting.kind, setting.register).items() if name in letters}
    cells: dict[str, Cells] = {}
    faults: dict[int, list[Problem]] = {}
    for name, column in columns.items():
        cells[name] = _column(column, sheet, letters[name], setting, faults)
    read = Reading(sheet, setting, letters, columns, cells, {})
    for index, problems in check_cells(read.cells, read.columns, read.address, setting.now):
        faults.setdefault(index, []).extend(problems)
    _missing(read, faults)
    return replace(read, faults={index: tuple(problems) for index, problems in faults.items()})


def wanted(read: Reading) -> Wanted:
    """What has to be looked up to plan these rows."""
    numbers, phones = _distinct(read, "id_number"), _distinct(read, "phone")
    bare = (
        read.word("name", index)
        for index in range(len(read.sheet))
        if not read.word("id_number", index) and not read.word("phone", index)
    )
    references: dict[str, set[str]] = {}
    for name, column in read.columns.items():
        if column.type == ColumnType.REF and name != read.setting.kind.subject:
            references.setdefault(column.to or "", set()).update(_distinct(read, name))
    return Wanted(
        subjects=_distinct(read, read.setting.kind.subject),
        numbers=numbers,
        phones=phones,
        names=frozenset(name for name in bare if name),
        references={to: frozenset(texts) for to, texts in references.items()},
    )


def _distinct(read: Reading, name: str) -> frozenset[str]:
    return frozenset(str(value) for value in read.cells.get(name, ()) if value is not None)


def _column(column: Column, sheet: Sheet, letter: str, setting: Setting, faults: dict[int, list[Problem]]) -> Cells:
    """One column typed; each cell that cannot be read adds a fault to its row."""
    written = sheet.cells.column(letter).combine_chunks()
    broken = formula_errors(written)
    for index in pc.indices_nonzero(broken).to_pylist():
        problem = replace(FORMULA_ERROR, cell=sheet.address(letter, index), column=column.name)
        faults.setdefault(index, []).append(replace(problem, found=sheet.text(letter, index)))
    usable = pc.if_else(broken, pa.scalar(None, pa.string()), written)
    prepared = _prepared(column, usable)
    typed, _ = typed_column(column, prepared, setting.zone)
    for fault, index in _every_fault(column, prepared, setting.zone):
        faults.setdefault(index, []).append(_problem(fault, column, sheet, letter, index))
    return tuple(typed.to_pylist()) if typed is not None else (None,) * len(sheet)


def _prepared(column: Column, written: pa.Array) -> pa.Array:
    """Texts as the readers of facts want them: half-width, days written with hyphens, numbers without spaces."""
    tidy = {Mask.NAME: normalise_name, Mask.NUMBER: plain_number, Mask.PHONE: normalise_phone}.get(column.hidden)
    if tidy is None:
        tidy = plain_time if column.type == ColumnType.TIME else plain_text
    if tidy is plain_text and column.type == ColumnType.TEXT:
        return written
    encoded = written.dictionary_encode()
    plain = [tidy(text) for text in encoded.dictionary.to_pylist()]
    return pa.array(plain, pa.string()).take(encoded.indices)


def _every_fault(column: Column, values: pa.Array, zone: int, start: int = 0) -> list[tuple[Fault, int]]:
    """Every fault with its row. The readers list the first 200 rows of a fault: with more, each half is read again."""
    _, faults = typed_column(column, values, zone)
    if any(fault.total > len(fault.rows) for fault in faults) and len(values) > MOST_COMPLAINTS:
        half = len(values) // 2
        return _every_fault(column, values[:half], zone, start) + _every_fault(
            column, values[half:], zone, start + half
        )
    return [(fault, start + row) for fault in faults for row in fault.rows]


def _problem(fault: Fault, column: Column, sheet: Sheet, letter: str, index: int) -> Problem:
    words = CATALOGUE[fault.id]
    allowed = (f"；可写：{fault.allowed}", f"; allowed: {fault.allowed}") if fault.allowed else ("", "")
    return Problem(
        fault.id,
        sheet.address(letter, index),
        column.name,
        f"{column.zh}{words.zh}{allowed[0]}；请{words.do_zh}",
        f"{column.en}: {words.en}{allowed[1]}; do: {words.do_en}",
        found=shorten(sheet.text(letter, index)),
    )


def _missing(read: Reading, faults: dict[int, list[Problem]]) -> None:
    """A required value that is blank refuses the row; a register without a time column takes today."""
    kind = read.setting.kind
    for column in kind.columns.values():
        if (
            not column.required
            or column.name == kind.subject
            or (read.setting.is_register and column.name == kind.time)
        ):
            continue
        cells = read.cells.get(column.name)
        for index in range(len(read.sheet)):
            if (cells is None or cells[index] is None) and not _has_fault(faults, index, column.name):
                faults.setdefault(index, []).append(_blank(read, column, index))


def _has_fault(faults: Mapping[int, list[Problem]], index: int, name: str) -> bool:
    return any(problem.column == name for problem in faults.get(index, ()))


def _blank(read: Reading, column: Column, index: int) -> Problem:
    clauses = ", ".join(clause for plan in read.setting.kind.needed_by.values() for clause in plan[:1])
    zh = f"；条文 {clauses} 要求填写" if clauses else "；请填写"
    en = f"; clause {clauses} asks for it" if clauses else "; do: fill it in"
    cell = read.address(column.name, index)
    return Problem("fact:missing-value", cell, column.name, f"{column.zh}为空{zh}", f"{column.en} is empty{en}")
