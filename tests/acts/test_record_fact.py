"""Recording a fact: who may, what it changes at once, and that a phone may send it twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from lianfang.acts.in_force import InForce
from lianfang.acts.record_fact import record_fact, record_facts
from lianfang.acts.refused import Refused
from lianfang.acts.write_facts import Said
from lianfang.core.access.actor import Actor
from lianfang.ledger.models import Fact, Loop, Mention, Obligation, Progress, Subject
from tests import cast
from tests.cast import NOON

WELL = {"temperature": 36.5, "symptoms": False}


def test_an_arrival_opens_a_loop_before_the_act_returns(town: InForce) -> None:
    recorded = cast.arrived("P-1")

    loop = cast.loop("P-1", "high-risk-arrival")
    assert (loop.state, loop.stage) == ("running", "central")
    assert str(loop.id) in recorded.opened
    assert loop.path == "headquarters/east/east-cell/"
    assert cast.owed("P-1", "first-sample").status == "overdue"


def test_a_health_check_discharges_the_duty_of_its_day(town: InForce) -> None:
    cast.arrived("P-1", days_ago=1)
    assert cast.owed("P-1", "daily-check", 2).status == "due"

    done = record_fact("health_check", "person", "P-1", WELL, actor=cast.grid_worker(), now=NOON)

    check = cast.owed("P-1", "daily-check", 2)
    assert (check.status, check.evidence) == ("met", done.facts[0])


def test_a_positive_result_ends_the_loop_and_opens_the_transfer(town: InForce) -> None:
    cast.arrived("P-1")
    positive = {"test": "nucleic_acid", "result": "positive", "resulted_at": NOON}

    done = record_fact("test", "person", "P-1", positive, at=NOON - timedelta(hours=5), actor=cast.xiao_li(), now=NOON)

    assert cast.loop("P-1", "high-risk-arrival").state == "exited"
    assert len(done.closed) == 1
    assert cast.owed("P-1", "transfer").status == "due"


def test_a_level_change_touches_everybody_who_came_from_there(town: InForce) -> None:
    cast.arrived("P-1", level="medium")
    cast.arrived("P-2", level="medium", unit="west-cell")
    assert Mention.objects.filter(to_kind="area", to_subject="medium-area").count() == 2

    cast.tell("area_level", "area", "medium-area", {"level": "high"}, at=NOON - timedelta(days=10))

    assert cast.loop("P-1", "high-risk-arrival").state == "running"
    assert cast.loop("P-2", "high-risk-arrival").state == "running"


def test_a_level_change_that_touches_many_becomes_a_job(town: InForce, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        cast.arrived(f"P-{number}", level="medium")
    monkeypatch.setattr("lianfang.acts.write_facts.AT_ONCE", 1)

    cast.tell("area_level", "area", "medium-area", {"level": "high"}, at=NOON - timedelta(days=10))

    job = Progress.objects.get(job="reevaluate")
    assert (job.total, job.done, job.state) == (3, 0, "waiting")
    assert not Loop.objects.filter(measure="high-risk-arrival").exists()


def test_the_same_fact_sent_twice_is_recorded_once(town: InForce) -> None:
    cast.resident("P-1")

    first = record_fact("health_check", "person", "P-1", WELL, actor=cast.lao_wang(), now=NOON, key="k1")
    again = record_fact("health_check", "person", "P-1", WELL, actor=cast.lao_wang(), now=NOON, key="k1")

    assert first == again
    assert Fact.objects.filter(kind="health_check").count() == 1
    assert len(cast.journalled("record_fact")) == 1


@pytest.mark.parametrize("who", [cast.zhao_jie, cast.xiao_chen, cast.office, cast.health_bureau])
def test_it_refuses_whoever_has_not_the_duty_or_the_jurisdiction(town: InForce, who: Callable[[], Actor]) -> None:
    cast.resident("P-1")

    with pytest.raises(Refused) as refused:
        record_fact("health_check", "person", "P-1", WELL, actor=who(), now=NOON)

    assert refused.value.forbidden
    assert not Fact.objects.filter(kind="health_check").exists()


def test_a_street_worker_records_only_about_her_own_town(town: InForce) -> None:
    cast.resident("P-1", "west-cell")

    with pytest.raises(Refused):
        record_fact("health_check", "person", "P-1", WELL, actor=cast.lao_wang(), now=NOON)


def test_everything_wrong_with_a_fact_is_said_at_once(town: InForce) -> None:
    cast.resident("P-1")

    with pytest.raises(Refused) as refused:
        record_fact("health_check", "person", "P-1", {"temperature": "暖", "shoe": 3}, actor=cast.lao_wang(), now=NOON)

    assert "temperature" in refused.value.zh
    assert "shoe" in refused.value.en


def test_a_person_nobody_registered_is_refused(town: InForce) -> None:
    with pytest.raises(Refused, match="登记"):
        record_fact("health_check", "person", "P-404", WELL, actor=cast.xiao_li(), now=NOON)


def test_it_is_journalled_with_who_and_what(town: InForce) -> None:
    cast.resident("P-1")

    done = record_fact("health_check", "person", "P-1", WELL, actor=cast.lao_wang(), now=NOON)

    line = cast.journalled("record_fact")[0]
    assert (line.account, line.about) == ("laowang", "person:P-1")
    assert line.details["facts"] == list(done.facts)


def test_a_whole_building_is_recorded_at_once_and_what_is_refused_is_named(town: InForce) -> None:
    cast.resident("P-1")
    cast.resident("P-2", "west-cell")
    cast.resident("P-3")
    said = [Said("health_check", "person", person, WELL) for person in ("P-1", "P-2", "P-3", "P-404")]

    done = record_facts(said, actor=cast.grid_worker(), now=NOON)

    assert len(done.facts) == 2
    assert [trouble.place for trouble in done.refused] == [1, 3]
    assert len(cast.journalled("record_many")) == 1


def test_the_ledger_knows_when_something_changes_next_without_a_fact(town: InForce) -> None:
    cast.arrived("P-1", days_ago=0)

    row = Subject.objects.get(kind="person", subject="P-1")
    first = min(o.due for o in Obligation.objects.filter(subject="P-1", status="due") if o.due is not None)
    assert row.evaluated_at == NOON
    assert row.next_change is not None
    assert NOON < row.next_change <= first + timedelta(seconds=1)
