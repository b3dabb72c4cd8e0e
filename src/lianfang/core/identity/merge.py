"""Two records that are one person: which one stays, what moves to it, and how it is taken back exactly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides which of two records stays. `checked`: its document number is valid. `registered_at`: seconds."""

    person: str
    checked: bool
    facts: int
    registered_at: int


@dataclass(frozen=True, slots=True)
class Belonging:
    """A row that is about a person: which table, which row, which person."""

    table: str
    row: str
    person: str


@dataclass(frozen=True, slots=True)
class Merge:
    """`merged` becomes part of `kept`; `moved` are the rows (table, row) that change hands, in order."""

    kept: str
    merged: str
    moved: tuple[tuple[str, str], ...]


def which_stays(a: Standing, b: Standing) -> tuple[str, str]:
    """The record that stays and the one that becomes part of it.

    The one with a valid document stays, then the one with more facts, then the older, then the smaller id; the order
    in which they are given does not matter.
    """
    first, second = sorted((a, b), key=lambda one: (not one.checked, -one.facts, one.registered_at, one.person))
    return first.person, second.person


def plan_merge(kept: str, merged: str, belongings: Iterable[Belonging]) -> Merge:
    """What a merge would move: every row of the record that does not stay. Merging a record with itself is refused."""
    if kept == merged:
        raise ValueError(
            f"merge: 看到同一份档案 {kept!r};允许: 两份不同的档案;请: 另选一份"
            f" / found one record twice: {kept!r}; allowed: two records; do: choose another"
        )
    moved = sorted((item.table, item.row) for item in belongings if item.person == merged)
    return Merge(kept, merged, tuple(moved))


def merge(plan: Merge, belongings: Iterable[Belonging]) -> frozenset[Belonging]:
    """The rows after the merge: what was planned to move belongs to the record that stays."""
    return _hand_over(plan, belongings, plan.merged, plan.kept)


def unmerge(plan: Merge, belongings: Iterable[Belonging]) -> frozenset[Belonging]:
    """The rows after the merge is taken back: exactly what it moved goes back; what was added since stays."""
    return _hand_over(plan, belongings, plan.kept, plan.merged)


def in_the_way(plan: Merge, belongings: Iterable[Belonging]) -> frozenset[Belonging]:
    """The rows that a merge moved and that have gone on to yet another record: take that later merge back first."""
    moved = frozenset(plan.moved)
    return frozenset(item for item in belongings if (item.table, item.row) in moved and item.person != plan.kept)


def stands_for(person: str, merged_into: Mapping[str, str]) -> str:
    """The record that a person's number leads to now, through all merges (`merged_into`: merged -> kept).

    A circle cannot come about, because a record that became part of another is never kept in a later merge; should
    one be there all the same, the search ends where it began.
    """
    seen = {person}
    while (after := merged_into.get(person, "")) and after not in seen:
        seen.add(after)
        person = after
    return person


def _hand_over(plan: Merge, belongings: Iterable[Belonging], giver: str, taker: str) -> frozenset[Belonging]:
    moved = frozenset(plan.moved)
    return frozenset(
        Belonging(item.table, item.row, taker) if item.person == giver and (item.table, item.row) in moved else item
        for item in belongings
    )
