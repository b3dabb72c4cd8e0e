"""Arrows point down: doors to acts, acts to reach, reach to the core; the layers stand in pyproject.toml."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from subprocess import run

from tests.architecture.sources import ROOT


def test_imports_keep_to_the_layers() -> None:
    lint = Path(sys.executable).parent / "lint-imports"
    done = run([str(lint), "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_room_of_the_core_has_its_place_in_the_layers() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    named = " ".join(layer for contract in contracts for layer in contract.get("layers", ()))
    rooms = {p.parent.name for p in (ROOT / "src/lianfang/core").glob("*/__init__.py")}
    assert {room for room in rooms if f"lianfang.core.{room}" not in named} == set()
