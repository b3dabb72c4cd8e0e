"""`lianfang check`: a good pack passes, a bad one gets everything that is wrong with it at once."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.cli.conftest import Typed


def test_a_good_pack_is_counted(typed: Typed, small: Path) -> None:
    done = typed("check", small)
    assert done.exit_code == 0, done.output
    assert "条文 5" in done.output
    assert "用例 3" in done.output


def test_english_is_a_switch(typed: Typed, small: Path) -> None:
    assert "5 clauses, 1 measures, 1 parameters" in typed("check", small, "--lang", "en").output


def test_all_mistakes_of_a_pack_are_told_at_once_with_their_places(typed: Typed, small: Path, tmp_path: Path) -> None:
    broken = shutil.copytree(small, tmp_path / "broken")
    for name, old, new in (
        ("measures/arrivals.yaml", "evidence: nat\n", "evidence: nta\n"),
        ("measures/arrivals.yaml", "on: nat_positive", "on: nat_positiv"),
        ("selections.yaml", "result == 'positive'", "result == 'positve'"),
    ):
        text = (broken / name).read_text(encoding="utf-8")
        (broken / name).write_text(text.replace(old, new), encoding="utf-8")
    done = typed("check", broken)
    assert done.exit_code == 2
    for word in ("arrivals.yaml:13", "nta", "nat_positiv", "selections.yaml:9", "positve"):
        assert word in done.stderr, done.stderr


def test_an_unknown_pack_is_refused_with_what_may_have_been_meant(typed: Typed) -> None:
    done = typed("check", "qilin-2020-11")
    assert done.exit_code == 2
    assert "qilin-2020-12" in done.stderr


def test_a_folder_without_a_plan_is_refused(typed: Typed, tmp_path: Path) -> None:
    done = typed("check", tmp_path)
    assert done.exit_code == 2
    assert done.stderr.strip()
