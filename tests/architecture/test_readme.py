"""What the papers promise exists: make targets, commands, files."""

from __future__ import annotations

import re

import pytest
from typer.main import get_command

from lianfang.cli import app
from tests.architecture.sources import ROOT

PAPERS = ("README.md", "CONTRIBUTING.md", "docs/index.md")


def paper(path: str) -> str:
    """The text of a paper."""
    return (ROOT / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", PAPERS)
def test_every_make_target_a_paper_names_exists(path: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", paper("Makefile"), re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z]+)", paper(path)))
    assert named <= targets
    assert path != "README.md" or {"demo", "test"} <= named


@pytest.mark.parametrize("path", PAPERS)
def test_every_command_and_option_a_paper_shows_exists(path: str) -> None:
    commands = get_command(app).commands  # type: ignore[attr-defined]
    for line in re.findall(r"^\s*(?:\.venv/bin/)?lianfang (.+)$", paper(path), re.MULTILINE):
        command, *words = line.split("#")[0].split()
        options = {o for p in commands[command].params for o in p.opts} | {"--help"}
        assert {w for w in words if w.startswith("--")} <= options, line


@pytest.mark.parametrize("path", PAPERS)
def test_every_file_a_paper_links_to_exists(path: str) -> None:
    folder = (ROOT / path).parent
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", paper(path))
    assert links
    assert [link for link in links if not (folder / link).exists()] == []


def test_every_source_file_the_papers_name_exists() -> None:
    named = {n for path in PAPERS for n in re.findall(r"`((?:src|docs|tests|bench)/[\w./-]+\.\w+)`", paper(path))}
    assert named
    assert sorted(n for n in named if not (ROOT / n).exists()) == []


def test_the_phony_targets_of_the_makefile_are_real() -> None:
    text = paper("Makefile")
    phony = set(re.search(r"^\.PHONY: (.+)$", text, re.MULTILINE)[1].split())  # type: ignore[index]
    assert phony == set(re.findall(r"^([a-z]+):", text, re.MULTILINE))
