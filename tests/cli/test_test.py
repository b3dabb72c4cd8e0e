"""`lianfang test`: the cases of a plan pass, or say what differs."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.cli.conftest import Typed


def test_the_cases_of_a_good_plan_pass(typed: Typed, small: Path) -> None:
    done = typed("test", small)
    assert done.exit_code == 0, done.output
    assert "用例 3，通过 3，未通过 0" in done.output


def test_one_case_can_be_run_alone(typed: Typed, small: Path) -> None:
    done = typed("test", small, "--case", "positive", "--lang", "en")
    assert "1 cases, 1 passed, 0 failed" in done.output


def test_a_failing_case_says_what_was_expected_and_ends_with_code_1(typed: Typed, small: Path, tmp_path: Path) -> None:
    wrong = shutil.copytree(small, tmp_path / "wrong")
    case = wrong / "cases" / "arrivals.yaml"
    case.write_text(
        case.read_text(encoding="utf-8").replace("release: 2020-05-28", "release: 2020-05-29"), encoding="utf-8"
    )
    done = typed("test", wrong)
    assert done.exit_code == 1
    assert "all-on-time" in done.output
    assert "2020-05-29" in done.output
    assert "2020-05-28" in done.output


def test_an_unknown_case_is_refused_with_near_names(typed: Typed, small: Path) -> None:
    done = typed("test", small, "--case", "positiv")
    assert done.exit_code == 2
    assert "positive" in done.stderr
