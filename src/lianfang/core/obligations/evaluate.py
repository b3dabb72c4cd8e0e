"""evaluate(plan, facts, as_of): the whole way from facts to loops, stages and obligations."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pyarrow as pa

from lianfang.core.facts.facts import Facts
from lianfang.core.language.addressees import ADDRESSEE
from lianfang.core.language.loops import is_loop_kind
from lianfang.core.language.lower import lower
from lianfang.core.language.measure import Measure
from lianfang.core.language.plan import Plan
from lianfang.core.language.program import NEVER, Program
from lianfang.core.obligations.addressed import with_built_in
from lianfang.core.obligations.calendar_years import check_years
from lianfang.core.obligations.evaluation import Evaluation
from lianfang.core.obligations.lookups import View, flags, instants
from lianfang.core.obligations.loop_facts import with_loops
from lianfang.core.obligations.openings import find_openings, together
from lianfang.core.obligations.run import ALL, ROW_NAMES, Buffers, Openings, Result, arrange, run
from lianfang.core.obligations.store import Column, Store, build_store

MOST_ROUNDS = 8
"""How often loops may open further loops."""


def program_of(plan: Plan, facts: Facts | None = None) -> Program:
    """The tables of a plan; worth keeping when the plan is evaluated more than once.

    With `facts`: only of the measures that these facts can open, which is much less work for a case or one subject.
    """
    measures = plan.measures if facts is None else [m for m in plan.measures if _can_open(plan, m, facts)]
    return lower(measures, plan.selections, [k.id for k in plan.kinds.values() if k.known_at])


def _kind_of(plan: Plan, name: str) -> str:
    selection = plan.selections.get(name)
    return name if selection is None else selection.kind


def _can_open(plan: Plan, measure: Measure, facts: Facts) -> bool:
    kind = _kind_of(plan, measure.opening.on)
    return kind == ADDRESSEE or is_loop_kind(kind) or facts.rows(kind) > 0


def subject_count(plan: Plan, facts: Facts) -> int:
    """How many subject codes the store must hold: the greatest number among the subjects the measures bind."""
    return max((facts.size(m.subject) for m in plan.measures), default=0)


def store_of(plan: Plan, program: Program, facts: Facts, threads: int = 1) -> Store:
    """Every stream of the program from the facts, sorted.

    The result serves any instant, as long as no fact is added.
    """
    facts = with_built_in(plan, facts)
    view = View(facts, plan.kinds, plan.selections, NEVER - 1, plan.zone)
    columns = {}
    for e, selection in enumerate(program.streams):
        kind = plan.kinds[selection.kind]
        table = facts.tables.get(kind.id)
        if table is None or table.num_rows == 0:
            continue
        t = instants(facts.column(kind.id, kind.time))
        k = instants(facts.column(kind.id, kind.known_at)) if kind.known_at else None
        subject = np.asarray(facts.column(kind.id, kind.subject).fill_null(-1))
        keep = None if selection.where is None else flags(view.evaluate(kind, selection.where))
        keep = _without_unknown(keep, subject, t)
        row = None if keep is None else np.flatnonzero(keep).astype(np.int32)
        if row is not None:
            subject, t, k = subject[row], t[row], None if k is None else k[row]
        columns[e] = Column(subject, t, k, row)
    return build_store(program, columns, subject_count(plan, facts), threads)


def _without_unknown(keep: np.ndarray | None, subject: np.ndarray, t: np.ndarray) -> np.ndarray | None:
    """Facts without a subject or a time are evidence for nobody."""
    known = (subject >= 0) & (t < NEVER)
    if bool(known.all()):
        return keep
    return known if keep is None else keep & known


def evaluate(
    plan: Plan,
    facts: Facts,
    as_of: int,
    known_at: int | None = None,
    *,
    program: Program | None = None,
    store: Store | None = None,
    keep: int = ALL,
    since: int = NEVER,
    threads: int = 1,
    buffers: Buffers | None = None,
) -> Evaluation:
    """What every subject owes at `as_of` (seconds since 1970 UTC), from what was known at `known_at` (default: the
    same instant).

    Raises UnknownYear where a requirement asks a calendar for a year that it does not know.

    Same plan, facts and instants give the same answer on any later day. `program` and `store` may be handed in when
    they are already there; a store must
    come from the same facts as known at `known_at`. `keep` and `since` choose the obligations to deliver (see `run`);
    loops are always complete.
    """
    seen = with_built_in(plan, facts.known(as_of if known_at is None else known_at))
    program = program_of(plan, seen) if program is None else program
    store = store_of(plan, program, seen, threads) if store is None else store
    result, seen = _rounds(plan, program, store, seen, as_of, keep, since, threads, buffers)
    check_years(program, result, as_of, plan.zone)
    return Evaluation(plan, seen, program, store, result, as_of)


def _rounds(
    plan: Plan,
    program: Program,
    store: Store,
    facts: Facts,
    as_of: int,
    keep: int,
    since: int,
    threads: int,
    buffers: Buffers | None,
) -> tuple[Result, Facts]:
    """Run, let loops open further loops, run again, until nothing new opens."""

    every = range(len(program.measures))
    chained = [i for i in every if _needs_loops(plan, program, i)]
    view = View(facts, plan.kinds, plan.selections, as_of, plan.zone)
    plain = find_openings(view, program, [i for i in every if i not in chained])

    def once(openings: Openings) -> Result:
        loops = arrange(openings, store.subjects, threads)
        return run(
            program, store, loops, as_of, zone=plan.zone, keep=keep, since=since, threads=threads, buffers=buffers
        )

    result, given, opened = once(plain), facts, plain
    for _ in range(MOST_ROUNDS if chained else 0):
        facts = with_loops(plan, program, facts, result, given)
        view = View(facts, plan.kinds, plan.selections, as_of, plan.zone)
        more = together(plain, find_openings(view, program, chained))
        if _same(opened, more):
            break
        result, opened = once(more), more
    return result, facts


def _same(before: Openings, after: Openings) -> bool:
    """Whether nothing new opened, and nothing that asked for the loops was answered otherwise."""
    pairs = ((getattr(before, field.name), getattr(after, field.name)) for field in fields(Openings))
    return all(np.array_equal(one, other) for one, other in pairs)


def _needs_loops(plan: Plan, program: Program, number: int) -> bool:
    opening = program.measures[number].opening
    return any(is_loop_kind(_kind_of(plan, name)) for name in (opening.on, *(look.kind for look in opening.lookups)))


def arrow_rows(result: Result) -> pa.Table:
    """All obligations of a result as Arrow without copying: whole numbers, one batch a block."""
    batches = [pa.RecordBatch.from_arrays([pa.array(c) for c in block], names=ROW_NAMES) for block in result.blocks]
    return pa.Table.from_batches(batches)
