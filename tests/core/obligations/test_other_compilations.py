"""The kernel as plain Python, and the kernel with every array access checked, say the same as ever."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.core.obligations.examples import times

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("setting", "examples"),
    [("NUMBA_DISABLE_JIT", 200), ("NUMBA_BOUNDSCHECK", 1000)],
    ids=["plain Python", "bounds checked"],
)
def test_the_kernel_agrees_however_it_is_compiled(
    setting: str, examples: int, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    cache = request.config.cache
    surroundings = {
        **os.environ,
        setting: "1",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        # machine code with checks must not be mixed with that without
        "NUMBA_CACHE_DIR": str(cache.mkdir(setting.lower()) if cache else tmp_path),
    }
    command = [sys.executable, "-m", "tests.core.obligations.rerun", str(times(examples))]
    done = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    assert f"{times(examples)} worlds compared" in done.stdout
