"""The facts behind a statement: what was recorded, when, who said it, and whether it counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lianfang.core.explain.speech import NOTHING, both, listing, moment
from lianfang.core.facts.facts import Facts
from lianfang.core.facts.vocabulary import Column, ColumnType, Kind
from lianfang.core.language.loops import is_loop_kind
from lianfang.core.language.measure import Selection, Words
from lianfang.core.language.predicate_few import evaluate
from lianfang.core.obligations.evaluation import Evaluation
from lianfang.core.obligations.lookups import texts

_SHOWN = (ColumnType.CHOICE, ColumnType.FLAG, ColumnType.NUMBER)
_TOLD_TEXTS = ("approved_by", "reason")
"""Texts that are the point of a fact: who waived something, and why."""
_HIDDEN = ("identity", "contact")
_MOST_COLUMNS = 5


@dataclass(frozen=True, slots=True)
class Witness:
    """One fact of the subject: its kind, row, own time and the time its result was known (None: not, or no result)."""

    kind: Kind
    row: int
    t: int
    k: int | None


def witnesses(evaluation: Evaluation, kind: Kind, code: int) -> tuple[Witness, ...]:
    """Facts of one kind about one subject whose time has come, in the order of their times."""
    table = evaluation.facts.tables.get(kind.id)
    if table is None or table.num_rows == 0:
        return ()
    own = pc.equal(evaluation.facts.column(kind.id, kind.subject), code).fill_null(False)
    rows = np.flatnonzero(np.asarray(own))
    found = [witness(evaluation, kind, int(row)) for row in rows]
    return tuple(sorted((w for w in found if w.t <= evaluation.as_of), key=lambda w: (w.t, w.row)))


def witness(evaluation: Evaluation, kind: Kind, row: int) -> Witness:
    """The fact in one row of a kind's table; an unknown time stands as -1."""
    t = value(evaluation.facts, kind, kind.time, row)
    k = value(evaluation.facts, kind, kind.known_at, row) if kind.known_at else None
    return Witness(kind, row, int(t) if isinstance(t, int) else -1, k if isinstance(k, int) else None)


def value(facts: Facts, kind: Kind, column: str, row: int) -> object:
    """One field of one fact as it is stored; None if unknown."""
    return facts.column(kind.id, column)[row].as_py()


def counts(evaluation: Evaluation, selection: Selection, fact: Witness) -> bool | None:
    """Whether a fact belongs to a selection; None while the result that decides it is not out."""
    if fact.kind.id != selection.kind:
        return False
    if selection.by_result and not _out(evaluation, fact):
        return None
    if selection.where is None:
        return True
    columns = {name: _cell(evaluation.facts, fact.kind, name, fact.row) for name in selection.where.columns}
    return evaluate(selection.where, columns, 1, evaluation.plan.zone)[0].as_py() is True


def describe(evaluation: Evaluation, fact: Witness) -> Words:
    """A fact in words: what, when, its main fields, its record number, who said it and when it was entered."""
    zone = evaluation.plan.zone
    when = moment(fact.t, zone) if fact.t >= 0 else NOTHING
    details = listing(_details(evaluation, fact), "，", ", ")
    return Words(
        f"{when.zh} {fact.kind.zh}（{details.zh}）",
        f"{fact.kind.en} of {when.en} ({details.en})",
    )


def _details(evaluation: Evaluation, fact: Witness) -> Iterator[Words]:
    facts, kind, zone = evaluation.facts, fact.kind, evaluation.plan.zone
    yield from _fields(evaluation, fact)
    if kind.known_at and fact.k is not None and _out(evaluation, fact):
        yield Words(f"{moment(fact.k, zone).zh} 得知", f"known {moment(fact.k, zone).en}")
    elif kind.known_at:
        yield Words("结果未出", "result not out")
    identity = facts.id_of(kind.id, fact.row)
    yield Words(f"记录 {identity}", f"record {identity}")
    said = value(facts, kind, "said_by", fact.row)
    if said:
        yield Words(f"{said} 填报", f"said by {said}")
    recorded = value(facts, kind, "recorded_at", fact.row)
    if isinstance(recorded, int):
        yield Words(f"{moment(recorded, zone).zh} 登记", f"recorded {moment(recorded, zone).en}")


def _fields(evaluation: Evaluation, fact: Witness) -> list[Words]:
    """The fields that tell facts of a kind apart. Personal ones, texts and results not yet out stay away."""
    shown = []
    for column in fact.kind.columns.values():
        told = column.type in _SHOWN or column.name in _TOLD_TEXTS or is_loop_kind(fact.kind.id)
        if not told or column.personal in _HIDDEN or column.type in (ColumnType.TIME, ColumnType.REF):
            continue
        if column.name in fact.kind.known_columns and not _out(evaluation, fact):
            continue
        found = value(evaluation.facts, fact.kind, column.name, fact.row)
        if found is not None:
            shown.append(_field(column, found))
    return shown[:_MOST_COLUMNS]


def _field(column: Column, found: object) -> Words:
    if column.type == ColumnType.CHOICE:
        zh = dict(column.choices).get(str(found), str(found))
        return Words(f"{column.zh} {zh}", f"{column.en} {str(found).replace('_', ' ')}")
    if column.type == ColumnType.FLAG:
        return Words(f"{column.zh} {'是' if found else '否'}", f"{column.en} {'yes' if found else 'no'}")
    shown = both(f"{found:g}" if isinstance(found, float) else str(found))
    return Words(f"{column.zh} {shown.zh}", f"{column.en} {shown.en}")


def _out(evaluation: Evaluation, fact: Witness) -> bool:
    """Whether the result of a fact is known by now; facts without a result always are."""
    return fact.kind.known_at is None or (fact.k is not None and fact.k <= evaluation.as_of)


def _cell(facts: Facts, kind: Kind, name: str, row: int) -> pa.Array:
    column = facts.column(kind.id, name)
    return texts(facts, kind, name, column.slice(row, 1))
