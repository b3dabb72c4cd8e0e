"""`python -m bench [--quick]`: facts, agreement of both sides, times, memory, and the page docs/benchmarks.md."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from bench import hand_sql, yardstick_facts
from bench.check_values import agree
from bench.duties import DAY
from bench.figures import Found, Rich
from bench.folders import busiest_person, one_person, write_facts
from bench.fresh import in_fresh_process, with_empty_cache
from bench.kernel_side import KernelSide, check_values, cold, plan_of, side_of
from bench.machine import load
from bench.one_subject import single_times
from bench.report import ALL, COLD, OPEN, SQL, page, progress
from bench.timing import Series, interleaved
from lianfang.core.city.city import DAYS, START, make_city
from lianfang.core.obligations.words import LoopState

ROOT = Path(__file__).parent.parent
YARDSTICK = str(ROOT / "bench" / "packs" / "yardstick")
RICH_PACK = "yantai-2020-05"
SUBJECTS = 300
FRESH_RUNS = 5
QUICK = 20_000


def main() -> None:
    """Run everything in one process, except the figures that need a process of their own."""
    options = _options()
    persons = QUICK if options.quick else options.persons
    with tempfile.TemporaryDirectory() as folder:
        found = _measure(Path(folder), persons, options.runs, options.rich)
    text = page(found)
    target = Path(options.out)
    if options.quick and options.out == _PAGE:
        print(text)
        return
    target.write_text(text, encoding="utf-8")
    progress(f"写入 / written: {target.name}")


_PAGE = str(ROOT / "docs" / "benchmarks.md")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK:,} persons, the page goes to the screen")
    parser.add_argument("--persons", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--rich", default=RICH_PACK, help="the richer pack beside the yardstick; empty for none")
    parser.add_argument("--out", default=_PAGE, help="the page to write")
    return parser.parse_args()


def _measure(folder: Path, persons: int, runs: int, rich_pack: str) -> Found:
    """Everything about the yardstick, then the richer plan."""
    facts, one = folder / "facts", folder / "one"
    tables = yardstick_facts.make_facts(persons)
    count = write_facts(tables, facts)
    write_facts(one_person(tables, busiest_person(tables)), one)
    del tables
    progress(f"{count:,} facts")
    peaks, first, empty = _alone(facts, one)
    plan = plan_of(YARDSTICK)
    db, side = hand_sql.connect(facts), side_of(plan, facts, yardstick_facts.AS_OF)
    hand_sql.evaluate(db, side.as_of)
    values = check_values(side.all_rows()[0])
    agree("hand SQL", hand_sql.check_values(db), "kernel", values)
    progress(f"agreed: {values}")
    times = interleaved(
        {
            SQL: lambda: hand_sql.evaluate(db, side.as_of),
            OPEN: side.open_rows,
            ALL: side.all_rows,
            COLD: lambda: cold(plan, facts, side.as_of),
        },
        runs,
    )
    progress("yardstick", times)
    busy = load()
    open_count, (single, single_rows) = side.open_rows()[1].num_rows, single_times(side, SUBJECTS)
    db.close()
    rich = _rich(rich_pack, folder / "city", persons, runs) if rich_pack else None
    return Found(persons, count, runs, busy, values, open_count, times, peaks, single, single_rows, first, empty, rich)


def _alone(
    facts: Path, one: Path
) -> tuple[Mapping[str, Mapping[str, float]], tuple[Mapping[str, float], ...], Mapping[str, float]]:
    """What needs a process of its own: peak memory, and the first evaluation of one subject."""
    as_of = str(yardstick_facts.AS_OF)
    in_fresh_process("first", YARDSTICK, str(one), as_of)  # compiles, if nothing has
    first = tuple(in_fresh_process("first", YARDSTICK, str(one), as_of) for _ in range(FRESH_RUNS))
    empty = with_empty_cache("first", YARDSTICK, str(one), as_of)
    peaks = {what: in_fresh_process("peak", YARDSTICK, str(facts), as_of, what) for what in (OPEN, ALL)}
    progress(f"alone: first {first[0]}, empty {empty}, peaks {peaks}")
    return peaks, first, empty


def _rich(pack: str, folder: Path, persons: int, runs: int) -> Rich:
    """The richer plan on a made-up city of as many persons."""
    count = write_facts(make_city(persons, 7), folder)
    side = side_of(plan_of(pack), folder, START + DAYS * DAY)
    times = interleaved({OPEN: side.open_rows, ALL: side.all_rows}, runs)
    progress(pack, times)
    return _rich_found(pack, count, side, times)


def _rich_found(pack: str, facts: int, side: KernelSide, times: Mapping[str, Series]) -> Rich:
    """What the richer plan came to."""
    open_count = side.open_rows()[1].num_rows
    evaluation, rows = side.all_rows()
    state = evaluation.result.heads.state
    states = {word.name.lower(): int(np.sum(state == word)) for word in LoopState}
    return Rich(pack, facts, len(side.program.measures), len(state), rows.num_rows, open_count, times, states)


if __name__ == "__main__":
    main()
