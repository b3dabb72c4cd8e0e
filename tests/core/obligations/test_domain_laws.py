"""What an epidemiologist takes for granted, put to the kernel with made-up plans and facts."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from lianfang.core.language.measure import Again, Measure, Opening, Requirement, Shape, Stage
from tests.core.obligations.adapter import kernel_answers, requirement_at
from tests.core.obligations.examples import some
from tests.oracle.pieces import Evidence, LoopOpening, LoopResult
from tests.oracle.strategies import SELECTIONS, Subject, W, World, worlds

DAY = 86400
START = 1590336000  # 2020-05-25T00:00+08:00
NAMES = SELECTIONS[:3]


@st.composite
def pathways(draw: DrawFn) -> World:
    """One person on one measure of one to three stages, each of which waits for a test of its own."""
    count = draw(st.integers(1, 3))
    stages = tuple(Stage(f"stage{n}", W, days=draw(st.integers(0, 4))) for n in range(count))
    needs = tuple(
        Requirement(f"test{n}", W, Shape.WINDOW, evidence=NAMES[n], first_stage=n, last_stage=n, gates=True)
        for n in range(count)
    )
    measure = Measure("pathway", W, "person", Opening("start"), stages, needs, civil=draw(st.booleans()))
    by_result = {name: draw(st.booleans()) for name in SELECTIONS}
    streams: dict[str, tuple[Evidence, ...]] = dict.fromkeys(SELECTIONS, ())
    for name in NAMES:
        drawn = [(START + draw(st.integers(0, 30)) * DAY // 2, draw(st.integers(0, 3)) * DAY // 2) for _ in range(2)]
        facts = [Evidence(t, t + wait if by_result[name] else t, row) for row, (t, wait) in enumerate(sorted(drawn))]
        streams[name] = tuple(facts[: draw(st.integers(0, 2))])
    opening = LoopOpening(0, START, START)
    return World((measure,), by_result, (Subject(streams, (opening,)),), START + draw(st.integers(0, 60)) * DAY, 28800)


def only_loop(world: World) -> LoopResult:
    """The one loop of a world of one person."""
    ((loops, _),) = kernel_answers(world)
    return loops[0]


@some(150)
@given(pathways(), st.integers(0, 2), st.integers(0, 2**16))
def test_an_earlier_test_never_makes_the_release_later(world: World, stage: int, draw: int) -> None:
    # Earlier within its stage: a test taken before its stage began would be another test.
    loop = only_loop(world)
    (person,) = world.subjects
    stage %= len(world.measures[0].stages)
    begun = loop.begins[stage]
    tests = [f for f in person.streams[NAMES[stage]] if begun is not None and f.t >= begun]
    if not tests or begun is None:
        return
    first = tests[0]
    sooner = begun + draw % (int(first.t) - begun + 1)
    moved = replace(first, t=sooner, k=first.k - first.t + sooner)
    others = tuple(f for f in person.streams[NAMES[stage]] if f is not first and (f.t < begun or f.t >= first.t))
    stream = tuple(sorted((*others, moved), key=lambda f: (f.t, f.k, f.row)))
    earlier = only_loop(replace(world, subjects=(replace(person, streams={**person.streams, NAMES[stage]: stream}),)))
    if loop.state == "released":  # a planned release still ahead may yet be held by a later stage, and sooner so
        assert earlier.state == "released"
        assert (earlier.release or 0) <= (loop.release or 0)


@some(150)
@given(pathways(), st.integers(0, 2))
def test_a_test_that_is_missing_never_releases(world: World, stage: int) -> None:
    (person,) = world.subjects
    stage %= len(world.measures[0].stages)
    without = only_loop(
        replace(world, subjects=(replace(person, streams={**person.streams, NAMES[stage]: ()}),)),
    )
    assert without.state in ("running", "held")
    assert without.state == "held" or without.release is None or world.as_of < without.release


@some(150)
@given(worlds(most_subjects=2))
def test_a_released_loop_owes_nothing_that_its_release_waits_for(world: World) -> None:
    # Rows written while a stage is held, and reactions to facts after a stage's planned end, were never waited for.
    for answer in kernel_answers(world):
        heads = {loop.loop: loop for loop in answer[0] if loop.state == "released"}
        for row in answer[1]:
            if row.loop not in heads:
                continue
            requirement, loop = requirement_at(world, answer, row), heads[row.loop]
            root = requirement_at(world, answer, replace(row, path=row.path.split("/")[0]))
            measure, planned = world.measures[loop.measure_index], loop.planned[root.last_stage]
            binds = any(stage.binding for stage in measure.stages[root.last_stage :]) and planned is not None
            folded = root.to_stage_end and (planned is None or row.start is None or row.start >= planned)
            if requirement.gates and binds and "/" not in row.path and root.shape is not Shape.EVENT and not folded:
                assert row.status in ("met", "late", "waived")


@some(100)
@given(worlds(most_subjects=2), st.data())
def test_more_exposure_never_means_fewer_obligations(world: World, data: st.DataObject) -> None:
    # Where a plan lets one measure take over another, the plan itself decides; here every exposure stands on its own.
    plan = tuple(replace(measure, again=Again.OWN, supersedes=()) for measure in world.measures)
    few = replace(world, measures=plan)
    openings = [opening for subject in world.subjects for opening in subject.openings]
    exposure = data.draw(st.sampled_from(openings))
    more = replace(few, subjects=tuple(replace(s, openings=(*s.openings, exposure)) for s in world.subjects))
    for before, after in zip(kernel_answers(few), kernel_answers(more), strict=True):
        assert set(before[0]) <= set(after[0])
        assert set(before[1]) <= set(after[1])


@some(100)
@given(worlds(most_subjects=2), st.data())
def test_a_second_exposure_that_is_absorbed_takes_nothing_away(world: World, data: st.DataObject) -> None:
    plan = tuple(replace(measure, again=Again.ABSORBED, supersedes=()) for measure in world.measures)
    few = replace(world, measures=plan)
    (first, *_) = few.subjects
    exposure = data.draw(st.sampled_from(first.openings))
    second = replace(exposure, t0=exposure.t0 + data.draw(st.integers(0, 3)) * DAY)
    later = max(o.t0 for o in first.openings) <= second.t0
    ((loops, rows),) = kernel_answers(replace(few, subjects=(first,)))
    more = replace(few, subjects=(replace(first, openings=(*first.openings, second)),))
    ((more_loops, more_rows),) = kernel_answers(more)
    if later:
        assert set(loops) <= set(more_loops)
        assert set(rows) <= set(more_rows)
