"""An account acts in the posts it holds today, and for somebody else only while that person is away."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from lianfang.core.access.actor import Actor, Duty
from lianfang.ledger.actors import actors_of
from lianfang.ledger.models import Absence, Account, Holding, Person
from lianfang.ledger.persons import join
from tests.ledger.world import NOW, add, registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("district")]
DAY = timedelta(days=1)


def account(name: str = "a", **more: str) -> Account:
    return Account.objects.create(username=name, **more)


def holds(of: Account, post: str = "疾控", unit: str = "bridge", duty: str = "cdc", **more: object) -> Holding:
    given: dict[str, object] = {"since": NOW, **more}
    return Holding.objects.create(account=of, post=post, unit_id=unit, duties=[duty], **given)


def posts(of: Account, now: datetime = NOW) -> list[str]:
    return [actor.post for actor in actors_of(of, now)]


def test_a_grid_worker_looks_after_her_unit_and_disease_control_after_the_district() -> None:
    worker, officer = account("w", title="网格员甲"), account("o")
    holds(worker, "网格员", duty="grid")
    holds(officer)
    (actor,) = actors_of(worker, NOW)
    assert actor == Actor("w", "网格员甲", "网格员", "bridge", "hq/willow/bridge/", frozenset({Duty.GRID}))
    assert [actor.path for actor in actors_of(officer, NOW)] == ["hq/"]


def test_a_post_counts_from_its_first_instant_until_before_its_last() -> None:
    one = account()
    holds(one, until=NOW + DAY)
    assert posts(one, NOW - timedelta(seconds=1)) == [""]
    assert posts(one) == ["疾控"]
    assert posts(one, NOW + DAY - timedelta(seconds=1)) == ["疾控"]
    assert posts(one, NOW + DAY) == [""]


def test_a_deputy_acts_only_while_the_holder_is_away() -> None:
    holder, deputy = account("h"), account("d")
    post = holds(holder)
    holds(deputy, deputy=True)
    assert posts(deputy) == [""]
    Absence.objects.create(holding=post, since=NOW + DAY, until=NOW + 2 * DAY)
    assert [posts(deputy, NOW + days * DAY) for days in (0, 1, 2)] == [[""], ["疾控"], [""]]
    assert posts(holder, NOW + DAY) == ["疾控"]


def test_a_deputy_acts_when_nobody_holds_the_post_any_more() -> None:
    holder, deputy = account("h"), account("d")
    holds(holder, until=NOW + DAY)
    holds(deputy, deputy=True)
    assert [posts(deputy, NOW), posts(deputy, NOW + DAY)] == [[""], ["疾控"]]


def test_the_absence_of_somebody_in_another_unit_calls_no_deputy() -> None:
    holder, other, deputy = account("h"), account("o"), account("d")
    holds(holder)
    away = holds(other, unit="cedar")
    holds(deputy, deputy=True)
    Absence.objects.create(holding=away, since=NOW)
    assert posts(deputy) == [""]


def test_an_account_without_a_post_may_do_nothing_and_is_still_somebody() -> None:
    (actor,) = actors_of(account(first_name="甲"), NOW)
    assert (actor.account, actor.name, actor.path, actor.duties) == ("a", "甲", "", frozenset())


def test_several_posts_are_several_actors_the_oldest_first() -> None:
    one = account()
    holds(one, "镇街", unit="willow", duty="town", since=NOW - DAY)
    holds(one)
    assert posts(one) == ["镇街", "疾控"]


def test_a_citizen_acts_as_herself_also_after_her_record_became_part_of_another() -> None:
    add(registered("P-1", unit="cedar"), registered("P-2"))
    one = account(person="P-2")
    (actor,) = actors_of(one, NOW)
    assert (actor.subject, actor.path, actor.duties) == ("P-2", "hq/willow/bridge/", frozenset({Duty.CITIZEN}))
    join("P-1", "P-2")
    (actor,) = actors_of(one, NOW)
    assert (actor.subject, actor.path) == ("P-1", "hq/cedar/")
    assert Person.objects.count() == 2
