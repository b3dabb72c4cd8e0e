"""What must not change an answer, and what a later look may change."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.core.language.lower import lower
from lianfang.core.language.measure import Shape
from lianfang.core.obligations.run import OPEN, Buffers, Openings, arrange, run
from lianfang.core.obligations.store import Column, build_store
from lianfang.core.obligations.words import Status
from tests.core.obligations.adapter import (
    Answer,
    answers_of,
    columns_of,
    kernel_answers,
    loop_table,
    requirement_at,
    store_of,
)
from tests.core.obligations.examples import some, times
from tests.oracle.pieces import Evidence, Row
from tests.oracle.strategies import World, seeded_world, worlds


@some(60)
@given(worlds())
def test_evaluating_again_changes_nothing_even_in_the_same_buffers(world: World) -> None:
    program = lower(world.measures, world.selections)
    store, loops = store_of(world, program), arrange(loop_table(world, program), len(world.subjects))
    buffers = Buffers()
    answers = []
    for as_of in (world.as_of, world.as_of + 86400, world.as_of):
        result = run(program, store, loops, as_of, zone=world.zone, buffers=buffers)
        answers.append(answers_of(world, program, store, result))
    assert answers[0] == answers[2] == kernel_answers(world)


@some(60)
@given(worlds(), st.integers(2, 4), st.integers(2, 9))
def test_blocks_and_threads_change_nothing(world: World, threads: int, blocks: int) -> None:
    assert kernel_answers(world, threads=threads, blocks=blocks) == kernel_answers(world)


@some(60)
@given(worlds())
def test_a_subject_alone_is_told_the_same_as_in_the_city(world: World) -> None:
    together = kernel_answers(world)
    alone = [kernel_answers(replace(world, subjects=(subject,)))[0] for subject in world.subjects]
    assert alone == together


@some(60)
@given(worlds(most_subjects=3), worlds(most_subjects=2))
def test_facts_of_another_subject_change_nothing(world: World, others: World) -> None:
    strangers = tuple(replace(subject, openings=()) for subject in others.subjects)
    more = kernel_answers(replace(world, subjects=strangers[:1] + world.subjects + strangers[1:]))
    assert more[1 : 1 + len(world.subjects)] == kernel_answers(world)


@some(40)
@given(worlds())
def test_facts_that_no_requirement_asks_for_change_nothing(world: World) -> None:
    told = {**world.by_result, "fog": False}
    subjects = tuple(
        replace(subject, streams={**subject.streams, "fog": (Evidence(world.as_of, world.as_of, 0),)})
        for subject in world.subjects
    )
    with_fog = replace(world, by_result=told, subjects=subjects)
    assert "fog" in with_fog.selections
    assert kernel_answers(with_fog) == kernel_answers(world)


@some(60)
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_in_which_facts_and_openings_arrive_changes_nothing(world: World, random: Random) -> None:
    program = lower(world.measures, world.selections)
    columns = {stream: shuffled(column, random) for stream, column in columns_of(world, program).items()}
    store, table = build_store(program, columns, len(world.subjects)), loop_table(world, program)
    order = random.sample(range(len(table.subject)), len(table.subject))
    mixed = Openings(
        table.subject[order],
        table.measure[order],
        table.opened[order],
        table.day_one[order],
        table.fact[order],
        np.ascontiguousarray(table.inputs[:, order]),
        table.truths[order],
    )
    result = run(program, store, arrange(mixed, len(world.subjects)), world.as_of, zone=world.zone)
    assert answers_of(world, program, store, result) == kernel_answers(world)


def shuffled(column: Column, random: Random) -> Column:
    """The same facts in another order."""
    assert column.k is not None
    assert column.row is not None
    order = random.sample(range(len(column.t)), len(column.t))
    return Column(column.subject[order], column.t[order], column.k[order], column.row[order])


def test_a_store_sorted_in_pieces_on_threads_is_the_same_store(monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in range(times(150)):
        world, random = seeded_world(seed), Random(seed)
        program = lower(world.measures, world.selections)
        columns = {stream: shuffled(column, random) for stream, column in columns_of(world, program).items()}
        whole = build_store(program, columns, len(world.subjects))
        with monkeypatch.context() as patch:
            patch.setattr("lianfang.core.obligations.store.PIECE", 2)
            pieces = build_store(program, columns, len(world.subjects), threads=3)
        for name in ("off", "t", "k", "row"):
            assert np.array_equal(getattr(whole, name), getattr(pieces, name)), f"{name} of seeded_world({seed})"


@some(60)
@given(worlds())
def test_asking_for_open_obligations_gives_those_and_the_counts_cover_all(world: World) -> None:
    program = lower(world.measures, world.selections)
    store, loops = store_of(world, program), arrange(loop_table(world, program), len(world.subjects))
    result = run(program, store, loops, world.as_of, zone=world.zone, keep=OPEN)
    wanted = {status.name.lower() for status in Status if OPEN >> status & 1}
    every = kernel_answers(world)
    some_rows = [rows for _, rows in answers_of(world, program, store, result)]
    assert some_rows == [[row for row in rows if row.status in wanted] for _, rows in every]
    told = Counter(row.status for _, rows in every for row in rows)
    assert {status: n for status, n in told.items() if n} == {
        status.name.lower(): int(n) for status, n in zip(Status, result.heads.counts.sum(axis=0), strict=True) if n
    }


@some(120)
@given(worlds(most_subjects=2), st.integers(1, 40 * 86400))
def test_a_later_look_never_takes_evidence_away(world: World, seconds: int) -> None:
    # Guaranteed only where the window itself stays: a window that hangs on a later stage or a stage's end moves when
    # that stage is held or cut, daily rows fold, and a loop that was superseded in retrospect sees no further than that
    # instant.
    later = replace(world, as_of=world.as_of + seconds)
    for before, after in zip(kernel_answers(world), kernel_answers(later), strict=True):
        kept = {loop.loop for loop in after[0] if loop.superseded is None or loop.superseded > world.as_of}
        told = {(row.loop, row.path, row.occurrence): row for row in after[1]}
        for row in before[1]:
            if row.loop in kept and row.evidence is not None and stays(world, before, row):
                again = told[row.loop, row.path, row.occurrence]
                assert again.evidence is not None
                assert row.status != "met" or again.status == "met"


def stays(world: World, answer: Answer, row: Row) -> bool:
    """True for a window on the first stage whose place in time no later fact can move."""
    requirement = requirement_at(world, answer, row)
    fixed = requirement.shape is Shape.WINDOW and requirement.first_stage == 0 and requirement.anchor != 3
    return "/" not in row.path and fixed and not requirement.to_stage_end


@some(100)
@given(worlds(most_subjects=2))
def test_what_nobody_can_know_yet_changes_nothing(world: World) -> None:
    def known(fact: Evidence) -> bool:
        return fact.t <= world.as_of

    def blurred(fact: Evidence) -> Evidence:
        return fact if fact.k <= world.as_of else replace(fact, k=float("inf"))

    subjects = tuple(
        replace(
            subject,
            streams={name: tuple(blurred(f) for f in facts if known(f)) for name, facts in subject.streams.items()},
        )
        for subject in world.subjects
    )
    assert kernel_answers(replace(world, subjects=subjects)) == kernel_answers(world)


@pytest.mark.parametrize("part", range(4))
def test_a_release_never_moves_afterwards(part: int) -> None:
    # A stage that a test result cuts short is the one exception: the result may come after the longer end.
    for seed in range(part * times(60), (part + 1) * times(60)):
        world = seeded_world(seed)
        if any(s.cut_by and world.by_result[s.cut_by] for m in world.measures for s in m.stages):
            continue
        later = replace(world, as_of=world.as_of + 3 * 86400)
        for before, after in zip(kernel_answers(world), kernel_answers(later), strict=True):
            now = {loop.loop: loop for loop in after[0]}
            for loop in before[0]:
                if loop.state == "released" and now[loop.loop].state in ("released", "held", "running"):
                    assert (now[loop.loop].state, now[loop.loop].release) == ("released", loop.release), seed
