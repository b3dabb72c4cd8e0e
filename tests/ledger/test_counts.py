"""The figures of the board: one definition each, and a list behind each with as many rows."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from pytest_django import Settings

from lianfang.acts.in_force import InForce
from lianfang.ledger import counts
from lianfang.ledger.models import Loop, Room
from tests import cast
from tests.acts.conftest import PACK
from tests.cast import NOON

DAY = NOON.date()


@pytest.fixture
def town(db: None, settings: Settings) -> InForce:
    """The plan of the town in force, its units in the ledger."""
    settings.LIANFANG_PLAN = str(PACK)
    return cast.settle()


def people(force: InForce, back: int = 0) -> int:
    at = NOON - timedelta(days=back) if back else None
    return sum(one.persons for one in counts.people(Loop.objects.all(), counts.kept_stages(force.plan), at))


def behind(force: InForce, figure: str) -> int:
    return counts.behind(Loop.objects.all(), force.plan, figure, NOON).count()


def test_under_management_is_whoever_the_plan_keeps_at_some_place(town: InForce) -> None:
    cast.arrived("P-1")
    cast.resident("P-2")

    assert people(town) == 1
    assert behind(town, "managed") == 1
    assert {kept.place for kept in counts.kept_stages(town.plan)} >= {"isolation_site", "home"}


def test_somebody_in_two_measures_is_counted_once_in_the_stricter_stage(town: InForce) -> None:
    cast.arrived("P-1", level="high", days_ago=3)
    loop = cast.loop("P-1", "high-risk-arrival")
    twin = Loop.objects.get(pk=loop.pk)
    twin.pk, twin.stage = uuid4(), "home"
    twin.save(force_insert=True)

    found = counts.people(Loop.objects.all(), counts.kept_stages(town.plan))

    assert [(one.stage, one.persons) for one in found] == [("central", 1)]


def test_an_earlier_instant_is_told_from_the_stages(town: InForce) -> None:
    cast.arrived("P-1", days_ago=3)
    cast.arrived("P-2", days_ago=1)

    assert [people(town, back) for back in (0, 1, 2, 4)] == [2, 2, 1, 0]


def test_now_and_the_present_instant_say_the_same(town: InForce) -> None:
    cast.arrived("P-1")

    stages, loops = counts.kept_stages(town.plan), Loop.objects.all()
    assert counts.people(loops, stages, NOON) == counts.people(loops, stages)


def test_releases_are_planned_on_the_day_the_loop_says_and_listed_as_counted(town: InForce) -> None:
    cast.arrived("P-1")
    release = cast.loop("P-1", "high-risk-arrival").release
    assert release is not None
    day = release.astimezone(cast.ZONE).date()

    found = counts.releases(Loop.objects.all(), town.plan, day - timedelta(days=1), 3, NOON)

    assert [(one.day, one.persons) for one in found if one.persons] == [(day, 1)]
    assert behind(town, f"due:{day}") == 1
    assert behind(town, f"due:{DAY}") == 0


def test_a_released_person_is_counted_on_the_day_of_release_only(town: InForce) -> None:
    cast.arrived("P-1")
    Loop.objects.filter(subject="P-1").update(state="released", release=NOON - timedelta(hours=1))

    assert counts.released(Loop.objects.all(), town.plan, NOON) == 1
    assert counts.released(Loop.objects.all(), town.plan, NOON + timedelta(days=1)) == 0
    assert behind(town, f"released:{DAY}") == 1
    assert people(town) == 0


def test_a_gap_of_beds_is_what_those_at_sites_lack(town: InForce) -> None:
    cast.arrived("P-1")
    stages = counts.kept_stages(town.plan)
    persons = counts.people(Loop.objects.all(), stages)

    assert counts.beds(Room.objects.all(), persons, stages).gap == 0
    cast.room(single=False, beds=2)
    full = counts.beds(Room.objects.all(), persons * 3, stages)

    assert (full.need, full.held, full.gap) == (3, 2, 1)


def test_an_unknown_figure_lists_nobody(town: InForce) -> None:
    cast.arrived("P-1")

    assert behind(town, "anything") == 0
    assert behind(town, "stage:没有这个阶段") == 0
