"""Loops as facts, for measures that open on the result of another or ask how many are still running."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from lianfang.core.facts.facts import Facts, references
from lianfang.core.facts.vocabulary import SUBJECTS, Kind
from lianfang.core.language.loops import RUNNING, UNTIL, is_loop_kind
from lianfang.core.language.plan import Plan
from lianfang.core.language.program import NEVER, Program
from lianfang.core.obligations.lookups import optional
from lianfang.core.obligations.run import Result
from lianfang.core.obligations.state_words import exit_words, per_code, stage_words, state_words, subjects_of

Ints = npt.NDArray[np.int64]


def with_loops(plan: Plan, program: Program, facts: Facts, result: Result, given: Facts) -> Facts:
    """The facts with a table for each kind of loop that the plan asks for.

    `facts` are those that the loops of `result` were opened from. What `given` says of loops (of subjects that are
    not evaluated here) stays.
    """
    kinds = {id: kind for id, kind in plan.kinds.items() if is_loop_kind(id)}
    every = _every_loop(program, result)
    tables = {id: _table(plan, program, facts, result, every, kind) for id, kind in kinds.items()}
    for id, table in tables.items():
        if given.rows(id):
            tables[id] = pa.concat_tables([_plain(given.tables[id]), table], promote_options="permissive")
    return replace(facts, kinds={**facts.kinds, **kinds}, tables={**facts.tables, **tables})


def _plain(table: pa.Table) -> pa.Table:
    """The table with its words as plain text."""
    types = [pa.string() if pa.types.is_dictionary(field.type) else field.type for field in table.schema]
    return table.cast(pa.schema(list(zip(table.column_names, types, strict=True))))


def _every_loop(program: Program, result: Result) -> pa.Table:
    """What is said of loops of all kinds of subject."""
    heads, loops = result.heads, result.loops
    number = pa.array(np.arange(len(loops.measure))).cast(pa.string())
    over = np.minimum(heads.ended, heads.release)
    return pa.table(
        {
            "id": pc.binary_join_element_wise("loop", number, "-"),
            "measure": per_code(loops.measure, [m.id for m in program.measures]),
            "state": state_words(program, result),
            "exit": exit_words(program, result),
            "stage": stage_words(program, result),
            "opened_at": pa.array(loops.opened),
            "ended_at": optional(over),
            UNTIL: optional(np.where(over < NEVER, over - 1, NEVER)),
        }
    )


def _table(plan: Plan, program: Program, facts: Facts, result: Result, every: pa.Table, kind: Kind) -> pa.Table:
    """The loops of one kind of subject; running ones without those that never ran."""
    same = np.array([m.subject == kind.subject for m in program.measures], bool)[result.loops.measure]
    if kind.id.endswith(RUNNING):
        same &= np.minimum(result.heads.ended, result.heads.release) > result.loops.opened
    rows = np.flatnonzero(same)
    table = every.take(pa.array(rows)).append_column(kind.subject, pa.array(subjects_of(result)[rows]))
    for name in SUBJECTS:
        if name != kind.subject:
            codes = _named(plan, program, facts, result, rows, name)
            table = table.append_column(name, pa.array(codes, mask=codes < 0))
    return table


def _named(plan: Plan, program: Program, facts: Facts, result: Result, rows: Ints, subject: str) -> Ints:
    """Whom or what of a kind of subject the opening fact of each loop names; -1 for none."""
    loops, codes = result.loops, np.full(len(rows), -1, np.int64)
    for number in np.unique(loops.measure[rows]).tolist():
        kind = _opening_kind(plan, program, number)
        column = next(naming(kind, subject), None)
        if column is not None:
            mine = np.flatnonzero(loops.measure[rows] == number)
            said = facts.column(kind.id, column).take(pa.array(loops.fact[rows[mine]]))
            codes[mine] = np.asarray(said.fill_null(-1), np.int64)
    return codes


def _opening_kind(plan: Plan, program: Program, number: int) -> Kind:
    on = program.measures[number].opening.on
    selection = plan.selections.get(on)
    return plan.kinds[on if selection is None else selection.kind]


def naming(kind: Kind, subject: str) -> Iterator[str]:
    """The column called like the kind of subject, otherwise the only one that refers to it."""
    found = [column.name for column in references(kind) if column.to == subject]
    if subject in found:
        yield subject
    elif len(found) == 1:
        yield found[0]
