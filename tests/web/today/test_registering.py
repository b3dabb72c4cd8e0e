"""Registering: somebody new, and anything that happened to somebody known; finding people, places and units again."""

from __future__ import annotations

import re

import pytest

from lianfang.core.access.actor import Duty
from lianfang.ledger.models import Fact, Loop, Person
from tests import cast
from tests.web.today.visit import visit

pytestmark = pytest.mark.usefixtures("town")

NEWCOMER = {
    "v-name": "演示乙",
    "v-id_type": "id_card",
    "v-id_number": "000000199001011239",
    "v-phone": "10000000012",
    "unit": "east-cell",
    "key": "n",
}


def newcomers() -> list[str]:
    return list(Person.objects.filter(name="演示乙").values_list("unit", flat=True))


def test_a_grid_worker_registers_somebody_in_her_own_cell() -> None:
    answer = visit(cast.grid_worker()).post("/today/record/person/", {**NEWCOMER, "v-id_number": ""})

    assert answer.status_code == 302
    assert newcomers() == ["east-cell"]


def test_she_cannot_register_anybody_in_another_cell() -> None:
    answer = visit(cast.grid_worker()).post("/today/record/person/", {**NEWCOMER, "unit": "west-cell"})

    assert answer.status_code == 422
    assert newcomers() == []


def test_a_wrong_number_is_named_and_nobody_is_registered() -> None:
    answer = visit(cast.grid_worker()).post("/today/record/person/", {**NEWCOMER, "v-id_number": "00000019900101123"})

    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert newcomers() == []


def test_without_number_and_telephone_nobody_is_registered() -> None:
    answer = visit(cast.grid_worker()).post(
        "/today/record/person/", {"v-name": "演示乙", "unit": "east-cell", "key": "n"}
    )

    assert answer.status_code == 422
    assert "证件号码和电话至少填一项" in answer.content.decode()


def test_who_may_be_known_already_is_shown_before_anybody_is_registered() -> None:
    client = visit(cast.grid_worker())
    client.post("/today/record/person/", {**NEWCOMER, "v-id_number": ""})

    again = client.post("/today/record/person/", {**NEWCOMER, "v-id_number": "", "key": "n2"})
    forced = client.post("/today/record/person/", {**NEWCOMER, "v-id_number": "", "key": "n3", "although": "yes"})

    assert "可能已经登记过" in again.content.decode()
    assert forced.status_code == 302
    assert len(newcomers()) == 2


def test_what_happened_is_recorded_and_opens_what_the_plan_orders() -> None:
    cast.resident("P-1")
    cast.tell("area_level", "area", "high-area", {"level": "high"}, at=cast.NOON.replace(day=1))
    cast.tell("area", "area", "high-area", {}, at=cast.NOON.replace(day=1))

    answer = visit(cast.grid_worker()).post(
        "/today/record/person/P-1/arrival/", {"v-origin": "high-area", "at": "2021-01-10T08:00", "key": "a"}
    )

    assert answer.status_code == 302
    assert Fact.objects.filter(kind="arrival", subject="P-1").count() == 1
    assert Loop.objects.filter(subject="P-1").exists()


def test_a_place_nobody_knows_is_refused_with_what_to_do() -> None:
    cast.resident("P-1")

    answer = visit(cast.grid_worker()).post("/today/record/person/P-1/arrival/", {"v-origin": "没有的地方", "key": "a"})

    assert answer.status_code == 422
    assert "没有“没有的地方”" in answer.content.decode()


def test_what_is_required_is_said_in_words() -> None:
    cast.resident("P-1")

    html = visit(cast.grid_worker()).get("/today/record/person/P-1/placement/").content.decode()

    assert re.search(r"处所类别（必[选填]）", html)


def test_people_of_another_cell_are_not_there() -> None:
    cast.resident("P-2", "west-cell")

    client = visit(cast.grid_worker())

    assert client.get("/today/record/person/P-2/").status_code == 404
    assert client.post("/today/record/person/P-2/arrival/", {"key": "a"}).status_code == 404


def test_the_auditor_registers_nobody() -> None:
    assert visit(cast.zhao_jie()).get("/today/record/").status_code == 403
    assert visit(cast.zhao_jie()).post("/today/record/person/", NEWCOMER).status_code == 403


@pytest.mark.parametrize("words", ["演示乙", "演示", "yanshi", "10000000012", "100-0000-0012"])
def test_somebody_is_found_by_name_sound_and_whole_telephone(words: str) -> None:
    client = visit(cast.grid_worker())
    client.post("/today/record/person/", {**NEWCOMER, "v-id_number": ""})

    html = client.get("/today/search/", {"q": words}).content.decode()

    assert "演*乙" in html
    assert "100****0012" in html


def test_part_of_a_telephone_finds_nobody() -> None:
    client = visit(cast.grid_worker())
    client.post("/today/record/person/", {**NEWCOMER, "v-id_number": ""})

    assert "演*乙" not in client.get("/today/search/", {"q": "1000000001"}).content.decode()


def test_the_search_ends_at_the_jurisdiction() -> None:
    cast.resident("P-2", "west-cell")

    assert "没有找到" in visit(cast.grid_worker()).get("/today/search/", {"q": "测试甲"}).content.decode()
    assert "测*甲" in visit(cast.xiao_li()).get("/today/search/", {"q": "测试甲"}).content.decode()


def test_the_search_goes_on_after_the_last_person(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lianfang.web.today.finding.SIZE", 2)
    for person in ("P-1", "P-2", "P-3"):
        cast.resident(person)
    client = visit(cast.grid_worker())

    first = client.get("/today/search/", {"q": "测试甲"}).content.decode()
    second = client.get("/today/search/", {"q": "测试甲", "after": "P-2"}).content.decode()

    assert "after=P-2" in first
    assert "P-3" not in first
    assert "P-3" in second


def test_units_are_found_by_name() -> None:
    assert "东镇一网格" in visit(cast.xiao_li()).get("/today/search/", {"q": "东镇"}).content.decode()


def test_my_page_lists_what_i_did_today_and_not_what_others_did() -> None:
    cast.arrived("P-1", days_ago=1)
    grid = visit(cast.grid_worker())
    grid.post(f"/today/{cast.owed('P-1', 'daily-check', 2).id}/done/", {"key": "k"})

    mine = grid.get("/today/me/").content.decode()
    others = visit(cast.officer("bieren", "west", Duty.TOWN)).get("/today/me/").content.decode()

    assert "登记事实" in mine
    assert "测*甲" in mine
    assert "今天还没有记录" in others
