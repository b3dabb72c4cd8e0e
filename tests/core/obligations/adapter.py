"""The kernel called with what the slow evaluator takes, its columns turned back into what the slow evaluator gives."""

from __future__ import annotations

from typing import cast

import numpy as np

from lianfang.core.language.lower import lower
from lianfang.core.language.measure import Requirement
from lianfang.core.language.program import NEVER, Program
from lianfang.core.obligations.run import Loops, Openings, Result, arrange, run
from lianfang.core.obligations.store import Column, Store, store_of_streams
from lianfang.core.obligations.words import LoopState, Status
from tests.oracle.days import NEVER as LATEST
from tests.oracle.pieces import LoopOpening, LoopResult, Row
from tests.oracle.plainly import evaluate_subject
from tests.oracle.strategies import World, with_paths

Answer = tuple[list[LoopResult], list[Row]]
BIG = -(NEVER >> 1)  # a start before this is "any time"


def assert_agreement(world: World, name: str = "this world") -> None:
    """Fail at the first loop or obligation on which the kernel and the slow evaluator differ."""
    for subject, (heads, rows) in zip(world.subjects, kernel_answers(world), strict=True):
        loops, owed = evaluate_subject(
            world.measures, subject.streams, world.by_result, subject.openings, world.as_of, world.zone
        )
        assert heads == loops, f"loops of {name}"
        assert rows == owed, f"obligations of {name}"


def kernel_answers(world: World, *, threads: int = 1, blocks: int = 1) -> list[Answer]:
    """What the kernel says of every subject of a world."""
    program = lower(world.measures, world.selections)
    store, loops = store_of(world, program), arrange(loop_table(world, program), len(world.subjects))
    result = run(program, store, loops, world.as_of, zone=world.zone, threads=threads, blocks=blocks)
    return answers_of(world, program, store, result)


def answers_of(world: World, program: Program, store: Store, result: Result) -> list[Answer]:
    """The columns of a result, subject by subject, in the words of the slow evaluator."""
    answers: list[Answer] = [([], []) for _ in world.subjects]
    subject_of = np.repeat(np.arange(len(world.subjects)), np.diff(result.loops.first))
    for i, subject in enumerate(subject_of):
        answers[subject][0].append(loop_result(world, program, result, i))
    for block in result.blocks:
        for line in zip(*(column.tolist() for column in block), strict=True):
            answers[subject_of[line[0]]][1].append(row_of(program, store, result.loops, line))
    return [(sorted(heads, key=lambda one: one.loop), sorted(rows, key=place)) for heads, rows in answers]


def requirement_at(world: World, answer: Answer, row: Row) -> Requirement:
    """The requirement that a row is an occurrence of."""
    measure = {loop.loop: loop.measure_index for loop in answer[0]}[row.loop]
    return next(r for path, r in with_paths(world.measures[measure].requirements) if path == row.path)


def place(row: Row) -> tuple[int, str, int]:
    """Where a row stands in the answer."""
    return row.loop, row.path, row.occurrence


def store_of(world: World, program: Program) -> Store:
    """The facts of all subjects in one store, by the names of their selections."""
    streams = {
        name: [
            (number, int(fact.t), NEVER if fact.k == LATEST else int(fact.k), fact.row)
            for number, subject in enumerate(world.subjects)
            for fact in subject.streams[name]
        ]
        for name in world.by_result
    }
    return store_of_streams(program, streams, len(world.subjects))


def columns_of(world: World, program: Program) -> dict[int, Column]:
    """The facts of all subjects by stream, subject after subject."""
    columns = {}
    for name, stream in program.stream_index.items():
        facts = [(number, fact) for number, subject in enumerate(world.subjects) for fact in subject.streams[name]]
        columns[stream] = Column(
            np.array([number for number, _ in facts], np.int64),
            np.array([int(fact.t) for _, fact in facts], np.int64),
            np.array([NEVER if fact.k == LATEST else int(fact.k) for _, fact in facts], np.int64),
            np.array([fact.row for _, fact in facts], np.int32),
        )
    return columns


def loop_table(world: World, program: Program) -> Openings:
    """The openings that exist at the instant asked for, as columns."""
    existing = [
        (number, fact, opening)
        for number, subject in enumerate(world.subjects)
        for fact, opening in enumerate(subject.openings)
        if opening.t0 <= world.as_of
    ]
    inputs = np.full((program.widest_inputs, len(existing)), NEVER, np.int64)
    for column, (_, _, opening) in enumerate(existing):
        for line, name in enumerate(program.inputs[opening.measure_index]):
            value = opening.inputs.get(name)
            inputs[line, column] = NEVER if value is None else value
    return Openings(
        subject=np.array([number for number, _, _ in existing], np.int64),
        measure=np.array([opening.measure_index for _, _, opening in existing], np.int64),
        opened=np.array([opening.t0 for _, _, opening in existing], np.int64),
        day_one=np.array([opening.d1 for _, _, opening in existing], np.int64),
        fact=np.array([fact for _, fact, _ in existing], np.int64),
        inputs=inputs,
        truths=np.array([truth_bits(program, opening) for _, _, opening in existing], np.int64),
    )


def truth_bits(program: Program, opening: LoopOpening) -> int:
    """The truths of an opening, one bit each."""
    bits = 0
    for number, (row, applies) in enumerate(program.conditions[opening.measure_index]):
        key = f"{program.origins[row].path}:{'applies' if applies else 'condition'}"
        bits |= int(opening.truths.get(key, False)) << number
    return bits


def loop_result(world: World, program: Program, result: Result, i: int) -> LoopResult:
    """One line of the heads as the slow evaluator says it."""
    heads, loops = result.heads, result.loops
    measure = world.measures[int(loops.measure[i])]
    count = len(measure.stages)
    which, by_exit = int(heads.which[i]), int(heads.which[i]) >= 0
    state = LoopState(int(heads.state[i]))
    held = int(heads.held_for[i]) if state is LoopState.HELD else -1
    first = [row for row, origin in enumerate(program.origins) if origin.measure == loops.measure[i]][:1]
    return LoopResult(
        loop=int(loops.fact[i]),
        measure_index=int(loops.measure[i]),
        state=measure.exits[which].state if state is LoopState.EXITED else state.name.lower(),
        stage=int(heads.stage[i]),
        release=instant(heads.release[i]),
        stop=instant(heads.begins[i, count]),
        begins=tuple(instant(t) for t in heads.begins[i, : count + 1]),
        planned=tuple(instant(t) for t in heads.planned[i, :count]),
        exit_at=instant(heads.ended[i]) if by_exit else None,
        exit_index=which,
        superseded=None if by_exit else instant(heads.ended[i]),
        held_for=held - first[0] if held >= 0 else held,
    )


def row_of(program: Program, store: Store, loops: Loops, line: tuple[int, ...]) -> Row:
    """One obligation as the slow evaluator says it; the kernel names evidence by its place in the store."""
    loop, requirement, occurrence, start, due, evidence, status = line
    return Row(
        loop=int(loops.fact[loop]),
        path=program.origins[requirement].path,
        occurrence=occurrence,
        start=None if start <= BIG else start,
        due=instant(due),
        evidence=int(store.row[evidence]) if evidence >= 0 else None,
        status=Status(status).name.lower(),
    )


def instant(t: int | np.int64) -> int | None:
    """An instant as a whole number; None for one that never comes."""
    return None if cast(int, t) >= NEVER else int(t)
