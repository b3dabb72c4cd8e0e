"""The rooms of a site: seen by the site, found by a whole number, given, changed and freed."""

from __future__ import annotations

import pytest
from django.test import Client

from lianfang.acts.place_person import place_person
from lianfang.ledger.models import Placement, Room
from tests import cast
from tests.cast import NOON
from tests.web.today.visit import visit

pytestmark = pytest.mark.usefixtures("town")
NUMBER = "100 0000 0001"


@pytest.fixture
def site() -> Client:
    return visit(cast.site_manager())


def placed(person: str, room: Room) -> None:
    place_person(person, room.pk, actor=cast.site_manager(), now=NOON)


def where(person: str) -> str:
    return Placement.objects.get(person=person, during__upper_inf=True).room.name


def test_a_site_sees_its_rooms_with_a_masked_name_and_how_many_beds_are_free(site: Client) -> None:
    cast.resident("P-1")
    placed("P-1", cast.room("301"))
    cast.room("302", single=False, beds=2)

    html = site.get("/rooms/").content.decode()

    assert "测*甲" in html
    assert "测试甲" not in html
    assert "空 2 床" in html


def test_the_parts_of_the_list_show_taken_free_and_those_who_may_leave(site: Client) -> None:
    cast.resident("P-1")
    placed("P-1", cast.room("301"))
    cast.room("302")

    taken, free, leaving = (site.get(f"/rooms/?of={part}").content.decode() for part in ("taken", "free", "leaving"))

    assert ["<b>301" in part for part in (taken, free, leaving)] == [True, False, True]
    assert ["<b>302" in part for part in (taken, free, leaving)] == [False, True, False]


def test_the_list_goes_on_after_the_last_room_of_a_page(site: Client) -> None:
    for number in range(70):
        cast.room(f"3{number:02d}")

    first, second = site.get("/rooms/").content.decode(), site.get("/rooms/?after=359").content.decode()

    assert "after=359" in first
    assert "<b>369</b>" in second
    assert "<b>358</b>" not in second


def test_somebody_is_found_by_a_whole_number_only_and_admitted(site: Client) -> None:
    cast.resident("P-1", phone=NUMBER)
    room = cast.room()

    part = site.get(f"/rooms/admit/{room.pk}/", {"q": "10000000"}).content.decode()
    whole = site.get(f"/rooms/admit/{room.pk}/", {"q": NUMBER}).content.decode()
    done = site.post(f"/rooms/admit/{room.pk}/", {"person": "P-1", "key": "a"})

    assert "没有查到" in part
    assert "测*甲" in whole
    assert done.status_code == 302
    assert where("P-1") == "301"


def test_a_room_taken_meanwhile_is_refused_and_the_page_says_so(site: Client) -> None:
    cast.resident("P-1")
    cast.resident("P-2")
    room = cast.room()
    placed("P-1", room)

    answer = site.post(f"/rooms/admit/{room.pk}/", {"person": "P-2", "key": "b"})

    assert answer.status_code == 422
    assert "请另选房间" in answer.content.decode()
    assert not Placement.objects.filter(person="P-2").exists()


def test_nobody_is_admitted_who_does_not_exist(site: Client) -> None:
    answer = site.post(f"/rooms/admit/{cast.room().pk}/", {"person": "P-nobody"})

    assert answer.status_code == 422


def test_somebody_moves_into_another_room(site: Client) -> None:
    cast.resident("P-1")
    placed("P-1", cast.room("301"))
    other = cast.room("302")

    answer = site.post("/rooms/stay/P-1/move/", {"room": other.pk, "why": "空调损坏"})

    assert (answer.status_code, where("P-1")) == (302, "302")


def test_whoever_is_still_isolated_is_not_released_and_the_page_names_what_is_missing(site: Client) -> None:
    cast.arrived("P-1")
    placed("P-1", cast.room())

    html = site.get("/rooms/stay/P-1/").content.decode()
    answer = site.post("/rooms/stay/P-1/release/")

    assert "disabled" in html
    assert answer.status_code == 422
    assert "还不能离开隔离点" in answer.content.decode()
    assert where("P-1") == "301"


def test_another_district_finds_no_room_and_no_stay() -> None:
    cast.resident("P-1")
    room = cast.room()
    placed("P-1", room)
    stranger = visit(cast.xiao_chen())

    assert "测*甲" not in stranger.get("/rooms/").content.decode()
    assert stranger.get(f"/rooms/admit/{room.pk}/").status_code == 404
    assert stranger.get("/rooms/stay/P-1/").status_code == 404


def test_a_look_at_somebody_in_a_room_is_journalled(site: Client) -> None:
    cast.resident("P-1")
    placed("P-1", cast.room())

    site.get("/rooms/stay/P-1/")

    assert [line.about for line in cast.journalled("see_subject")] == ["person:P-1"]
