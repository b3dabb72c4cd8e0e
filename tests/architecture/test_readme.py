"""What the papers promise exists: make targets, commands, files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command

from lianfang.cli import app
from lianfang.reach.packs import load_pack
from tests.architecture.sources import ROOT

DOCS = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md"))
PAPERS = ("README.md", "CONTRIBUTING.md", "docs/index.md")


def paper(path: str) -> str:
    """The text of a paper."""
    return (ROOT / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", PAPERS)
def test_every_make_target_a_paper_names_exists(path: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", paper("Makefile"), re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", paper(path), re.MULTILINE))
    assert named <= targets
    assert path != "README.md" or {"demo", "test"} <= named


@pytest.mark.parametrize("path", PAPERS)
def test_every_command_and_option_a_paper_shows_exists(path: str) -> None:
    commands = get_command(app).commands  # type: ignore[attr-defined]
    for line in re.findall(r"^\s*(?:\.venv/bin/)?lianfang (.+)$", paper(path), re.MULTILINE):
        command, *words = line.split("#")[0].split()
        options = {o for p in commands[command].params for o in p.opts} | {"--help"}
        assert {w for w in words if w.startswith("--")} <= options, line


@pytest.mark.parametrize("path", sorted({*PAPERS, *DOCS}))
def test_every_file_a_paper_links_to_exists(path: str) -> None:
    folder = (ROOT / path).parent
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", paper(path))
    assert links or path not in PAPERS
    assert [link for link in links if not (folder / link).exists()] == []


def test_every_source_file_the_papers_name_exists() -> None:
    named = {n for path in PAPERS for n in re.findall(r"`((?:src|docs|tests|bench)/[\w./-]+\.\w+)`", paper(path))}
    assert named
    assert sorted(n for n in named if not (ROOT / n).exists()) == []


def test_the_phony_targets_of_the_makefile_are_real() -> None:
    text = paper("Makefile")
    phony = set(re.search(r"^\.PHONY: (.+)$", text, re.MULTILINE)[1].split())  # type: ignore[index]
    assert phony == set(re.findall(r"^([a-z]+):", text, re.MULTILINE))


PACK_AROUND_THE_EXAMPLE = """
plan: readme
name: {zh: 示例, en: Example}
issued: 2020-05-21
utc_offset: "+08:00"
---
clauses:
  1.a: {kind: rule, zh: 集中隔离, en: Isolation}
---
parameter: high_risk.central_days
name: {zh: 集中隔离天数, en: days}
unit: d
clause: 1.a
values: {2020-05-21: 14}
---
selection: nucleic_acid
name: {zh: 核酸, en: test}
of: test
where: test == 'nucleic_acid'
---
selection: nucleic_acid_positive
name: {zh: 核酸阳性, en: positive test}
of: test
where: test == 'nucleic_acid' and result == 'positive'
---
"""


def test_the_plan_shown_in_the_readme_is_a_plan(tmp_path: Path) -> None:
    example = re.search(r"```yaml\n(.*?)```", paper("README.md"), re.DOTALL)
    assert example is not None
    (tmp_path / "plan.yaml").write_text(PACK_AROUND_THE_EXAMPLE + example[1], encoding="utf-8")
    plan, complaints = load_pack(tmp_path)
    assert [complaint.show("en") for complaint in complaints] == []
    assert plan is not None
    assert plan.measures[0].stages[0].days == 14
