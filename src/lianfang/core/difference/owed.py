"""What is still owed under two plans: what was added and removed, by kind of evidence, and what falls due each day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lianfang.core.difference.change import Pair
from lianfang.core.difference.side import Ints, Side, local_days
from lianfang.core.difference.turns import Matched
from lianfang.core.language.lower import walk
from lianfang.core.language.measure import Requirement, Shape
from lianfang.core.language.plan import Plan
from lianfang.core.language.program import NEVER
from lianfang.core.obligations.run import ROW_NAMES
from lianfang.core.obligations.words import Status

OWED = (Status.UPCOMING, Status.DUE, Status.OVERDUE, Status.SUSPENDED)
"""Statuses of what somebody still has to do."""

MOST_OCCURRENCES = 1 << 24
NOWHERE: tuple[None, None] = (None, None)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What discharges an obligation: a kind of fact, or its result; None: no fact (a condition decided at once)."""

    kind: str | None
    result: bool = False


@dataclass(frozen=True, slots=True)
class Owed:
    """One requirement of a pair of measures under both plans: how many occurrences are still owed.

    `added` are owed under the second plan only, `removed` under the first only, `moved` under both with another due
    time; owed_after - owed_before = added - removed.
    """

    measure_before: str | None
    requirement_before: str | None
    measure_after: str | None
    requirement_after: str | None
    evidence: Evidence
    owed_before: int
    owed_after: int
    added: int
    removed: int
    moved: int


@dataclass(frozen=True, slots=True)
class Daily:
    """How many obligations with one kind of evidence fall due on each of the coming days under either plan."""

    evidence: Evidence
    before: tuple[int, ...]
    after: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A requirement (measure, path) under both plans; None: only one plan has it."""

    before: tuple[str, str] | None
    after: tuple[str, str] | None
    evidence: Evidence


@dataclass(frozen=True)
class _Rows:
    """Owed obligations of one side.

    `line`: the place of the requirement among the lines; `key`: the same for the same occurrence on the other side, -1
    where the other side has no such loop.
    """

    line: Ints
    key: Ints
    due: Ints


def owed(
    before: Side, after: Side, pairs: Sequence[Pair], matched: Matched, first_day: int, days: int, zone: int
) -> tuple[tuple[Owed, ...], tuple[Daily, ...]]:
    """Compare what is still owed; `first_day` is the number of the civil day from which `days` days are counted."""
    lines = requirement_lines(before.evaluation.plan, after.evaluation.plan, pairs)
    a = _rows(before, [line.before for line in lines], matched.before)
    b = _rows(after, [line.after for line in lines], matched.after)
    kinds = list(dict.fromkeys(line.evidence for line in lines))
    kind_of = np.array([kinds.index(line.evidence) for line in lines], np.int64)
    per_day = [_per_day(r, kind_of, len(kinds), first_day, days, zone) for r in (a, b)]
    daily = (Daily(kind, tuple(x.tolist()), tuple(y.tolist())) for kind, x, y in zip(kinds, *per_day, strict=True))
    return _counted(lines, a, b), tuple(d for d in daily if any(d.before) or any(d.after))


def requirement_lines(before: Plan, after: Plan, pairs: Sequence[Pair]) -> list[Line]:
    """The requirements of both plans: paired inside paired measures by path, else by name; the rest alone."""
    lines: list[Line] = []
    for pair in pairs:
        old, new = _requirements(before, pair.before), _requirements(after, pair.after)
        left = {r.words.zh: path for path, (r, _) in old.items() if path not in new}
        for path, (r, evidence) in new.items():
            same = path if path in old else left.pop(r.words.zh, None)
            first = None if pair.before is None or same is None else (pair.before, same)
            lines.append(Line(first, (pair.after or "", path), evidence))
        taken = {line.before for line in lines}
        alone = (((pair.before or "", path), evidence) for path, (_, evidence) in old.items())
        lines += [Line(place, None, evidence) for place, evidence in alone if place not in taken]
    return lines


def _requirements(plan: Plan, measure: str | None) -> dict[str, tuple[Requirement, Evidence]]:
    """By path, over all versions of a measure, with what discharges each."""
    found: dict[str, tuple[Requirement, Evidence]] = {}
    for m in plan.measures:
        if m.id == measure:
            for path, r in walk(m.requirements):
                parent = found.get(path.rpartition("/")[0])
                found[path] = (r, _evidence(plan, r, parent))
    return found


def _evidence(plan: Plan, r: Requirement, parent: tuple[Requirement, Evidence] | None) -> Evidence:
    if r.shape is Shape.RESULT and parent is not None:
        return Evidence(parent[1].kind, result=True)
    selection = plan.selections.get(r.evidence or "")
    return Evidence(r.evidence if selection is None else selection.kind)


def _rows(side: Side, lines: Sequence[tuple[str, str] | None], matched: Ints) -> _Rows:
    result, program = side.evaluation.result, side.evaluation.program
    wanted = ("loop", "requirement", "occurrence", "due", "status")
    places = [ROW_NAMES.index(name) for name in wanted]
    loop, requirement, occurrence, due, status = (np.concatenate([b[c] for b in result.blocks]) for c in places)
    keep = np.isin(status, OWED)
    loop, occurrence = loop[keep], occurrence[keep].astype(np.int64)
    place = {line: number for number, line in enumerate(lines) if line is not None}
    of_row = np.array([place[program.measures[o.measure].id, o.path] for o in program.origins], np.int64)
    line = of_row[requirement[keep]] if len(of_row) else np.empty(0, np.int64)
    common = np.full(side.size, -1, np.int64)
    common[matched] = np.arange(len(matched))
    number = common[loop]
    key = np.where(number < 0, -1, (number * len(lines) + line) * MOST_OCCURRENCES + occurrence)
    return _Rows(line, key, due[keep])


def _counted(lines: Sequence[Line], a: _Rows, b: _Rows) -> tuple[Owed, ...]:
    places = np.flatnonzero(a.key >= 0), np.flatnonzero(b.key >= 0)
    _, i, j = np.intersect1d(a.key[places[0]], b.key[places[1]], assume_unique=True, return_indices=True)
    i, j = places[0][i], places[1][j]
    many = len(lines)
    old, new, both = (np.bincount(of, minlength=many) for of in (a.line, b.line, a.line[i]))
    moved = np.bincount(a.line[i][a.due[i] != b.due[j]], minlength=many)
    numbers = np.stack([old, new, new - both, old - both, moved], axis=1).tolist()
    return tuple(_owed(line, counts) for line, counts in zip(lines, numbers, strict=True) if counts[0] or counts[1])


def _owed(line: Line, counts: list[int]) -> Owed:
    (m, before), (n, after) = line.before or NOWHERE, line.after or NOWHERE
    old, new, added, removed, moved = counts
    return Owed(m, before, n, after, line.evidence, old, new, added, removed, moved)


def _per_day(rows: _Rows, kind_of: Ints, kinds: int, first_day: int, days: int, zone: int) -> Ints:
    """Number of obligations by kind of evidence and day of their due time."""
    dated = rows.due < NEVER
    day = local_days(rows.due[dated], zone) - first_day
    soon = (day >= 0) & (day < days)
    cell = kind_of[rows.line[dated][soon]] * days + day[soon] if kinds else np.empty(0, np.int64)
    return np.bincount(cell, minlength=kinds * days).reshape(kinds, days)
