"""A gate over what is still running elsewhere: evaluated one by one, it sees the loops of all the others."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from lianfang.acts.check_night import check_night
from lianfang.acts.in_force import InForce, in_force
from lianfang.acts.write_facts import Said, checked, write_facts
from lianfang.ledger.models import Loop, Unit
from tests import cast
from tests.cast import NOON

PACK = Path(__file__).parent.parent / "fixtures" / "packs" / "running"


@pytest.fixture
def response(db: None, settings: Settings) -> InForce:
    """The plan whose loops look at each other, in a district of one unit."""
    settings.LIANFANG_PLAN = str(PACK)
    Unit.objects.create(id="headquarters", name="指挥部", kind="headquarters", path="headquarters/")
    return in_force(NOON)


def say(force: InForce, kind: str, subject: str, hours: int, **values: object) -> None:
    """A fact some hours after noon, recorded at once."""
    about, now = force.plan.kinds[kind].subject, NOON + timedelta(hours=hours)
    said = [Said(kind, about, subject, values, now)]
    write_facts(force, checked(force, said, now), actor=cast.xiao_li(), now=now)


def state(subject: str, measure: str) -> str:
    """The state of the newest loop of a measure."""
    row = Loop.objects.filter(subject=subject, measure=measure).order_by("opened").last()
    return row.state if row is not None else ""


def test_a_response_does_not_end_while_a_contact_is_isolated(response: InForce) -> None:
    say(response, "started", "R-1", 0)
    say(response, "contact_found", "P-1", 1, response="R-1")
    say(response, "end_asked", "R-1", 2)

    assert state("R-1", "end-response") == "held"
    assert Loop.objects.get(measure="end-response").waits_for == "contacts-isolated"


def test_contacts_of_another_response_do_not_stand_in_its_way(response: InForce) -> None:
    say(response, "started", "R-1", 0)
    say(response, "contact_found", "P-1", 1, response="R-2")
    say(response, "end_asked", "R-1", 2)
    say(response, "ended", "R-1", 3)

    assert state("R-1", "end-response") == "released"


def test_once_the_last_contact_is_cleared_the_response_may_end(response: InForce) -> None:
    say(response, "started", "R-1", 0)
    say(response, "contact_found", "P-1", 1, response="R-1")
    say(response, "contact_cleared", "P-1", 2)
    say(response, "end_asked", "R-1", 3)
    say(response, "ended", "R-1", 4)

    assert state("R-1", "end-response") == "released"


def test_a_contact_found_out_about_later_stands_in_the_way_after_all(response: InForce) -> None:
    say(response, "started", "R-1", 0)
    say(response, "end_asked", "R-1", 2)
    assert Loop.objects.get(measure="end-response").waits_for != "contacts-isolated"

    late = [Said("contact_found", "person", "P-1", {"response": "R-1"}, NOON + timedelta(hours=1))]
    now = NOON + timedelta(hours=3)
    write_facts(response, checked(response, late, now), actor=cast.xiao_li(), now=now)

    assert Loop.objects.get(measure="end-response").waits_for == "contacts-isolated"


def test_step_by_step_and_all_at_once_give_the_same(response: InForce) -> None:
    say(response, "started", "R-1", 0)
    say(response, "contact_found", "P-1", 1, response="R-1")
    say(response, "area_drawn", "A-1", 1, event="R-1")
    say(response, "end_asked", "R-1", 2)
    say(response, "closing_asked", "headquarters", 3)

    assert check_night(now=NOON + timedelta(hours=4)).different == ()
