"""One tap on today's list: the usual answer, the quiet one, a result, a whole building."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lianfang.acts.answer_obligation import answer_obligation, answer_obligations
from lianfang.acts.evidence import answer_for
from lianfang.acts.in_force import InForce
from lianfang.acts.refused import Refused
from lianfang.core.access.actor import Duty
from lianfang.ledger.models import Fact
from tests import cast
from tests.cast import NOON


def test_one_tap_says_normal_and_discharges_the_check(town: InForce) -> None:
    cast.arrived("P-1", days_ago=1)

    answer_obligation(cast.owed("P-1", "daily-check", 2).pk, actor=cast.grid_worker(), now=NOON)

    assert cast.owed("P-1", "daily-check", 2).status == "met"
    assert Fact.objects.get(kind="health_check").values == {"symptoms": False}


def test_the_quiet_answer_says_abnormal_and_suspends_the_loop(town: InForce) -> None:
    cast.arrived("P-1", days_ago=1)
    check = cast.owed("P-1", "daily-check", 2)

    answer_obligation(check.pk, {"temperature": 38.2}, quiet=True, actor=cast.grid_worker(), now=NOON)

    assert Fact.objects.get(kind="health_check").values == {"symptoms": True, "temperature": 38.2}
    assert cast.loop("P-1", "high-risk-arrival").state == "suspended"


def test_a_sample_needs_one_tap_and_its_result_two_fields(town: InForce) -> None:
    sample = answer_for(town, "high-risk-arrival", "first-sample")
    result = answer_for(town, "high-risk-arrival", "first-sample/first-result")

    assert sample is not None
    assert (sample.one_tap, sample.kind, dict(sample.values)) == (True, "test", {"test": "nucleic_acid"})
    assert result is not None
    assert result.completes
    assert [column.name for column in result.fields] == ["resulted_at", "result"]


def test_a_laboratory_enters_the_result_of_a_sample_that_others_took(town: InForce) -> None:
    cast.arrived("P-1", days_ago=1)
    answer_obligation(cast.owed("P-1", "first-sample").pk, actor=cast.grid_worker(), now=NOON - timedelta(hours=6))
    laboratory = cast.officer("huayan", "health", Duty.LABORATORY)

    answer_obligation(
        cast.owed("P-1", "first-sample/first-result").pk,
        {"result": "negative", "resulted_at": NOON},
        actor=laboratory,
        now=NOON,
    )

    assert cast.owed("P-1", "first-sample/first-result").status == "met"
    assert cast.owed("P-1", "negatives").status == "met"


def test_what_only_a_person_can_say_is_asked_for(town: InForce) -> None:
    cast.arrived("P-1", days_ago=1)

    with pytest.raises(Refused) as refused:
        answer_obligation(cast.owed("P-1", "negatives").pk, actor=cast.xiao_li(), now=NOON)

    assert refused.value.missing == (town.plan.kinds["test"].columns["resulted_at"].zh,)


def test_a_whole_building_is_well_with_one_tap(town: InForce) -> None:
    people = ["P-1", "P-2", "P-3"]
    for person in people:
        cast.arrived(person, days_ago=1)
    numbers = [cast.owed(person, "daily-check", 2).pk for person in people]

    done = answer_obligations([*numbers, "00000000-0000-8000-8000-000000000000"], actor=cast.grid_worker(), now=NOON)

    assert len(done.facts) == 3
    assert [trouble.place for trouble in done.refused] == [3]
    assert {cast.owed(person, "daily-check", 2).status for person in people} == {"met"}


def test_a_foreign_officer_answers_nothing(town: InForce) -> None:
    cast.arrived("P-1", days_ago=1)

    with pytest.raises(Refused) as refused:
        answer_obligation(cast.owed("P-1", "daily-check", 2).pk, actor=cast.xiao_chen(), now=NOON)

    assert refused.value.forbidden
