"""The made-up district: the same for the same seed, nobody real, and the plan followed as a diligent district would."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from lianfang.core.demo.course import Setting, make_course, size_for
from lianfang.core.demo.follow import Habits, facts_of, follow
from lianfang.core.demo.places import make_places, make_stocks
from lianfang.core.demo.residents import CHECKS, FAMILY, WEIGHTS, Cell, Resident, make_residents
from lianfang.core.demo.shapes import shapes
from lianfang.core.demo.told import Told
from lianfang.core.language.plan import Plan
from lianfang.core.obligations.evaluate import evaluate
from lianfang.reach.packs import load_pack

NOW, ZONE = 1_795_327_200, 28_800
CELLS = [Cell(f"cell-{i}", f"village-{i}", f"样村{i}") for i in range(4)]


@pytest.fixture(scope="module")
def plan() -> Plan:
    found, _ = load_pack("demo-district")
    assert found is not None
    return found


def residents(seed: int = 1) -> list[Resident]:
    return make_residents(np.random.default_rng(seed), 3_000, CELLS, 2026)


def course(plan: Plan, seed: int = 1) -> list[Told]:
    rng = np.random.default_rng(seed)
    people = residents(seed)
    setting = Setting(people, NOW, ZONE, [c.village for c in CELLS], [("cold-store", "cold_chain")])
    units = list(plan.organisation.units.values())
    told = make_course(rng, setting, size_for(1_200))
    return [*told, *make_places(rng, units, NOW), *make_stocks(rng, units, NOW)]


def test_the_same_seed_makes_the_same_people() -> None:
    assert residents(3) == residents(3)
    assert residents(3) != residents(4)


def test_no_number_of_a_resident_can_belong_to_anybody() -> None:
    for resident in residents():
        assert resident.number.startswith("000000")
        total = sum(int(digit) * weight for digit, weight in zip(resident.number[:17], WEIGHTS, strict=True))
        assert resident.number[17] == CHECKS[total % 11]
        assert (int(resident.number[16]) % 2 == 1) == (resident.sex == "male")
        assert resident.phone.startswith("100")
        assert len(resident.phone) == 11
        assert resident.name[0] in FAMILY


def test_a_household_shares_address_and_family_name() -> None:
    for one, other in zip(residents(), residents()[1:], strict=False):
        if one.household == other.household:
            assert (one.address, one.name[0], one.cell) == (other.address, other.name[0], other.cell)


def test_nothing_happened_after_now(plan: Plan) -> None:
    assert max(fact.at for fact in course(plan)) <= NOW
    assert max(fact.known for fact in course(plan)) <= NOW


def test_a_diligent_district_does_most_in_time_some_late_and_some_not_at_all(plan: Plan) -> None:
    done = follow(plan, course(plan), NOW, Habits(in_time=90, late=6), rounds=3)
    assert max(fact.known for fact in done) <= NOW
    status = Counter(evaluate(plan, facts_of(plan, done), NOW).obligations().column("status").to_pylist())
    past = status["met"] + status["late"] + status["overdue"]
    assert 0.75 < status["met"] / past < 0.97
    assert status["late"] > 0
    assert 0.01 < status["overdue"] / past < 0.15


def test_who_does_nothing_owes_everything(plan: Plan) -> None:
    nothing = Habits(in_time=0, late=0)
    assert follow(plan, course(plan), NOW, nothing, rounds=2) == course(plan)


def test_neighbouring_towns_share_their_border() -> None:
    drawn = shapes(["west", "north", "east", "south"])
    rings = {unit: {tuple(p) for p in shape["coordinates"][0]} for unit, shape in drawn.items()}  # type: ignore[index]
    assert all(len(rings["west"] & ring) > 10 for unit, ring in rings.items() if unit != "west")
    assert all(shape["coordinates"][0][0] == shape["coordinates"][0][-1] for shape in drawn.values())  # type: ignore[index]
