"""`lianfang coverage`: clauses that run, and elements nobody would miss."""

from __future__ import annotations

from pathlib import Path

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
