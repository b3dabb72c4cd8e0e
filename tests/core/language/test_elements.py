"""Tasks, resources, checklists … as measures: what each kind of document does, shown by the cases of one pack."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from lianfang.core.cases import run
from lianfang.core.coverage.prove import prove
from lianfang.core.language.plan import Plan
from lianfang.reach.packs import load_pack

PACK = Path(__file__).parents[2] / "fixtures" / "packs" / "elements"


@cache
def plan() -> Plan:
    found, complaints = load_pack(PACK)
    assert found is not None, [complaint.show("en") for complaint in complaints]
    assert not complaints, [complaint.show("en") for complaint in complaints]
    return found


@pytest.mark.parametrize("id", [case.id for case in plan().cases])
def test_the_pack_of_elements_does_what_its_cases_say(id: str) -> None:
    case = next(case for case in plan().cases if case.id == id)
    assert run(plan(), case) == ()


def test_every_element_is_missed_when_it_is_taken_out() -> None:
    proof = prove(plan())
    assert proof.failing == ()
    assert [(v.element.key, v.reason) for v in proof.unproved] == []
