"""The core has no clock, no environment, no files and no luck: the same inputs give the same answer on any day."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import CORE, modules, name, tree

CLOCKS = {"now", "today", "utcnow", "monotonic", "perf_counter", "time_ns", "localtime"}
FILES = {"read_text", "write_text", "read_bytes", "write_bytes", "mkdir", "unlink", "getenv", "urlopen"}
IMPURE_IMPORTS = {"random", "os", "time", "socket", "subprocess", "sqlite3", "urllib", "secrets", "tempfile", "shutil"}
READS_ITS_OWN_SOURCE = "src/lianfang/core/obligations/compiled.py"
"""The cache of the compiled kernel depends on the text of the kernel; nothing else is read."""


def impurities(path: Path) -> Iterator[str]:
    """What a file calls or imports that a pure file must not."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield from _calls(node)
        elif isinstance(node, ast.Import):
            yield from (a.name for a in node.names if a.name.split(".")[0] in IMPURE_IMPORTS)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in IMPURE_IMPORTS:
            yield node.module or ""


def _calls(node: ast.Call) -> Iterator[str]:
    called = node.func
    if isinstance(called, ast.Name) and called.id in {"open", "print", "input", "exec", "eval"}:
        yield called.id
    if isinstance(called, ast.Attribute) and called.attr in CLOCKS | FILES:
        yield called.attr
    if isinstance(called, ast.Attribute) and called.attr == "default_rng" and not node.args:
        yield "default_rng without a seed"


def test_the_core_has_no_clock_no_environment_and_no_files() -> None:
    found = {name(path): sorted(set(impurities(path))) for path in modules(CORE)}
    assert found
    allowed = {READS_ITS_OWN_SOURCE: {"read_bytes"}}
    assert {path: what for path, what in found.items() if set(what) - allowed.get(path, set())} == {}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("from datetime import date\ndate.today()", "today"),
        ("open('x')", "open"),
        ("import os", "os"),
        ("import numpy as np\nnp.random.default_rng()", "default_rng without a seed"),
    ],
)
def test_the_search_finds_what_it_looks_for(tmp_path: Path, text: str, what: str) -> None:
    found = [i for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call) for i in _calls(node)]
    found += [a.name for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import) for a in node.names]
    assert what in found
