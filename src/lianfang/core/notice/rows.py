"""Tables of tasks: which column is the work, the units, the deadline; every row becomes an item."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lianfang.core.notice.deadlines import in_clause, read_deadline
from lianfang.core.notice.labels import Field, field_of
from lianfang.core.notice.names import is_group, looks_like_unit, split_units
from lianfang.core.notice.paper import Row, Table
from lianfang.core.notice.reading import Deadline, Quote, Task
from lianfang.core.notice.text import tidy


class Column(StrEnum):
    """What a column of such a table holds."""

    NUMBER = "number"
    GROUP = "group"
    WORK = "work"
    LEAD = "lead"
    WITH = "with"
    UNITS = "units"
    DEADLINE = "deadline"
    OTHER = "other"


_HEADS = (
    (Column.NUMBER, re.compile(r"序号|编号|号")),
    (Column.DEADLINE, re.compile(r".*(?:时限|期限|完成时间|办结时间|时间节点|时间要求|截止时间|完成日期|时间安排)")),
    (Column.WITH, re.compile(r".*(?:配合|协办|协同|参与|协助).*(?:单位|部门)?")),
    (Column.LEAD, re.compile(r".*(?:牵头|主责|主办).*(?:单位|部门)?")),
    (Column.UNITS, re.compile(r".*(?:责任|承办|实施|落实|负责).*(?:单位|部门|主体|人)|单位|部门|成员单位|单位名称")),
    (Column.WORK, re.compile(r".*(?:任务|内容|事项|措施|要求|工作|职责|目标)")),
    (Column.GROUP, re.compile(r"类别|项目|分类|方面|板块|环节")),
)
_FIELD_COLUMNS = {
    Field.LEAD: Column.LEAD,
    Field.WITH: Column.WITH,
    Field.UNITS: Column.UNITS,
    Field.DEADLINE: Column.DEADLINE,
}
HEADER_ROWS = 3
_NONE = ("", "无")


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table of tasks, in uniform characters: what is to be done and by whom."""

    line: int
    work: str
    cells: tuple[tuple[Column, str], ...]

    def cell(self, column: Column) -> str:
        """The words in a column, empty where there are none."""
        return next((text for name, text in self.cells if name is column and text), "")


def rows_of(table: Table) -> tuple[TableRow, ...]:
    """The rows of a table that says who does what; empty for any other table."""
    place, columns = _header(table.rows)
    if place is None or not ({Column.LEAD, Column.UNITS, Column.DEADLINE} & set(columns)):
        return ()
    if Column.WORK not in columns and Column.GROUP not in columns and Column.UNITS not in columns:
        return ()
    rows: list[TableRow] = []
    for row in table.rows[place + 1 :]:
        cells = tuple(
            (columns[i] if i < len(columns) else Column.OTHER, tidy(cell)) for i, cell in enumerate(row.cells)
        )
        if not any(text for _, text in cells) or _repeats(row, table.rows[place]):
            continue
        work = _work(cells)
        if work:
            rows.append(TableRow(row.number, work, cells))
    return tuple(rows)


def _header(rows: Sequence[Row]) -> tuple[int | None, tuple[Column, ...]]:
    best: tuple[int | None, tuple[Column, ...]] = (None, ())
    for place, row in enumerate(rows[:HEADER_ROWS]):
        columns = _columns(row)
        known = [column for column in columns if column is not Column.OTHER]
        if len(known) >= 2 and len(known) > len([c for c in best[1] if c is not Column.OTHER]):
            best = (place, columns)
    return best


def _columns(row: Row) -> tuple[Column, ...]:
    columns: list[Column] = []
    for cell in row.cells:
        column = _column(tidy(cell))
        # the second column of a sort says no more than the first
        columns.append(Column.OTHER if column in columns and column is not Column.WITH else column)
    return tuple(columns)


def _column(head: str) -> Column:
    if not head or len(head) > 14:
        return Column.OTHER
    known = field_of(head)
    if known is not None:
        return _FIELD_COLUMNS[known]
    return next((column for column, pattern in _HEADS if pattern.fullmatch(head)), Column.OTHER)


def _repeats(row: Row, header: Row) -> bool:
    return tuple(map(tidy, row.cells)) == tuple(map(tidy, header.cells))


def _work(cells: Sequence[tuple[Column, str]]) -> str:
    for wanted in (Column.WORK, Column.GROUP):
        for column, text in cells:
            if column is wanted and text:
                return text
    others = [text for column, text in cells if column is Column.OTHER and text]
    return max(others, key=len) if others else ""


def row_task(row: TableRow, clause: str, issued: date | None) -> Task:
    """The task of a row; what its cells do not say stays empty."""
    named, listed, helping = (split_units(row.cell(c)) for c in (Column.LEAD, Column.UNITS, Column.WITH))
    names = list(dict.fromkeys((*(named or listed), *(listed if named else ()), *helping)))
    names = [name for name in names if name.strip("-—/") not in _NONE and (looks_like_unit(name) or len(name) <= 30)]
    lead = Quote(names[0], row.line) if names and (named or listed) else None
    others = tuple(Quote(name, row.line) for name in (names[1:] if lead else names))
    due = row.cell(Column.DEADLINE)
    deadline: Deadline | None = None
    if due.strip("-—/ ") not in _NONE:
        deadline = in_clause(read_deadline(due.strip("。; "), row.line, issued), clause)
    group = lead is not None and is_group(lead.text)
    basis = "listed" if lead and not named and len(listed) > 1 else "table"
    return Task(clause, Quote(row.work, row.line), lead, group, others, deadline, basis)
