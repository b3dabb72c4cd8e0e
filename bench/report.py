"""The figures as a page: what was measured on what, held against the goals, and by how much each is met or missed."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping

from bench import figures as goals
from bench.figures import Found, Goal, Rich
from bench.machine import memory_gb, processor, versions
from bench.timing import Series, median_ratio

SQL, OPEN, ALL, COLD = "hand SQL", "open", "all", "cold"
ONE_MILLION = 1_000_000
QUIET = 2.6  # both threads of the benchmark, and a little


def page(found: Found) -> str:
    """The whole page as Markdown."""
    parts = (_head(found), _agreement(found), _goals(found), _times(found), _memory(found), _single(found))
    rich = [_rich(found.rich)] if found.rich else []
    return "\n\n".join([*parts, *rich, _how(), _limits()]) + "\n"


def _head(found: Found) -> str:
    names = ", ".join(f"{name} {number}" for name, number in versions())
    size = (
        ""
        if found.persons == ONE_MILLION
        else "\n\n**A trial run with fewer persons; the goals are set for 1,000,000.**"
    )
    return (
        "# Benchmark\n\nWritten by `python -m bench`; do not edit. 基准测试结果，由 `python -m bench` 生成。\n\n"
        f"- Machine: {processor()}, {memory_gb():.0f} GiB memory; {_quiet(found.load)}\n"
        f"- Versions: {names}.\n"
        f"- Yardstick: {found.persons:,} persons, {found.facts:,} facts in 60 days, plan `bench/packs/yardstick`: "
        f"{found.values.loops:,} loops, {found.values.rows:,} obligations at the last instant.\n"
        f"- {found.runs} runs of every side in turn after one to warm up; seconds are medians (least to most). "
        f"Both sides use 2 threads.{size}"
    )


def _quiet(load: float) -> str:
    """Whether other work disturbed the run."""
    said = f"load {load:.1f} at the end of the yardstick"
    if load <= QUIET:
        return f"{said}, so nearly nothing else ran."
    return f"**{said}: other work ran beside it. Seconds are too long; the ratios were taken run by run and hold.**"


def _agreement(found: Found) -> str:
    values = found.values
    rows = (
        ("obligations", f"{values.rows:,}"),
        ("status x (duty + 1), summed", f"{values.weighted_statuses:,}"),
        ("overdue", f"{values.overdue:,}"),
        ("late", f"{values.late:,}"),
        ("loops", f"{values.loops:,}"),
        ("loops running / released / exited / held", " / ".join(f"{n:,}" for n in values.loop_states)),
        ("loops in their second stage", f"{values.second_stage:,}"),
        ("day x status + evidence instant mod 97, summed", f"{values.evidence:,}"),
    )
    text = "Compared before anything is timed; a difference would have ended the run."
    return f"## Both sides agree\n\n{text}\n\n{_table(('check value', 'hand SQL = kernel'), rows)}"


def _goals(found: Found) -> str:
    ratio = median_ratio(found.times[SQL], found.times[OPEN])
    first = statistics.median(run["process"] for run in found.first)
    lines = [
        _line(goals.OPEN_RATIO, ratio),
        _line(goals.OPEN, found.times[OPEN].median),
        _line(goals.ALL, found.times[ALL].median),
        _line(goals.COLD, found.times[COLD].median),
        _line(goals.PEAK, found.peaks[OPEN]["peak_mb"] / 1000),
        _line(goals.PEAK_ALL, found.peaks[ALL]["peak_mb"] / 1000),
        _line(goals.SINGLE, found.single.share(0.95) * 1000),
        _line(goals.FRESH, first),
    ]
    return "## Goals\n\n" + _table(("figure", "goal", "measured", "verdict"), lines)


def _line(goal: Goal, found: float) -> tuple[str, ...]:
    sign = "at least" if goal.at_least else "at most"
    digits = 3 if found < 1 else 2
    return goal.name, f"{sign} {goal.limit:g} {goal.unit}", f"{found:.{digits}f} {goal.unit}", goal.verdict(found)


def _times(found: Found) -> str:
    sql = found.times[SQL]
    names = {
        SQL: ("hand SQL, DuckDB native tables, all rows", found.values.rows),
        OPEN: ("kernel, open or changed rows as Arrow, store in hand", found.open_count),
        ALL: ("kernel, all rows as Arrow, store in hand", found.values.rows),
        COLD: ("kernel, cold: Parquet read, checked, sorted, all rows as Arrow", found.values.rows),
    }
    rows = [
        (
            text,
            f"{count:,}",
            seconds(found.times[side]),
            f"{found.times[side].processor:.2f}",
            f"{median_ratio(sql, found.times[side]):.1f}x",
        )
        for side, (text, count) in names.items()
    ]
    header = ("side", "rows delivered", "seconds", "processor seconds", "hand SQL takes")
    return "## Whole city\n\n" + _table(header, rows)


def _memory(found: Found) -> str:
    rows = [
        (f"store built, then {side} rows", f"{peak['built_mb'] / 1000:.2f}", f"{peak['peak_mb'] / 1000:.2f}")
        for side, peak in found.peaks.items()
    ]
    text = "Each in a process of its own, without DuckDB in it; reading the files is included."
    return f"## Memory\n\n{text}\n\n" + _table(("process", "GB until the store stood", "GB at most"), rows)


def _single(found: Found) -> str:
    ms = found.single
    parts = {
        name: statistics.median(run[name] for run in found.first) for name in ("imports", "pack", "facts", "evaluation")
    }
    rows = [
        (
            f"arrays in hand, {len(ms.seconds)} subjects, {found.single_rows:.0f} obligations each",
            f"p50 {ms.median * 1000:.3f} ms, p95 {ms.share(0.95) * 1000:.3f} ms",
        ),
        (
            f"fresh process, {len(found.first)} runs, code compiled before",
            f"{statistics.median(run['process'] for run in found.first):.2f} s in all; "
            + ", ".join(f"{name} {value:.2f}" for name, value in parts.items()),
        ),
        (
            "fresh process, nothing compiled before, 1 run",
            f"{found.first_empty['process']:.1f} s in all; evaluation {found.first_empty['evaluation']:.1f}",
        ),
    ]
    return "## One subject\n\n" + _table(("what", "measured"), rows)


def _rich(rich: Rich) -> str:
    states = ", ".join(f"{count:,} {name}" for name, count in rich.states.items() if count)
    text = (
        f"`{rich.pack}`: {rich.measures} measures on a made-up city of {rich.facts:,} facts (`lianfang city`); "
        f"{rich.loops:,} loops ({states}). No SQL was written for it: "
        "the seconds stand beside the yardstick's, not against it."
    )
    rows = [
        ("open or changed rows as Arrow, store in hand", f"{rich.open_count:,}", seconds(rich.times[OPEN])),
        ("all rows as Arrow, store in hand", f"{rich.rows:,}", seconds(rich.times[ALL])),
    ]
    return f"## A richer plan\n\n{text}\n\n" + _table(("side", "rows delivered", "seconds"), rows)


def seconds(series: Series) -> str:
    """Median (least to most)."""
    return f"{series.median:.2f} ({series.least:.2f} to {series.most:.2f})"


def _how() -> str:
    return (
        "## How\n\n"
        "- *Hand SQL* is `bench/hand_sql.py`: the same plan written by hand, on tables loaded before the clock "
        "starts, every obligation and every loop written to a table.\n"
        "- *Store in hand*: the facts stand sorted by (stream, subject, time), as a running system keeps them. "
        "Timed are finding the openings, ordering them, the kernel, and Arrow. Row buffers are kept between runs.\n"
        "- *Open or changed*: due, overdue or suspended, or taken its present status in the last 24 hours. "
        "Loops and counts by status are complete.\n"
        "- *Cold*: everything from the files on, with the checks that `lianfang evaluate` makes; the files are in the "
        "system's page cache."
    )


def _limits() -> str:
    return (
        "## What these figures do not say\n\n"
        "- The hand SQL always delivers all rows; the ratio for open rows compares a smaller answer with a full one. "
        "The line for all rows is like for like.\n"
        "- The facts are made up and fit the plan: about 95 % are on time, spread evenly over persons and days.\n"
    )


def _table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = list(header)
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def progress(what: str, times: Mapping[str, Series] | None = None) -> None:
    """Say on the screen what is being done and what it took."""
    print(what if times is None else f"{what}: " + "; ".join(f"{n} {seconds(s)}" for n, s in times.items()), flush=True)
