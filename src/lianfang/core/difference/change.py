"""What differs between two plans: one entry an element, with the fields that differ in the words of the plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lianfang.core.language.measure import Words


class Op(StrEnum):
    """What happened to an element on the way from the first plan to the second."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Sort(StrEnum):
    """What an element is."""

    PLAN = "plan"
    CLAUSE = "clause"
    PARAMETER = "parameter"
    SELECTION = "selection"
    MEASURE = "measure"
    STAGE = "stage"
    REQUIREMENT = "requirement"
    EXIT = "exit"
    INDICATOR = "indicator"
    UNIT = "unit"


class Paired(StrEnum):
    """Why two measures are taken for the same one."""

    ID = "id"
    CLAUSES = "clauses"
    OPENING = "opening"


OP_WORDS = {
    Op.ADDED: Words("新增", "added"),
    Op.REMOVED: Words("删去", "removed"),
    Op.CHANGED: Words("改动", "changed"),
}

SORT_WORDS = {
    Sort.PLAN: Words("预案", "plan"),
    Sort.CLAUSE: Words("条文", "clause"),
    Sort.PARAMETER: Words("参数", "parameter"),
    Sort.SELECTION: Words("事实选择", "selection"),
    Sort.MEASURE: Words("措施", "measure"),
    Sort.STAGE: Words("阶段", "stage"),
    Sort.REQUIREMENT: Words("要求", "requirement"),
    Sort.EXIT: Words("出口", "exit"),
    Sort.INDICATOR: Words("指标", "indicator"),
    Sort.UNIT: Words("单位", "unit"),
}

PAIRED_WORDS = {
    Paired.ID: Words("编号相同", "same id"),
    Paired.CLAUSES: Words("条文相同", "shared clauses"),
    Paired.OPENING: Words("对象与触发事实相同", "same subject and opening kind"),
}

NOTHING = Words("", "")
"""A field that says nothing: absent, or what is usual."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of an element under the first and the second plan; empty words: not said there."""

    field: str
    label: Words
    before: Words
    after: Words


@dataclass(frozen=True, slots=True)
class Change:
    """One element that was added, removed or changed.

    `measure` is the id under the second plan (the first, if removed); `measure_words` its name. `clauses` are those the
    element cites under either plan. `because` names the changed parameters that stand in the element. `since` and
    `until` bound the openings for which the change holds (seconds since 1970 UTC; None: all).
    """

    op: Op
    sort: Sort
    id: str
    words: Words
    measure: str | None = None
    measure_words: Words | None = None
    clauses: tuple[str, ...] = ()
    fields: tuple[FieldChange, ...] = ()
    because: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A measure of the first plan and the one of the second that stands in its place; None: there is none."""

    before: str | None
    after: str | None
    how: Paired | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """Which plan: id, name and day of issue."""

    id: str
    words: Words
    issued: date


@dataclass(frozen=True, slots=True)
class Group:
    """The changes under one clause (None: under no clause), each change in one group only, its first clause's."""

    clause: str | None
    gist: Words
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class PlanDifference:
    """Everything in which the second plan differs from the first. `clauses` gives the gist of every clause cited."""

    before: Head
    after: Head
    zone: int
    changes: tuple[Change, ...]
    pairs: tuple[Pair, ...]
    gists: tuple[tuple[str, Words], ...]

    def count(self, op: Op, sort: Sort | None = None) -> int:
        """How many elements (of one sort) were added, removed or changed."""
        return sum(change.op == op and sort in (None, change.sort) for change in self.changes)

    def by_clause(self) -> tuple[Group, ...]:
        """The changes grouped by clause, in the order of the documents; those that cite none come last."""
        held: dict[str | None, list[Change]] = {clause: [] for clause, _ in self.gists}
        held[None] = []
        for change in self.changes:
            held[next((c for c in change.clauses if c in held), None)].append(change)
        gists = dict(self.gists)
        return tuple(
            Group(clause, NOTHING if clause is None else gists[clause], tuple(changes))
            for clause, changes in held.items()
            if changes
        )
