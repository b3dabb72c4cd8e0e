"""Correcting and taking back: the new word counts, the old one stays to be seen."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lianfang.acts.correct_fact import correct_fact
from lianfang.acts.in_force import InForce
from lianfang.acts.record_fact import record_fact
from lianfang.acts.refused import Refused
from lianfang.acts.undo_fact import undo_fact
from lianfang.ledger.models import Fact, Obligation
from tests import cast
from tests.cast import NOON

WELL = {"temperature": 36.5, "symptoms": False}


def test_a_corrected_arrival_keeps_the_loop_and_its_notes(town: InForce) -> None:
    done = cast.arrived("P-1")
    before = cast.loop("P-1", "high-risk-arrival")

    correct_fact(done.facts[0], {}, at=NOON - timedelta(days=4), actor=cast.xiao_li(), now=NOON, reason="车票")

    after = cast.loop("P-1", "high-risk-arrival")
    assert after.id == before.id
    assert after.opened == NOON - timedelta(days=4)
    assert Fact.objects.filter(kind="arrival").count() == 2


def test_an_arrival_corrected_to_a_harmless_place_closes_its_loop(town: InForce) -> None:
    done = cast.arrived("P-1")

    correct_fact(done.facts[0], {"origin": "quiet-area"}, actor=cast.xiao_li(), now=NOON)

    assert not Obligation.objects.filter(subject="P-1").exists()


def test_what_a_correction_does_not_name_stays(town: InForce) -> None:
    cast.resident("P-1")
    done = record_fact("health_check", "person", "P-1", WELL, actor=cast.xiao_li(), now=NOON)

    changed = correct_fact(done.facts[0], {"temperature": 37.9}, actor=cast.xiao_li(), now=NOON)

    values = Fact.objects.get(id=changed.facts[0]).values
    assert (values["temperature"], values["symptoms"]) == (37.9, False)


def test_two_who_correct_the_same_fact_do_not_both_succeed(town: InForce) -> None:
    cast.resident("P-1")
    done = record_fact("health_check", "person", "P-1", WELL, actor=cast.xiao_li(), now=NOON)
    correct_fact(done.facts[0], {"temperature": 37.0}, actor=cast.xiao_li(), now=NOON)

    with pytest.raises(Refused, match="最新"):
        correct_fact(done.facts[0], {"temperature": 38.0}, actor=cast.lao_wang(), now=NOON)


def test_a_grid_worker_corrects_only_what_her_own_unit_said(town: InForce) -> None:
    cast.resident("P-1")
    of_others = record_fact("health_check", "person", "P-1", WELL, actor=cast.xiao_li(), now=NOON)
    own = record_fact("health_check", "person", "P-1", WELL, actor=cast.grid_worker(), now=NOON)

    with pytest.raises(Refused):
        correct_fact(of_others.facts[0], {"temperature": 37.0}, actor=cast.grid_worker(), now=NOON)
    assert correct_fact(own.facts[0], {"temperature": 37.0}, actor=cast.grid_worker(), now=NOON).facts


def test_a_correction_is_journalled_with_its_reason(town: InForce) -> None:
    cast.resident("P-1")
    done = record_fact("health_check", "person", "P-1", WELL, actor=cast.xiao_li(), now=NOON)

    correct_fact(done.facts[0], {"temperature": 37.0}, reason="抄错", actor=cast.xiao_li(), now=NOON)

    line = cast.journalled("correct_fact")[0]
    assert (line.reason, line.details["fact"], line.details["columns"]) == ("抄错", done.facts[0], ["temperature"])


def test_what_is_taken_back_counts_no_more(town: InForce) -> None:
    cast.arrived("P-1", days_ago=1)
    done = record_fact("health_check", "person", "P-1", WELL, actor=cast.grid_worker(), now=NOON)
    assert cast.owed("P-1", "daily-check", 2).status == "met"

    undo_fact(done.facts[0], actor=cast.grid_worker(), now=NOON + timedelta(minutes=1))

    assert cast.owed("P-1", "daily-check", 2).status == "due"
    assert Fact.objects.filter(kind="health_check").count() == 2
    assert cast.journalled("undo_fact")[0].details == {"fact": done.facts[0]}


def test_only_ones_own_word_of_the_same_day_is_taken_back(town: InForce) -> None:
    cast.resident("P-1")
    done = record_fact("health_check", "person", "P-1", WELL, actor=cast.grid_worker(), now=NOON)

    for actor, now in ((cast.lao_wang(), NOON), (cast.grid_worker(), NOON + timedelta(days=1))):
        with pytest.raises(Refused):
            undo_fact(done.facts[0], actor=actor, now=now)


def test_taking_back_twice_is_refused(town: InForce) -> None:
    cast.resident("P-1")
    done = record_fact("health_check", "person", "P-1", WELL, actor=cast.grid_worker(), now=NOON)
    undo_fact(done.facts[0], actor=cast.grid_worker(), now=NOON)

    with pytest.raises(Refused):
        undo_fact(done.facts[0], actor=cast.grid_worker(), now=NOON)
