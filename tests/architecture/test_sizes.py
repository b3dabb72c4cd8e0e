"""A file and a function fit into one head."""

from __future__ import annotations

from statistics import median

import pytest

from tests.architecture.sources import ROOT, functions, modules, name

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
MEDIAN_FUNCTION = 10

EVERYWHERE = (ROOT / "src", ROOT / "bench", ROOT / "tests")


def test_no_file_is_longer_than_400_lines() -> None:
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules(*EVERYWHERE)}
    assert lengths
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_no_function_is_longer_than_60_lines() -> None:
    found = [function for path in modules(*EVERYWHERE) for function in functions(path)]
    assert [f"{f.place}: {f.lines}" for f in found if f.lines > LONGEST_FUNCTION] == []


def test_the_median_function_of_the_product_has_at_most_10_lines(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [function.lines for path in modules(ROOT / "src") for function in functions(path)]
    with capsys.disabled():
        print(f"\n{len(lines)} functions, median {median(lines):g} lines, longest {max(lines)}")
    assert median(lines) <= MEDIAN_FUNCTION
