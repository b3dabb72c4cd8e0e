"""Settings from the environment: a wrong one is named with what was found and what is allowed, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from lianfang.site import env
from lianfang.site.database import database

NAME = "LIANFANG_SAMPLE"


@pytest.mark.parametrize(("text", "meant"), [("yes", True), ("1", True), ("TRUE", True), ("no", False), ("", False)])
def test_yes_and_no_are_understood(monkeypatch: pytest.MonkeyPatch, text: str, meant: bool) -> None:
    monkeypatch.setenv(NAME, text)
    assert env.envbool(NAME, not meant) is meant


@pytest.mark.parametrize("text", ["maybe", "2", "y es"])
def test_a_maybe_stops_the_start_in_both_languages(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv(NAME, text)
    with pytest.raises(ImproperlyConfigured) as told:
        env.envbool(NAME, False)
    for word in (NAME, text, "应为", "allowed", "改正", "Correct"):
        assert word in str(told.value)


@pytest.mark.parametrize("text", ["-1", "1.5", "ten", "", "٣"])
def test_a_number_is_a_whole_one(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv(NAME, text)
    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.envint(NAME, 5)


def test_a_number_below_the_least_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "0")
    with pytest.raises(ImproperlyConfigured, match="1"):
        env.envint(NAME, 5, least=1)


def test_a_secret_may_lie_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "given").write_text("from-the-file\n", encoding="utf-8")
    monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path / "given"))
    assert env.envsecret(NAME, tmp_path / "kept") == "from-the-file"
    assert not (tmp_path / "kept").exists()


def test_a_file_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path / "nowhere"))
    with pytest.raises(ImproperlyConfigured, match="nowhere"):
        env.envtext(NAME, "")


def test_a_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    kept = tmp_path / "deep" / "secret"
    first = env.envsecret(NAME, kept, lead="k1:")
    assert first.startswith("k1:")
    assert len(first) > 40
    assert env.envsecret(NAME, kept) == first
    assert kept.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in kept.parent.iterdir()] == ["secret"]


def test_a_list_has_no_empty_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, " a, b,,")
    assert env.envlist(NAME, "") == ["a", "b"]


def test_an_address_of_a_database_is_taken_apart() -> None:
    found = database("postgresql://li:p%40ss@db:6543/fang?sslmode=require", 8)
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "li",
        "p@ss",
        "db",
        "6543",
        "fang",
    )
    assert found["OPTIONS"]["sslmode"] == "require"
    assert found["OPTIONS"]["pool"]["max_size"] == 8


def test_a_database_may_be_reached_by_a_socket() -> None:
    found = database("postgresql://li@/fang?host=%2Frun%2Fdb", 0)
    assert found["HOST"] == "/run/db"
    assert "pool" not in found["OPTIONS"]


@pytest.mark.parametrize("url", ["sqlite:///x.db", "postgresql://host", "nonsense"])
def test_another_kind_of_database_is_refused_without_showing_a_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="postgresql://user"):
        database(url, 1)
    with pytest.raises(ImproperlyConfigured) as told:
        database("mysql://u:hidden@h/x", 1)
    assert "hidden" not in str(told.value)
