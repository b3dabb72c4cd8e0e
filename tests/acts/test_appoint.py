"""Posts: appointed for a time, ended, and deputies who act while the holder is away."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lianfang.acts.appoint import appoint, end_holding
from lianfang.acts.in_force import InForce
from lianfang.acts.refused import Refused
from lianfang.acts.set_absence import end_absence, set_absence
from lianfang.ledger.actors import actors_of
from lianfang.ledger.models import Account, Holding
from tests import cast
from tests.cast import NOON

TOMORROW = NOON + timedelta(days=1)


def account(name: str = "xinren") -> Account:
    return Account.objects.create(username=name, title="新人")


def given(name: str = "xinren", post: str = "值班岗", *, deputy: bool = False) -> int:
    account(name)
    return appoint(name, post, "east", ["town"], deputy=deputy, actor=cast.office(), now=NOON)


def posts(name: str = "xinren") -> list[str]:
    return [actor.post for actor in actors_of(Account.objects.get(username=name), NOON) if actor.post]


def test_whoever_is_appointed_acts_in_the_post_at_once(town: InForce) -> None:
    given()

    assert posts() == ["值班岗"]
    assert cast.journalled("appoint")[0].details["account"] == "xinren"


def test_the_same_post_is_not_given_twice_to_the_same_person(town: InForce) -> None:
    given()

    with pytest.raises(Refused, match="已任"):
        appoint("xinren", "值班岗", "east", ["town"], since=TOMORROW, actor=cast.office(), now=NOON)

    assert Holding.objects.count() == 1


@pytest.mark.parametrize(
    ("duties", "word"), [([], "至少一项职责"), (["citizen"], "至少一项职责"), (["king"], "至少一项职责")]
)
def test_a_post_has_duties_that_exist(town: InForce, duties: list[str], word: str) -> None:
    account()

    with pytest.raises(Refused, match=word):
        appoint("xinren", "值班岗", "east", duties, actor=cast.office(), now=NOON)


def test_a_residents_account_holds_no_post(town: InForce) -> None:
    Account.objects.create(username="jumin", person="P-1")

    with pytest.raises(Refused, match="居民账号"):
        appoint("jumin", "值班岗", "east", ["town"], actor=cast.office(), now=NOON)


@pytest.mark.parametrize("who", ["xiao_li", "lao_wang", "zhao_jie", "xiao_chen"])
def test_only_the_office_and_administration_appoint(town: InForce, who: str) -> None:
    account()

    with pytest.raises(Refused) as refused:
        appoint("xinren", "值班岗", "east", ["town"], actor=getattr(cast, who)(), now=NOON)

    assert refused.value.forbidden


def test_an_ended_post_gives_nothing_any_more_and_ends_once(town: InForce) -> None:
    number = given()
    later = NOON + timedelta(hours=1)

    assert end_holding(number, actor=cast.office(), now=later)
    assert not end_holding(number, at=later + timedelta(hours=1), actor=cast.office(), now=later)

    assert actors_of(Account.objects.get(username="xinren"), later + timedelta(minutes=1))[0].post == ""


def test_the_deputy_acts_while_the_holder_is_away_and_no_longer(town: InForce) -> None:
    holder = given("zhugang")
    given("fugang", deputy=True)
    assert posts("fugang") == []

    away = set_absence(holder, NOON - timedelta(minutes=1), None, actor=cast.office(), now=NOON)
    assert posts("fugang") == ["值班岗"]

    assert end_absence(away, actor=cast.office(), now=NOON)
    assert posts("fugang") == []
    assert not end_absence(away, actor=cast.office(), now=NOON + timedelta(seconds=1))


def test_absences_of_one_post_do_not_overlap(town: InForce) -> None:
    holder = given()
    set_absence(holder, NOON, TOMORROW, actor=cast.office(), now=NOON)

    with pytest.raises(Refused, match="已登记"):
        set_absence(holder, TOMORROW - timedelta(hours=1), None, actor=cast.office(), now=NOON)

    assert set_absence(holder, TOMORROW, None, actor=cast.office(), now=NOON)


def test_somebody_else_does_not_send_the_holder_away(town: InForce) -> None:
    holder = given()

    with pytest.raises(Refused) as refused:
        set_absence(holder, NOON, None, actor=cast.xiao_li(), now=NOON)

    assert refused.value.forbidden
