"""Registering a person, and two records that turn out to be one."""

from __future__ import annotations

import pytest

from lianfang.acts.in_force import InForce
from lianfang.acts.merge_persons import merge_persons
from lianfang.acts.record_fact import record_fact
from lianfang.acts.refused import Refused
from lianfang.acts.register_person import Registered, register_person
from lianfang.acts.unmerge_persons import unmerge_persons
from lianfang.core.access.actor import Actor
from lianfang.ledger.models import Loop, Person
from tests import cast
from tests.cast import NOON

WHO = {"name": "测试乙", "phone": "10000000012", "sex": "female", "born_on": "1990-01-02"}


def register(actor: Actor, **more: object) -> Registered:
    """测试乙 is registered in East Town's first cell."""
    return register_person({**WHO, **more}, "east-cell", actor=actor, now=NOON)


def test_somebody_new_gets_a_number_and_a_place_in_the_register(town: InForce) -> None:
    done = register(cast.lao_wang())

    row = Person.objects.get(id=done.person)
    assert (row.name, row.unit, row.path) == ("测试乙", "east-cell", "headquarters/east/east-cell/")
    assert row.phone_masked != WHO["phone"]
    assert cast.journalled("register_person")[0].about == f"person:{done.person}"


def test_who_looks_like_somebody_known_is_shown_first(town: InForce) -> None:
    known = register(cast.lao_wang()).person

    again = register(cast.lao_wang())

    assert again.person == ""
    assert [alike.person for alike in again.alike] == [known]
    assert "测试乙" not in again.alike[0].name
    assert any("电话" in reason for reason in again.alike[0].zh)


def test_somebody_else_of_the_same_name_is_registered_all_the_same(town: InForce) -> None:
    register(cast.lao_wang())

    other = register_person(WHO, "east-cell", although_alike=True, actor=cast.lao_wang(), now=NOON)

    assert other.person
    assert Person.objects.filter(name="测试乙").count() == 2


def test_a_wrong_number_is_refused_with_the_reason(town: InForce) -> None:
    with pytest.raises(Refused) as refused:
        register(cast.lao_wang(), id_type="id_card", id_number="000000199001020011")

    assert refused.value.missing
    assert not Person.objects.exists()


def test_a_town_registers_nobody_elsewhere(town: InForce) -> None:
    with pytest.raises(Refused) as refused:
        register_person(WHO, "west-cell", actor=cast.lao_wang(), now=NOON)

    assert refused.value.forbidden


def test_two_records_become_one_and_what_was_said_about_both_counts(town: InForce) -> None:
    cast.arrived("P-1", days_ago=1)
    cast.resident("P-2")
    record_fact("health_check", "person", "P-2", {"symptoms": False}, actor=cast.xiao_li(), now=NOON)
    assert cast.owed("P-1", "daily-check", 2).status == "due"

    merge_persons("P-1", "P-2", "同一证件", keep="P-1", actor=cast.xiao_li(), now=NOON)

    assert cast.owed("P-1", "daily-check", 2).status == "met"
    assert cast.journalled("merge_persons")[0].reason == "同一证件"


def test_a_merge_taken_back_leaves_both_as_they_were(town: InForce) -> None:
    cast.arrived("P-1", days_ago=1)
    cast.arrived("P-2", days_ago=2)
    before = set(Loop.objects.values_list("id", "subject", "state"))
    number = merge_persons("P-1", "P-2", "疑似", actor=cast.xiao_li(), now=NOON)

    assert unmerge_persons(number, "两个人", actor=cast.xiao_li(), now=NOON)

    assert set(Loop.objects.values_list("id", "subject", "state")) == before
    assert not unmerge_persons(number, actor=cast.xiao_li(), now=NOON)


def test_only_disease_control_merges(town: InForce) -> None:
    cast.resident("P-1")
    cast.resident("P-2")

    for actor in (cast.lao_wang(), cast.zhao_jie(), cast.xiao_chen()):
        with pytest.raises(Refused) as refused:
            merge_persons("P-1", "P-2", "同一人", actor=actor, now=NOON)
        assert refused.value.forbidden


def test_a_record_is_merged_only_once(town: InForce) -> None:
    for person in ("P-1", "P-2", "P-3"):
        cast.resident(person)
    merge_persons("P-1", "P-2", "同一人", keep="P-1", actor=cast.xiao_li(), now=NOON)

    with pytest.raises(Refused, match="并入"):
        merge_persons("P-2", "P-3", "同一人", actor=cast.xiao_li(), now=NOON)
