"""Residents: they declare about themselves only, and they object; an answer is given once."""

from __future__ import annotations

import pytest

from lianfang.acts.answer_appeal import answer_appeal
from lianfang.acts.appeal import appeal
from lianfang.acts.declare import declare
from lianfang.acts.in_force import InForce
from lianfang.acts.refused import Refused
from lianfang.core.access.actor import Actor, Duty
from lianfang.ledger.models import Fact, Note, Person
from tests import cast
from tests.cast import NOON

WELL = {"temperature": 36.5, "symptoms": False}


def resident(person: str = "P-1") -> Actor:
    path = Person.objects.get(pk=person).path
    return Actor(f"r-{person}", "居民", "居民", "", path, frozenset({Duty.CITIZEN}), subject=person)


def test_what_a_resident_declares_becomes_a_fact_about_herself(town: InForce) -> None:
    cast.resident("P-1")

    declare("health_check", WELL, actor=resident(), now=NOON)

    fact = Fact.objects.get(kind="health_check")
    assert (fact.subject, fact.values["by"], fact.values["temperature"]) == ("P-1", "self", 36.5)
    assert len(cast.journalled("declare")) == 1


def test_a_declaration_sent_twice_is_one_fact(town: InForce) -> None:
    cast.resident("P-1")

    for _ in range(2):
        declare("health_check", WELL, actor=resident(), now=NOON, key="k")

    assert Fact.objects.filter(kind="health_check").count() == 1


def test_nobody_declares_what_others_say_of_her(town: InForce) -> None:
    cast.resident("P-1")

    with pytest.raises(Refused, match="不能自行申报"):
        declare("test", {"result": "negative"}, actor=resident(), now=NOON)
    with pytest.raises(Refused, match="checker"):
        declare("health_check", {**WELL, "checker": "医生"}, actor=resident(), now=NOON)

    assert not Fact.objects.filter(kind__in=("test", "health_check")).exists()


def test_an_officer_declares_nothing(town: InForce) -> None:
    cast.resident("P-1")

    with pytest.raises(Refused):
        declare("health_check", WELL, actor=cast.lao_wang(), now=NOON)


def test_an_appeal_waits_until_it_is_answered_and_changes_nothing_itself(town: InForce) -> None:
    cast.arrived("P-1")
    loop = cast.loop("P-1", "high-risk-arrival")

    number = appeal(loop.pk, "我没有去过那里", actor=resident(), now=NOON)
    with pytest.raises(Refused, match="还没有答复"):
        appeal(loop.pk, "再说一次", actor=resident(), now=NOON)
    answer_appeal(number, "已核对行程，按规定执行", actor=cast.lao_wang(), now=NOON)

    assert cast.loop("P-1", "high-risk-arrival").state == loop.state
    assert [note.kind for note in Note.objects.order_by("id")] == ["appeal", "appeal_answer"]
    assert appeal(loop.pk, "还有一点", actor=resident(), now=NOON) > number


def test_nobody_appeals_for_somebody_else(town: InForce) -> None:
    cast.arrived("P-1")
    cast.resident("P-2")

    with pytest.raises(Refused) as refused:
        appeal(cast.loop("P-1", "high-risk-arrival").pk, "替她说", actor=resident("P-2"), now=NOON)

    assert refused.value.forbidden


def test_an_appeal_is_answered_once_and_only_where_one_is_responsible(town: InForce) -> None:
    cast.arrived("P-1", unit="west-cell")
    number = appeal(cast.loop("P-1", "high-risk-arrival").pk, "日期不对", actor=resident(), now=NOON)

    with pytest.raises(Refused) as refused:
        answer_appeal(number, "不归我管", actor=cast.lao_wang(), now=NOON)
    answer_appeal(number, "已更正日期", actor=cast.xiao_li(), now=NOON)
    with pytest.raises(Refused, match="答复过"):
        answer_appeal(number, "又答一次", actor=cast.xiao_li(), now=NOON)

    assert refused.value.forbidden
