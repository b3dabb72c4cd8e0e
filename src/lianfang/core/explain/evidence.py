"""The fact that discharged an obligation, or exactly what is missing and which facts do not count, and why."""

from __future__ import annotations

from collections.abc import Iterator

from lianfang.core.explain.loop import Loop, Row
from lianfang.core.explain.speech import both, glue, listing, moment, quoted
from lianfang.core.explain.witness import Witness, counts, describe
from lianfang.core.language.measure import Requirement, Selection, Shape, Words
from lianfang.core.obligations.evaluation import Evaluation

MOST_NEAR = 3
_NOT_ASKED = ("upcoming", "superseded", "cancelled")


def evidence(loop: Loop, path: str, requirement: Requirement, row: Row) -> Words:
    """What shows that it was done, or what is missing."""
    if requirement.shape == Shape.CHECK:
        return _checked(loop, requirement, row)
    if row["evidence"] is not None:
        return _found(loop, path, requirement, row)
    if row["status"] == "waived":
        return _waiver(loop, requirement, row)
    if row["status"] in _NOT_ASKED:
        return Words("无", "none")
    return _missing(loop, path, requirement, row)


def fact_by_id(loop: Loop, kind: str, identity: str) -> Witness | None:
    """The fact of this loop's subject with the given record number."""
    facts = loop.evaluation.facts
    return next((w for w in loop.own(kind) if facts.id_of(kind, w.row) == identity), None)


def opening_fact(evaluation: Evaluation, loop: Loop) -> Witness | None:
    """The fact that opened the loop."""
    return fact_by_id(loop, loop.head["fact_kind"], loop.head["fact"])


def _checked(loop: Loop, r: Requirement, row: Row) -> Words:
    if row["status"] == "waived":
        return _waiver(loop, r, row)
    fact = opening_fact(loop.evaluation, loop)
    said = describe(loop.evaluation, fact) if fact else both(row["subject"])
    held = row["status"] == "met"
    return glue(said, Words("：成立", ": it holds") if held else Words("：不成立", ": it does not hold"))


def _found(loop: Loop, path: str, r: Requirement, row: Row) -> Words:
    fact = fact_by_id(loop, row["evidence_kind"], row["evidence"])
    if fact is None:
        return both(f"{row['evidence_kind']} {row['evidence']}")
    said = describe(loop.evaluation, fact)
    if r.shape != Shape.RESULT:
        return said
    known = moment(row["evidence_at"], loop.zone)
    return glue(Words(f"结果于 {known.zh} 得知：", f"result known at {known.en}: "), said)


def _waiver(loop: Loop, r: Requirement, row: Row) -> Words:
    granted = [w for w in loop.passing(r.waiver or "") if w.t >= loop.head["opened"]] if r.waiver else []
    said = [describe(loop.evaluation, w) for w in granted[:1]]
    return glue(Words("没有证据，但已批准免除：", "no evidence, but waived: "), listing(said))


def _missing(loop: Loop, path: str, r: Requirement, row: Row) -> Words:
    if r.shape == Shape.RESULT:
        return Words("结果尚未出来", "the result is not out yet")
    if r.evidence is None:
        return Words("无", "none")
    wanted = loop.selection(r.evidence)
    near = listing(_near(loop, wanted, r, row))
    name = quoted(wanted.words)
    head = Words(f"没有{name.zh}", f"no {name.en}")
    return glue(head, Words(f"；{near.zh}", f"; {near.en}")) if near.zh else head


def _near(loop: Loop, wanted: Selection, r: Requirement, row: Row) -> Iterator[Words]:
    """Facts of the right kind that do not count, the latest last, each with the reason."""
    used = {other["evidence"] for other in loop.rows if other["requirement"] == row["requirement"]}
    facts = loop.evaluation.facts
    since = loop.head["opened"] if row["from"] is None else min(row["from"], loop.head["opened"])
    near = [w for w in loop.own(wanted.id) if w.t >= since and facts.id_of(w.kind.id, w.row) not in used]
    for fact in near[-MOST_NEAR:]:
        said, why = describe(loop.evaluation, fact), _why_not(loop, wanted, r, row, fact)
        yield Words(f"{said.zh}不算：{why.zh}", f"{said.en} does not count: {why.en}")


def _why_not(loop: Loop, wanted: Selection, r: Requirement, row: Row, fact: Witness) -> Words:
    passes = counts(loop.evaluation, wanted, fact)
    if passes is None:
        return Words("结果未出", "its result is not out")
    if not passes:
        return Words(f"不属于{quoted(wanted.words).zh}", f"not a case of {quoted(wanted.words).en}")
    if row["from"] is not None and fact.t < row["from"]:
        return Words("早于时限", "it is before the time")
    if r.shape == Shape.COUNT and r.gap:
        return Words("与上一次相隔太近", "it is too close to the one before")
    return Words("已过最迟接受时间", "it came when none was accepted any more")
