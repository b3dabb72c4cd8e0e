"""One requirement of a loop in the fixed order: clause, parameter, cause, time, evidence, conclusion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lianfang.core.days.civil import DAY, floor_day
from lianfang.core.explain.anchors import cause
from lianfang.core.explain.document import Line, Topic
from lianfang.core.explain.evidence import evidence
from lianfang.core.explain.loop import DONE, Loop, Row
from lianfang.core.explain.sources import clauses, parameters
from lianfang.core.explain.speech import NOTHING, glue, length, named, quoted, start, window
from lianfang.core.language.measure import Requirement, Shape, Words
from lianfang.core.obligations.words import Status

FOLD = 3
"""So many like occurrences are told as one."""


def duty_lines(loop: Loop, path: str, requirement: Requirement, rows: Sequence[Row], number: int) -> Iterator[Line]:
    """Everything about one requirement; each of its occurrences has its own time, evidence and conclusion."""
    depth = 2
    yield Line(depth, Topic.TITLE, _title(path, requirement, rows, number))
    known = loop.evaluation.plan.clauses
    yield from (Line(depth + 1, Topic.CLAUSE, said) for said in clauses(known, requirement.clauses))
    yield from (Line(depth + 1, Topic.PARAMETER, said) for said in parameters(loop, path))
    yield Line(depth + 1, Topic.CAUSE, cause(loop, path, requirement))
    for first, group in folded(rows):
        yield from _occurrences(loop, path, requirement, first, group, len(rows) > 1)


def folded(rows: Sequence[Row]) -> Iterator[tuple[int, Sequence[Row]]]:
    """Occurrences one by one, but a run of at least FOLD in the same open status and without evidence as one group."""
    start = 0
    while start < len(rows):
        end = start + 1
        while end < len(rows) and _alike(rows[start], rows[end]):
            end += 1
        if end - start >= FOLD:
            yield start + 1, rows[start:end]
        else:
            yield from ((i + 1, rows[i : i + 1]) for i in range(start, end))
        start = end


def _alike(one: Row, other: Row) -> bool:
    return one["evidence"] is None and other["evidence"] is None and one["status"] == other["status"] != "waived"


def _occurrences(
    loop: Loop, path: str, requirement: Requirement, first: int, group: Sequence[Row], numbered: bool
) -> Iterator[Line]:
    """The time, the evidence and the conclusion of one occurrence, or of a run of like ones."""
    depth, row, last = 3, group[0], group[-1]
    if numbered:
        number = f"{first}" if len(group) == 1 else f"{first}–{first + len(group) - 1}"
        yield Line(depth, Topic.TITLE, Words(f"第 {number} 次", f"No. {number}"))
        depth += 1
    time, end = _window(loop, requirement, row), conclusion(loop, requirement, row)
    if len(group) > 1:
        until = _window(loop, requirement, last)
        same = until == time
        time = time if same else Words(f"{time.zh} …… {until.zh}", f"{time.en} … {until.en}")
        at_first = row["status"] == Status.OVERDUE.name.lower() and not same
        end = glue(end, Words("（最早的一次）", " (the earliest)") if at_first else NOTHING)
    yield Line(depth, Topic.WINDOW, time)
    yield Line(depth, Topic.EVIDENCE, evidence(loop, path, requirement, row))
    yield Line(depth, Topic.CONCLUSION, end)


def conclusion(loop: Loop, requirement: Requirement, row: Row) -> Words:
    """The status in a sentence, with how late it is and whether the release waits for it."""
    said = _status(loop, requirement, row)
    waits = requirement.gates and row["status"] not in DONE and loop.head["state"] in ("running", "held", "suspended")
    return glue(said, Words("；解除须等它", "; the release waits for it") if waits else NOTHING)


def late_for(due: int, found: int, zone: int) -> Words:
    """How long after the due time; a due time at the end of a day counts from the first second of the next."""
    whole_day = due == floor_day(due, zone) + DAY - 1
    return length(found - due - whole_day)


def _title(path: str, requirement: Requirement, rows: Sequence[Row], number: int) -> Words:
    name = named(requirement.words, path)
    by = next((row["by"] for row in rows if row["by"]), None)
    en = requirement.by.en if isinstance(requirement.by, Words) else by
    owner = Words(f"，责任方 {by}", f", owed by {en}") if by else NOTHING
    return glue(Words(f"{number}. ", f"{number}. "), name, owner)


def _window(loop: Loop, requirement: Requirement, row: Row) -> Words:
    if requirement.shape == Shape.CHECK:
        return Words("开启时当场判定", "decided at the opening")
    return window(row["from"], row["due"], loop.zone)


def _status(loop: Loop, requirement: Requirement, row: Row) -> Words:
    status, due = Status[row["status"].upper()], row["due"]
    if requirement.shape == Shape.CHECK and status == Status.OVERDUE:
        return Words("不符合", "not fulfilled")
    if status == Status.MET:
        if requirement.shape == Shape.CHECK:
            return Words("符合", "fulfilled")
        return Words("已完成", "done") if due is None else Words("按时完成", "met in time")
    if status == Status.LATE:
        late = late_for(due, row["evidence_at"], loop.zone)
        return Words(f"迟 {late.zh}", f"late by {late.en}")
    if status == Status.OVERDUE:
        owed = late_for(due, loop.evaluation.as_of, loop.zone)
        return Words(f"逾期 {owed.zh}", f"overdue by {owed.en}")
    return _waiting(loop, row, status)


def _waiting(loop: Loop, row: Row, status: Status) -> Words:
    if status == Status.DUE:
        return Words("待办，尚在期限内", "due, still in time") if row["due"] else Words("待办", "still owed")
    if status == Status.UPCOMING:
        begin = start(row["from"], loop.zone)
        return Words(f"未到时候，{begin.zh} 开始", f"not yet, begins {begin.en}")
    if status == Status.SUSPENDED:
        return Words("闭环中止，暂不要求", "not asked for while the loop is suspended")
    if status == Status.WAIVED:
        return Words("已批准免除", "waived")
    if status == Status.SUPERSEDED:
        other = loop.head["superseded_by"] or ""
        return Words(f"已由措施［{other}］取代，不再要求", f"no longer asked for: superseded by [{other}]")
    exits = {x.id: quoted(x.words) for x in loop.measure.exits}
    way = exits.get(loop.head["exit"] or "", NOTHING)
    return Words(f"闭环已由出口{way.zh}结束，不再要求", f"no longer asked for: the loop ended by {way.en}")
