"""A plan against another disease is a matter of writing it down: measles at school, in YAML alone."""

from __future__ import annotations

import re
import shutil
from functools import cache
from pathlib import Path

import pytest

from lianfang.core.cases import run
from lianfang.core.complaint import Complaint
from lianfang.core.coverage import Standing, coverage, prove
from lianfang.core.language.plan import Plan
from lianfang.reach.packs import load_pack

PACK = Path(__file__).parents[2] / "fixtures" / "packs" / "school-measles"


@cache
def loaded() -> tuple[Plan | None, tuple[Complaint, ...]]:
    found, complaints = load_pack(PACK)
    return found, tuple(complaints)


def plan() -> Plan:
    found, complaints = loaded()
    assert found is not None, [complaint.show("en") for complaint in complaints]
    return found


def test_a_plan_for_another_disease_needs_no_programmer() -> None:
    _, complaints = loaded()
    assert [complaint.show("en") for complaint in complaints] == []
    assert {path.suffix for path in PACK.rglob("*") if path.is_file()} == {".yaml"}


def test_a_plan_for_another_disease_fits_on_three_pages() -> None:
    texts = [path.read_text(encoding="utf-8") for path in PACK.rglob("*.yaml")]
    assert sum(1 for text in texts for line in text.splitlines() if line.strip()) <= 150


def test_a_plan_for_another_disease_brings_its_own_examples() -> None:
    assert len(plan().cases) >= 8


@pytest.mark.parametrize("id", [case.id for case in plan().cases])
def test_the_school_plan_does_what_its_cases_say(id: str) -> None:
    case = next(case for case in plan().cases if case.id == id)
    assert run(plan(), case) == ()


def test_every_clause_of_the_school_plan_is_proved_by_a_case_that_would_miss_it() -> None:
    proof = prove(plan())
    assert proof.failing == ()
    assert [(v.element.key, v.reason) for v in proof.unproved] == []
    assert {row.standing for row in coverage(plan(), proof).rows} == {Standing.RUNNING}


@pytest.mark.parametrize("id", sorted(plan().parameters))
def test_another_number_in_the_school_plan_is_noticed_by_some_case(id: str, tmp_path: Path) -> None:
    pack = Path(shutil.copytree(PACK, tmp_path / PACK.name))
    numbers = pack / "parameters.yaml"
    line = re.compile(rf"(?m)^(\{{parameter: {re.escape(id)},.*: )(\d+)(\}}\}})$")
    text, changed = line.subn(lambda m: f"{m[1]}{int(m[2]) + 1}{m[3]}", numbers.read_text(encoding="utf-8"))
    assert changed == 1
    numbers.write_text(text, encoding="utf-8")
    found, complaints = load_pack(pack)
    assert found is not None, [complaint.show("en") for complaint in complaints]
    assert any(run(found, case) for case in found.cases)
