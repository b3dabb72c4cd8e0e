"""The kernel's side of the benchmark: plan and facts in hand; open rows, all rows, or everything from cold files."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from bench.check_values import STATE, STATUS, CheckValues
from bench.duties import ADMIT, CHECK, DAY, RESULT, SAMPLE, TRANSFER
from lianfang.core.facts.facts import Facts
from lianfang.core.language.measure import Shape
from lianfang.core.language.needs import needed_columns
from lianfang.core.language.plan import Plan
from lianfang.core.language.program import NEVER, Program, R
from lianfang.core.obligations.evaluate import arrow_rows, evaluate, program_of, store_of
from lianfang.core.obligations.evaluation import Evaluation
from lianfang.core.obligations.run import ALL, OPEN, Buffers
from lianfang.core.obligations.store import Store
from lianfang.core.obligations.words import LoopState, Status
from lianfang.reach.fact_files import read_facts
from lianfang.reach.packs import load_pack

THREADS = 2
WHAT = {"admission": ADMIT, "sample": SAMPLE, "daily-check": CHECK, "transfer": TRANSFER}


@dataclass(slots=True)
class KernelSide:
    """A plan, the facts of a city as known at `as_of`, and the store built from them."""

    plan: Plan
    facts: Facts
    program: Program
    store: Store
    as_of: int
    kept: Buffers = field(default_factory=Buffers)
    kept_open: Buffers = field(default_factory=Buffers)

    def open_rows(self) -> tuple[Evaluation, pa.Table]:
        """Obligations still owed or changed within the last day; loops and counts are complete."""
        return self._evaluated(OPEN, self.as_of - DAY, self.kept_open)

    def all_rows(self) -> tuple[Evaluation, pa.Table]:
        """Every obligation."""
        return self._evaluated(ALL, NEVER, self.kept)

    def _evaluated(self, keep: int, since: int, kept: Buffers) -> tuple[Evaluation, pa.Table]:
        evaluation = evaluate(
            self.plan,
            self.facts,
            self.as_of,
            program=self.program,
            store=self.store,
            keep=keep,
            since=since,
            threads=THREADS,
            buffers=kept,
        )
        return evaluation, arrow_rows(evaluation.result)


def plan_of(pack: str) -> Plan:
    """A pack by id or folder; its complaints end the benchmark."""
    plan, complaints = load_pack(pack)
    for complaint in complaints:
        sys.stderr.write(complaint.show("en") + "\n")
    if plan is None:
        raise SystemExit(f"规则包 {pack} 不能用 / the pack {pack} cannot be used")
    return plan


def facts_of(plan: Plan, folder: Path) -> Facts:
    """The facts in a folder of Parquet files."""
    needs = needed_columns(plan)
    facts, complaints = read_facts(folder, plan.kinds, plan.zone, only=needs, columns=needs)
    for complaint in complaints:
        sys.stderr.write(complaint.show("en") + "\n")
    if facts is None:
        raise SystemExit("事实读不出来 / the facts cannot be read")
    return facts


def side_of(plan: Plan, folder: Path, as_of: int) -> KernelSide:
    """Read the facts and sort them into a store."""
    facts = facts_of(plan, folder).known(as_of)
    program = program_of(plan)
    return KernelSide(plan, facts, program, store_of(plan, program, facts, THREADS), as_of)


def cold(plan: Plan, folder: Path, as_of: int) -> pa.Table:
    """From files to all obligations as Arrow, nothing kept from before."""
    return side_of(plan, folder, as_of).all_rows()[1]


def check_values(evaluation: Evaluation) -> CheckValues:
    """The figures of `hand_sql.check_values`, from the kernel's rows."""
    what, day = _labels(evaluation.program)
    number = np.array([STATUS[status.name.lower()] for status in Status])
    totals = np.zeros(5, np.int64)
    for _, requirement, occurrence, _, _, evidence, status in evaluation.result.blocks:
        at = _evidence_at(evaluation, requirement, evidence)
        value, days = number[status], day[requirement] + occurrence
        totals += (
            len(status),
            (value * (what[requirement] + 1)).sum(),
            (value == STATUS["overdue"]).sum(),
            (value == STATUS["late"]).sum(),
            (days * value + at % 97).sum(),
        )
    heads = evaluation.result.heads
    counted = tuple(int((heads.state == LoopState[name.upper()]).sum()) for name in STATE)
    rows, weighted, overdue, late, sums = (int(total) for total in totals)
    return CheckValues(rows, weighted, overdue, late, len(heads.state), counted, int((heads.stage == 1).sum()), sums)


def _labels(program: Program) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """What each requirement row is about (the numbers of the hand SQL) and which day its name says."""
    what, day = [], []
    for origin in program.origins:
        name, _, number = origin.path.split("/")[0].rpartition("-")
        name, number = (name, number) if number.isdigit() else (origin.path.split("/")[0], "0")
        what.append(RESULT if origin.requirement.shape == Shape.RESULT else WHAT[name])
        day.append(int(number))
    return np.array(what), np.array(day)


def _evidence_at(
    evaluation: Evaluation, requirement: npt.NDArray[np.integer], evidence: npt.NDArray[np.integer]
) -> npt.NDArray[np.int64]:
    """When the evidence of each row happened (a result: became known); 0 without evidence."""
    store, has = evaluation.store, evidence >= 0
    at = np.where(has, store.t[np.where(has, evidence, 0)], 0)
    result = has & (evaluation.program.requirement_table[requirement, R.SHAPE] == Shape.RESULT)
    at[result] = store.k[evidence[result]]
    return at
