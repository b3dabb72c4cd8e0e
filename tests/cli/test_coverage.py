"""`lianfang coverage`: clauses that run, and elements nobody would miss."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Typed


def test_without_proof_cited_clauses_are_only_claimed(typed: Typed, small: Path) -> None:
    done = typed("coverage", small, "--lang", "en")
    assert done.exit_code == 0, done.output
    assert "claimed" in done.output


def test_the_proof_names_the_element_no_case_would_miss(typed: Typed, small: Path) -> None:
    done = typed("coverage", small, "--prove", "--clauses", "--lang", "en")
    assert done.exit_code == 1
    assert "requirement/arrival-isolation/daily" in done.output.replace("\n", "")
    unproved = done.output.split("element not proved")[1]
    assert "first-sample" not in unproved


def test_a_pack_must_be_named(typed: Typed) -> None:
    done = typed("coverage")
    assert done.exit_code == 2
    assert "--all" in done.stderr


def test_the_report_names_mechanism_and_case_and_ends_with_all_plans_in_one_line(
    typed: Typed, small: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    elements = root / "tests" / "fixtures" / "packs" / "elements"
    done = typed("coverage", small, elements, "--prove", "--clauses", "--lang", "en")
    said = " ".join(done.output.split())
    assert "t.a task running task" in said
    assert "s.a schedule running round" in said
    assert "a-place-is-sampled-in-every-whole-month-on-the-register" in said
    assert "clauses accounted for: running" in said


def test_what_only_a_page_can_show_is_listed_and_not_counted(typed: Typed, small: Path, tmp_path: Path) -> None:
    pack = tmp_path / "small"
    shutil.copytree(small, pack)
    (pack / "more.yaml").write_text(
        "clauses:\n  9.z: {kind: information, zh: 显著位置公示, en: shown in a prominent place, "
        "page: {zh: 只有页面能看出位置, en: only a page shows where}}\n",
        encoding="utf-8",
    )
    done = typed("coverage", pack, "--clauses", "--lang", "en")
    said = " ".join(done.output.split())
    assert "only on a page 1" in said
    assert "only on a page: small 9.z" in said
    assert "only a page shows where" in said
