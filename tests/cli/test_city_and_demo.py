"""`lianfang city` and `lianfang demo`: a made-up city, and the shipped plans over it."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Typed


def test_the_same_seed_gives_the_same_city(typed: Typed, tmp_path: Path) -> None:
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        assert typed("city", "--persons", 50, "--seed", seed, "--out", tmp_path / name).exit_code == 0
    files = {name: {p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in "abc"}
    assert files["a"] == files["b"]
    assert files["a"] != files["c"]


def test_a_city_without_people_is_refused(typed: Typed, tmp_path: Path) -> None:
    assert typed("city", "--persons", 0, "--out", tmp_path).exit_code == 2


def test_the_demo_without_a_city_says_how_to_make_one(typed: Typed, tmp_path: Path) -> None:
    done = typed("demo", "--facts", tmp_path / "none")
    assert done.exit_code == 2
    assert "lianfang city" in done.stderr


def test_the_demo_shows_every_plan_and_explains_one_person_in_both_languages(typed: Typed, tmp_path: Path) -> None:
    assert typed("city", "--persons", 200, "--seed", 7, "--out", tmp_path).exit_code == 0
    done = typed("demo", "--facts", tmp_path)
    assert done.exit_code == 0, done.output
    assert done.output.count("今日解除") == 5
    assert done.output.count("闭环") >= 5
    assert "结论" in done.output
    assert "Conclusion" in done.output
