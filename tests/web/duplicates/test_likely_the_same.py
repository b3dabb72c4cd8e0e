"""Two records that look like one person are joined or kept apart, masked all the while; a join can be taken back."""

from __future__ import annotations

import pytest
from django.test import Client

from lianfang.acts.in_force import InForce
from lianfang.ledger.models import Merge, Person
from tests import cast
from tests.web.today.visit import visit

PHONE = "10000000007"


@pytest.fixture
def twice(town: InForce) -> None:
    """One name and telephone, registered twice."""
    for person in ("P-1", "P-2"):
        cast.resident(person, name="测试甲", phone=PHONE)


def officer() -> Client:
    return visit(cast.xiao_li())


def page(client: Client) -> str:
    return client.get("/duplicates/").content.decode()


def test_two_records_stand_side_by_side_with_the_reason_and_masked(twice: None) -> None:
    shown = page(officer())

    assert "姓名和电话相同" in shown
    assert "测试甲" not in shown
    assert PHONE not in shown


def test_the_record_that_was_chosen_stays_and_the_join_is_taken_back(twice: None) -> None:
    client = officer()

    client.post("/duplicates/merge/", {"a": "P-1", "b": "P-2", "keep": "P-2", "why": "核实过"})
    merge = Merge.objects.get()

    assert (merge.kept, Person.objects.get(pk="P-1").merged_into) == ("P-2", "P-2")
    assert "姓名和电话相同" not in page(client)

    client.post(f"/duplicates/{merge.pk}/unmerge/")

    assert Person.objects.get(pk="P-1").merged_into == ""


def test_two_who_are_not_the_same_are_not_asked_about_again(twice: None) -> None:
    client = officer()

    client.post("/duplicates/apart/", {"a": "P-2", "b": "P-1", "why": "母女共用电话"})

    assert "姓名和电话相同" not in page(client)
    assert not Merge.objects.exists()


def test_without_a_reason_nothing_is_joined(twice: None) -> None:
    answer = officer().post("/duplicates/merge/", {"a": "P-1", "b": "P-2", "keep": "P-1", "why": " "}, follow=True)

    assert "合并须写明依据" in answer.content.decode()
    assert not Merge.objects.exists()


def test_another_district_neither_sees_nor_joins_them(twice: None) -> None:
    client = visit(cast.xiao_chen())

    assert "姓名和电话相同" not in page(client)
    answer = client.post("/duplicates/merge/", {"a": "P-1", "b": "P-2", "keep": "P-1", "why": "x"}, follow=True)
    assert "不都在本辖区" in answer.content.decode()
    assert not Merge.objects.exists()
