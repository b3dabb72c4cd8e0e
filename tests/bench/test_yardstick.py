"""The yardstick by hand-written SQL and by the kernel: the same facts, the same figures, at several instants."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bench import hand_sql, yardstick_facts
from bench.check_values import CheckValues, Disagreement, agree
from bench.duties import DAY
from bench.folders import busiest_person, one_person, write_facts
from bench.kernel_side import check_values, plan_of, side_of
from bench.one_subject import loops_of_one, store_of_one
from bench.timing import Series, median_ratio
from lianfang.core.obligations.run import ALL, Buffers, run

YARDSTICK = str(Path(__file__).parents[2] / "bench" / "packs" / "yardstick")
PERSONS = 2_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The facts of two thousand persons on disk."""
    target = tmp_path_factory.mktemp("yardstick")
    write_facts(yardstick_facts.make_facts(PERSONS), target)
    return target


def by_sql(folder: Path, as_of: int) -> CheckValues:
    """What the hand-written SQL comes to."""
    db = hand_sql.connect(folder)
    hand_sql.evaluate(db, as_of)
    return hand_sql.check_values(db)


@pytest.mark.parametrize("days_before", [0, 20, 41])
def test_hand_written_sql_and_the_kernel_come_to_the_same_figures(folder: Path, days_before: int) -> None:
    as_of = yardstick_facts.AS_OF - days_before * DAY - 12_345 * (days_before > 0)
    values = check_values(side_of(plan_of(YARDSTICK), folder, as_of).all_rows()[0])
    assert values.rows > 5_000
    assert values.overdue > 100
    agree("SQL", by_sql(folder, as_of), "kernel", values)


def test_the_figures_notice_a_missing_health_check(folder: Path, tmp_path: Path) -> None:
    tables = dict(yardstick_facts.make_facts(PERSONS))
    tables["health_check"] = tables["health_check"].slice(0, tables["health_check"].num_rows // 2)
    write_facts(tables, tmp_path)
    fewer = check_values(side_of(plan_of(YARDSTICK), tmp_path, yardstick_facts.AS_OF).all_rows()[0])
    with pytest.raises(Disagreement, match="overdue: SQL"):
        agree("SQL", by_sql(folder, yardstick_facts.AS_OF), "kernel", fewer)


def test_a_difference_in_one_figure_is_named_with_both_values() -> None:
    values = CheckValues(9, 8, 7, 6, 5, (1, 2, 2, 0), 3, 11)
    with pytest.raises(Disagreement, match="late: SQL 6, kernel 4"):
        agree("SQL", values, "kernel", replace(values, late=4))


def test_open_rows_are_a_part_of_all_rows_and_the_loops_are_complete(folder: Path) -> None:
    side = side_of(plan_of(YARDSTICK), folder, yardstick_facts.AS_OF)
    few, some = side.open_rows()
    whole, everything = side.all_rows()
    assert 0 < some.num_rows < everything.num_rows / 5
    assert (few.result.heads.state == whole.result.heads.state).all()
    assert (few.result.heads.counts == whole.result.heads.counts).all()


def test_one_subject_alone_owes_what_it_owes_among_all(folder: Path) -> None:
    side = side_of(plan_of(YARDSTICK), folder, yardstick_facts.AS_OF)
    loops = side.all_rows()[0].result.loops
    total = 0
    for person in range(PERSONS):
        own = loops_of_one(loops, person)
        result = run(side.program, store_of_one(side.store, person), own, side.as_of, zone=side.plan.zone, keep=ALL)
        total += result.rows
    side.kept = Buffers()
    assert total == side.all_rows()[1].num_rows


def test_the_same_persons_and_seed_make_the_same_facts() -> None:
    first, second = yardstick_facts.make_facts(200, 3), yardstick_facts.make_facts(200, 3)
    assert all(first[kind].equals(second[kind]) for kind in first)
    assert not first["test"].equals(yardstick_facts.make_facts(200, 4)["test"])


def test_the_facts_of_one_person_are_only_about_that_person() -> None:
    tables = yardstick_facts.make_facts(200)
    person = busiest_person(tables)
    alone = one_person(tables, person)
    assert alone["health_check"]["person"].unique().to_pylist() == [person]
    assert alone["area_level"].equals(tables["area_level"])


def test_the_middle_and_the_slowest_of_a_series_are_its_own_values() -> None:
    series = Series((0.4, 0.1, 0.3, 0.2, 0.9))
    assert (series.median, series.least, series.most) == (0.3, 0.1, 0.9)
    assert series.share(0.95) == 0.9
    assert series.share(0.2) == 0.1
    assert median_ratio(Series((2.0, 4.0, 9.0)), Series((1.0, 1.0, 3.0))) == 3.0
