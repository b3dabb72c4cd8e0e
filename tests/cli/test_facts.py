"""`lianfang facts`: kinds, columns and empty files that can be read back."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Typed


def test_the_kinds_are_listed(typed: Typed) -> None:
    done = typed("facts")
    assert done.exit_code == 0, done.output
    assert "arrival" in done.output
    assert "抵达" in done.output


def test_a_kind_shows_its_columns_and_what_may_stand_in_them(typed: Typed) -> None:
    done = typed("facts", "test", "--lang", "en")
    for word in ("sampled_at", "required", "nucleic_acid", "resulted_at", "known since", "recorded_at"):
        assert word in done.output


def test_an_unknown_kind_is_refused_with_near_names(typed: Typed) -> None:
    done = typed("facts", "arival")
    assert done.exit_code == 2
    assert "arrival" in done.stderr


def test_templates_are_written_once_and_never_overwritten(typed: Typed, tmp_path: Path) -> None:
    first = typed("facts", "--templates", tmp_path / "forms", "--lang", "en")
    assert first.exit_code == 0, first.output
    assert (tmp_path / "forms" / "arrival.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    (tmp_path / "forms" / "arrival.csv").write_text("mine", encoding="utf-8")
    typed("facts", "--templates", tmp_path / "forms")
    assert (tmp_path / "forms" / "arrival.csv").read_text(encoding="utf-8") == "mine"


def test_a_pack_adds_its_own_forms(typed: Typed, small: Path) -> None:
    assert typed("facts", "--pack", small).exit_code == 0
