"""Rooms of an isolation site: admitted, moved, and released only when nothing keeps somebody there."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lianfang.acts.in_force import InForce
from lianfang.acts.move_person import move_person
from lianfang.acts.place_person import place_person
from lianfang.acts.record_fact import record_fact
from lianfang.acts.refused import Refused
from lianfang.acts.release_person import release_person
from lianfang.ledger.models import Fact, Placement
from tests import cast
from tests.cast import NOON


def test_the_site_admits_into_a_free_room_and_says_so_as_a_fact(town: InForce) -> None:
    cast.resident("P-1")
    room = cast.room()

    done = place_person("P-1", room.pk, actor=cast.site_manager(), now=NOON)

    fact = Fact.objects.get(id=done.facts[0])
    assert (fact.values["place"], fact.values["room"], fact.values["place_kind"]) == ("site", "301", "isolation_site")
    assert Placement.objects.get(person="P-1").room == room
    assert len(cast.journalled("place_person")) == 1


def test_who_comes_second_to_a_single_room_is_refused_and_nothing_is_recorded(town: InForce) -> None:
    cast.resident("P-1")
    cast.resident("P-2")
    room = cast.room()
    place_person("P-1", room.pk, actor=cast.site_manager(), now=NOON)

    with pytest.raises(Refused, match=r"已有人入住|已满"):
        place_person("P-2", room.pk, actor=cast.site_manager(), now=NOON)

    assert not Fact.objects.filter(kind="placement", subject="P-2").exists()


def test_admitting_twice_by_the_same_key_admits_once(town: InForce) -> None:
    cast.resident("P-1")
    room = cast.room()

    first = place_person("P-1", room.pk, actor=cast.site_manager(), now=NOON, key="k")

    assert place_person("P-1", room.pk, actor=cast.site_manager(), now=NOON, key="k") == first
    assert Placement.objects.count() == 1


def test_a_grid_worker_admits_nobody(town: InForce) -> None:
    cast.resident("P-1")

    with pytest.raises(Refused) as refused:
        place_person("P-1", cast.room().pk, actor=cast.grid_worker(), now=NOON)

    assert refused.value.forbidden


def test_moving_frees_the_old_room(town: InForce) -> None:
    cast.resident("P-1")
    old, new = cast.room("301"), cast.room("302")
    place_person("P-1", old.pk, actor=cast.site_manager(), now=NOON)

    move_person("P-1", new.pk, "空调坏了", actor=cast.site_manager(), now=NOON + timedelta(hours=1))

    assert Placement.objects.get(person="P-1", during__upper_inf=True).room == new
    assert cast.journalled("move_person")[0].reason == "空调坏了"


def test_who_cannot_move_stays_where_she_is(town: InForce) -> None:
    for person, name in (("P-1", "301"), ("P-2", "302")):
        cast.resident(person)
        place_person(person, cast.room(name).pk, actor=cast.site_manager(), now=NOON)
    taken = Placement.objects.get(person="P-2").room_id

    with pytest.raises(Refused):
        move_person("P-1", taken, actor=cast.site_manager(), now=NOON + timedelta(hours=1))

    assert Placement.objects.get(person="P-1", during__upper_inf=True).room.name == "301"


def test_a_stage_keeps_somebody_and_the_refusal_says_what_is_missing(town: InForce) -> None:
    cast.arrived("P-1")
    place_person("P-1", cast.room().pk, actor=cast.site_manager(), now=NOON)

    with pytest.raises(Refused) as refused:
        release_person("P-1", actor=cast.site_manager(), now=NOON + timedelta(hours=1))

    missing = "；".join(refused.value.missing)
    assert "集中隔离，至 2021-01-28" in missing
    assert "首次采样" in missing
    assert Placement.objects.filter(person="P-1", during__upper_inf=True).exists()


def test_after_the_stage_at_the_site_she_goes_home_and_the_loop_goes_on(town: InForce) -> None:
    cast.arrived("P-1", days_ago=22)
    sampled = NOON - timedelta(days=21)
    negative = {"test": "nucleic_acid", "result": "negative", "resulted_at": sampled + timedelta(hours=8)}
    place_person("P-1", cast.room().pk, at=sampled, actor=cast.site_manager(), now=NOON)
    record_fact("test", "person", "P-1", negative, at=sampled, actor=cast.xiao_li(), now=NOON)
    assert cast.loop("P-1", "high-risk-arrival").stage == "home"

    release_person("P-1", actor=cast.site_manager(), now=NOON + timedelta(hours=1))

    assert not Placement.objects.filter(person="P-1", during__upper_inf=True).exists()
    last = Fact.objects.filter(kind="placement", subject="P-1").order_by("no").last()
    assert last is not None
    assert last.values["place_kind"] == "home"
    assert len(cast.journalled("release_person")) == 1
