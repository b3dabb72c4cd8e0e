"""A small pack, a folder of facts about three made-up people, and a way to type commands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from lianfang.cli import app

Typed = Callable[..., Result]

ARRIVALS = """id,person,at
a1,甲,2020-05-25T14:00
a2,乙,2020-05-25T15:00
a3,丙,2020-05-26T09:00
"""

TESTS = """id,person,sampled_at,test,resulted_at,result,recorded_at
t1,甲,2020-05-25T16:00,nucleic_acid,2020-05-26T08:00,negative,2020-05-26T08:00
t2,丙,2020-05-26T16:00,nucleic_acid,2020-05-27T18:00,positive,2020-05-27T18:00
"""


@pytest.fixture
def typed() -> Typed:
    """Type a command; what came out, what was complained about, and the exit code."""

    def run(*words: object) -> Result:
        return CliRunner().invoke(app, [str(word) for word in words])

    return run


@pytest.fixture
def small(root: Path) -> Path:
    """A plan of one measure with three cases."""
    return root / "tests" / "fixtures" / "packs" / "small"


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    """Facts about 甲 (all done), 乙 (no sample) and 丙 (positive)."""
    folder = tmp_path / "facts"
    folder.mkdir()
    (folder / "arrival.csv").write_text(ARRIVALS, encoding="utf-8")
    (folder / "test.csv").write_text(TESTS, encoding="utf-8")
    return folder
