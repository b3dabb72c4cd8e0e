"""Figures that need a process of their own: peak memory, and the first evaluation of one subject after the start.

`python -m bench.fresh peak PACK FOLDER AS_OF open|all` and `python -m bench.fresh first PACK FOLDER AS_OF` print JSON.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path


def _peak(pack: str, folder: Path, as_of: int, what: str) -> dict[str, float]:
    """Build the store, evaluate, and say how much memory the process took at most."""
    from bench.kernel_side import plan_of, side_of

    side = side_of(plan_of(pack), folder, as_of)
    after_build = _rss()
    rows = (side.open_rows() if what == "open" else side.all_rows())[1].num_rows
    return {"built_mb": after_build, "peak_mb": _rss(), "rows": rows}


def _rss() -> float:
    """The most memory this process has held, in millions of bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def _first(pack: str, folder: Path, as_of: int) -> dict[str, float]:
    """Imports, reading the pack, reading one subject's facts, evaluating: seconds of each."""
    marks = [time.perf_counter()]
    from bench.kernel_side import facts_of, plan_of
    from lianfang.core.obligations.evaluate import evaluate

    marks.append(time.perf_counter())
    plan = plan_of(pack)
    marks.append(time.perf_counter())
    facts = facts_of(plan, folder)
    marks.append(time.perf_counter())
    rows = evaluate(plan, facts, as_of).result.rows
    marks.append(time.perf_counter())
    names = ("imports", "pack", "facts", "evaluation")
    return {"rows": rows, **{name: b - a for name, a, b in zip(names, marks, marks[1:], strict=False)}}


def in_fresh_process(*arguments: str, cache: Path | None = None) -> Mapping[str, float]:
    """Run one of the two in a new process; `process` is its wall time. `cache`: where compiled code lies."""
    environment = dict(os.environ)
    if cache is not None:
        environment["NUMBA_CACHE_DIR"] = str(cache)
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "bench.fresh", *arguments],
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return {"process": time.perf_counter() - begun, **json.loads(done.stdout)}


def with_empty_cache(*arguments: str) -> Mapping[str, float]:
    """The same with nothing compiled before."""
    with tempfile.TemporaryDirectory() as folder:
        return in_fresh_process(*arguments, cache=Path(folder))


def main(arguments: list[str]) -> None:
    """Do what the arguments say and print the figures as one line of JSON."""
    what, pack, folder, as_of = arguments[:4]
    found = (
        _peak(pack, Path(folder), int(as_of), arguments[4])
        if what == "peak"
        else _first(pack, Path(folder), int(as_of))
    )
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1:])
