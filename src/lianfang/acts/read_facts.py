"""The facts of some subjects from the ledger, ready for evaluation: few row by row, many as columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from lianfang.acts.in_force import InForce
from lianfang.acts.refused import refuse_complaints
from lianfang.core.facts.encode import from_tables
from lianfang.core.facts.facts import Facts
from lianfang.core.facts.kept_rows import from_kept_rows
from lianfang.core.facts.vocabulary import all_columns
from lianfang.core.language.addressees import ADDRESSEE
from lianfang.core.language.loops import is_loop_kind
from lianfang.core.obligations.addressed import addressed
from lianfang.ledger import facts as ledger_facts
from lianfang.ledger.loops import loops_as_facts
from lianfang.ledger.models import Subject

FEW = 20
"""Up to so many subjects are read row by row; more as columns, which costs more to begin with and less for each."""

UNIT = "unit"


def read_facts(force: InForce, kind: str, subjects: Sequence[str]) -> Facts:
    """Everything recorded about the subjects of one kind, and about those they ask about through a look-up."""
    keys = [(kind, subject) for subject in subjects]
    facts = _few(force, keys) if len(keys) <= FEW else _many(force, keys)
    wide = force.everywhere(frozenset(facts.tables))
    if wide:
        facts = _many(force, keys, wide)
    sizes = {known.subject: 0 for known in force.plan.kinds.values()}
    facts = replace(facts, sizes={**sizes, **facts.sizes})
    return _addressed(force, facts, kind, subjects)


def read_everything(force: InForce) -> Facts:
    """Everything recorded about everybody, with the plan issued to all its units and to those of the ledger."""
    kinds = force.plan.kinds
    tables = {}
    for kind, table in ledger_facts.tables(kinds).items():
        columns = all_columns(kinds[kind])
        tables[kind] = table.select([name for name in table.column_names if name in columns])
    facts, complaints = from_tables(kinds, tables, force.plan.zone)
    refuse_complaints(complaints)
    units = list(Subject.objects.filter(kind=UNIT).values_list("subject", flat=True))
    whole = facts or Facts(kinds, {}, {})
    sizes = {known.subject: 0 for known in kinds.values()}
    return _addressed(force, replace(whole, sizes={**sizes, **whole.sizes}), UNIT, units)


def _few(force: InForce, keys: Sequence[tuple[str, str]]) -> Facts:
    kinds = force.plan.kinds
    found = ledger_facts.rows_of(keys, kinds, force.looked_up_kinds, force.through)
    return from_kept_rows(kinds, found, force.plan.zone)


def _many(force: InForce, keys: Sequence[tuple[str, str]], wide: frozenset[str] = frozenset()) -> Facts:
    """Facts as columns; of the kinds in `wide` all there are, whoever they are about."""
    kinds = force.plan.kinds
    found = ledger_facts.tables(kinds, keys, force.looked_up_kinds, force.through)
    recorded = {name: kinds[name] for name in wide if not is_loop_kind(name)}
    found |= ledger_facts.tables(recorded) if recorded else {}
    for name in wide - recorded.keys():
        found[name] = loops_as_facts(kinds[name], kinds, keys)
    tables = {}
    for kind, table in found.items():
        columns = all_columns(kinds[kind])
        tables[kind] = table.select([name for name in table.column_names if name in columns])
    facts, complaints = from_tables(kinds, tables, force.plan.zone)
    refuse_complaints(complaints)
    return facts or Facts(kinds, {}, {})


def _addressed(force: InForce, facts: Facts, kind: str, subjects: Sequence[str]) -> Facts:
    """With the plan issued to the units asked for and to nobody else: the others are not looked at."""
    if ADDRESSEE not in force.plan.kinds:
        return facts
    if kind != UNIT:
        return replace(facts, tables={**facts.tables, ADDRESSEE: _nobody(force)})
    facts = _with_names(facts, subjects)
    whole = addressed(force.plan, facts)
    table = whole.tables.get(ADDRESSEE)
    if table is None:
        return whole
    wanted = pa.array([whole.code(UNIT, subject) for subject in subjects], pa.int64())
    asked = table.filter(pc.is_in(table[force.plan.kinds[ADDRESSEE].subject], value_set=wanted))
    return replace(whole, tables={**whole.tables, ADDRESSEE: asked})


def _with_names(facts: Facts, subjects: Sequence[str]) -> Facts:
    """Units that no fact names yet still have a name."""
    names = facts.names.get(UNIT)
    known = [str(code) for code in range(facts.size(UNIT))] if names is None else names.to_pylist()
    more = [subject for subject in dict.fromkeys(subjects) if subject not in set(known)]
    every = pa.array([*known, *more], pa.string())
    return replace(facts, names={**facts.names, UNIT: every}, sizes={**facts.sizes, UNIT: len(every)})


def _nobody(force: InForce) -> pa.Table:
    kind = force.plan.kinds[ADDRESSEE]
    whole = {kind.subject, kind.time}
    names = ["id", *(name for name in all_columns(kind) if name in kind.columns)]
    return pa.table({name: pa.array([], pa.int64() if name in whole else pa.string()) for name in names})
