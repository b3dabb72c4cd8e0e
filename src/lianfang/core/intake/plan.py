"""Every row of a sheet against what is known: the plan of an import, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lianfang.core.facts.vocabulary import ColumnType
from lianfang.core.intake.known import Candidate, Known, KnownFact, Value
from lianfang.core.intake.mapping import NAMING
from lianfang.core.intake.outcome import Choice, ImportPlan, Outcome, PlannedRow, Problem
from lianfang.core.intake.people import Meant, whom_they_mean
from lianfang.core.intake.reading import Reading
from lianfang.core.intake.who import choices_among
from lianfang.core.intake.within import against_earlier_rows

_SHEET = Choice("sheet", "用表中", "use the sheet")
_KNOWN = Choice("known", "用库中", "use what is known")


def plan_import(read: Reading, known: Known) -> ImportPlan:
    """What importing a sheet would do: row by row new, the same, changed, in conflict or refused, with the reasons.

    Nothing blank ever erases what is known. A row whose fact is known with the same values is `same`; other values
    are a change, or a conflict where somebody has put the known value right by hand. The time grows with the rows.
    """
    rows = tuple(_row(read, index, known, meant) for index, meant in enumerate(whom_they_mean(read, known)))
    return ImportPlan(read.sheet.file, read.sheet.name, against_earlier_rows(rows, read))


def _row(read: Reading, index: int, known: Known, meant: Meant) -> PlannedRow:
    number = int(read.sheet.rows[index])
    values, unknown = _values(read, index, known)
    faults = (*read.faults.get(index, ()), *unknown)
    if faults:
        return PlannedRow(number, Outcome.REFUSED, values=values, who=_who(read, index), problems=faults)
    found, first = meant.found, int(read.sheet.rows[meant.first])
    row = PlannedRow(number, Outcome.NEW, first=first, who=_who(read, index), at=_time(read, index), values=values)
    if found.refused and found.problem:
        return row.turned(Outcome.REFUSED, found.problem)
    if found.candidate is None:
        return _undecided(row, meant, read) if found.problem else _brought_in(row, read, index)
    return _against(row, found.candidate, found.problem, read, index)


def _brought_in(row: PlannedRow, read: Reading, index: int) -> PlannedRow:
    """Somebody not known yet; what is not a person goes by the name that is written."""
    written = read.word(read.setting.kind.subject, index)
    return row if read.setting.register is not None and not written else replace(row, subject=written)


def _undecided(row: PlannedRow, meant: Meant, read: Reading) -> PlannedRow:
    """A row whose person has to be chosen; each choice knows the fact it would replace."""
    found = meant.found
    choices = choices_among(found.others, found.may_be_new)
    facts = {one.subject: _fact_for(one, row, read) for one in found.others}
    with_facts = tuple(
        replace(choice, fact=fact.id) if (fact := facts.get(choice.subject)) else choice for choice in choices
    )
    problem = (found.problem,) if found.problem else ()
    return replace(row, first=row.row).turned(Outcome.CONFLICT, *problem, choices=with_facts)


def _against(row: PlannedRow, one: Candidate, doubt: Problem | None, read: Reading, index: int) -> PlannedRow:
    """A row about a known subject: compared with the fact it would repeat, or new if there is none."""
    fact = _fact_for(one, row, read)
    if fact is None:
        row = replace(row, subject=one.subject)
        return row.turned(Outcome.CONFLICT, doubt, choices=(_KNOWN, _SHEET)) if doubt else row
    changed = tuple(name for name, value in row.values.items() if not _same(value, fact.values.get(name)))
    problems = tuple(_change(read, index, name, fact) for name in changed)
    by_hand = any(name in fact.corrected for name in changed)
    if doubt is not None:
        problems = (doubt, *(problem for problem in problems if problem.column != doubt.column))
    in_conflict = doubt is not None or by_hand
    return replace(
        row,
        subject=one.subject,
        corrects=fact.id,
        at=fact.at,
        outcome=Outcome.CONFLICT if in_conflict else Outcome.CHANGED if changed else Outcome.SAME,
        problems=problems,
        choices=(_KNOWN, _SHEET) if in_conflict else (),
    )


def _fact_for(one: Candidate, row: PlannedRow, read: Reading) -> KnownFact | None:
    """The known fact a row would repeat: the registration, or the fact of the same time and required values."""
    if read.setting.is_register:
        return max(one.facts, key=lambda fact: fact.at, default=None)
    needed = [
        name
        for name, column in read.setting.kind.columns.items()
        if column.required and name not in (read.setting.kind.time, read.setting.kind.subject)
    ]
    alike = [
        fact
        for fact in one.facts
        if fact.at == row.at and all(_same(row.values.get(name), fact.values.get(name)) for name in needed)
    ]
    return max(alike, key=lambda fact: sum(_same(v, fact.values.get(n)) for n, v in row.values.items()), default=None)


def _change(read: Reading, index: int, name: str, fact: KnownFact) -> Problem:
    """One value that differs from what is known: filled in, changed, or put right by somebody before."""
    zh, en = read.columns[name].zh, read.columns[name].en
    held = fact.values.get(name)
    before = "" if held is None else str(held)
    corrected = fact.corrected.get(name)
    cell, found = read.address(name, index), read.word(name, index)
    if corrected is not None:
        said = f"{zh}已由{corrected.by}更正过", f"{en} has been put right by {corrected.by}"
        return Problem("intake:corrected-before", cell, name, *said, found, before)
    if held is None:
        return Problem("intake:filled-in", cell, name, f"补全{zh}", f"{en} is filled in", found)
    return Problem("intake:changed", cell, name, f"{zh}更改", f"{en} is changed", found, before)


def _same(given: Value | None, held: Value | None) -> bool:
    """Whether two values say the same; spaces at the ends and whole numbers as decimals make no difference."""
    if isinstance(given, str) and isinstance(held, str):
        return given.strip() == held.strip()
    return given == held


def _values(read: Reading, index: int, known: Known) -> tuple[Mapping[str, Value], tuple[Problem, ...]]:
    """What a row gives for the columns of the kind, references by their ids; and references nobody knows."""
    kind = read.setting.kind
    values: dict[str, Value] = {}
    problems: list[Problem] = []
    for name, cells in read.cells.items():
        value = cells[index]
        if value is None or name not in kind.columns or name in (kind.subject, kind.time):
            continue
        column = read.columns[name]
        ids = known.references.get(column.to or "") if column.type == ColumnType.REF else None
        if ids is not None and str(value) not in ids:
            problems.append(_unknown_reference(read, name, index))
        values[name] = value if ids is None else ids.get(str(value), value)
    return values, tuple(problems)


def _unknown_reference(read: Reading, name: str, index: int) -> Problem:
    column = read.columns[name]
    zh = f"没有名为此的{column.zh}；请写库中已有的名称或编号"
    en = f"{column.en}: nothing of this name is known; do: write a name or id that is"
    return Problem("intake:unknown-reference", read.address(name, index), name, zh, en, read.word(name, index))


def _who(read: Reading, index: int) -> Mapping[str, Value]:
    """What a row says about who it is."""
    return {name: value for name in NAMING if (value := read.value(name, index)) is not None}


def _time(read: Reading, index: int) -> int:
    """The fact's own time; a registration without one is of today."""
    value = read.value(read.setting.kind.time, index)
    return int(value) if value is not None else read.setting.now
