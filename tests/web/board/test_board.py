"""The command board: figures equal to the lists behind them, earlier days without verbs, decisions that wait."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from lianfang.acts.appeal import appeal
from lianfang.acts.draft_bulletin import draft_bulletin
from lianfang.acts.in_force import InForce
from lianfang.acts.read_bulletins import released_bulletins
from lianfang.core.access.actor import Actor, Duty
from lianfang.ledger.models import Figure, Loop, Obligation, Unit
from tests import cast
from tests.cast import NOON
from tests.web.today.visit import visit

FIGURE = re.compile(r'<a class="figure" href="([^"]*)">.*?<span class="value[^"]*">([^<]*)</span>', re.DOTALL)


def board(actor: Actor, query: str = "") -> str:
    answer = visit(actor).get(f"/board/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def figures(text: str) -> dict[str, str]:
    """What each figure of the strip says, by the list it leads to."""
    return {address.replace("&amp;", "&"): value for address, value in FIGURE.findall(text)}


def second_person() -> Actor:
    return cast.officer("laozheng", "headquarters", Duty.COMMAND, name="老郑")


def test_every_figure_equals_the_list_it_opens(town: InForce) -> None:
    cast.arrived("P-1")
    cast.arrived("P-2", days_ago=1)
    cast.room(single=False, beds=1)

    found = {address: value for address, value in figures(board(cast.office())).items() if "/register/" in address}

    assert len(found) == 6
    persons = found.pop("/register/person/?figure=managed")
    site = found.pop("/register/person/?figure=site")
    overdue = found.pop("/register/obligation/?status=overdue")
    assert (persons, site, set(found.values())) == ("2", "1", {"0"})
    assert int(overdue) == Obligation.objects.filter(status__in=("due", "overdue"), due__lt=NOON).count() > 0
    for address, value in (*found.items(), ("/register/person/?figure=managed", persons)):
        listed = visit(cast.office()).get(address).content.decode()
        assert listed.count("/subject/person/P-") >= int(value)


def test_a_street_sees_only_its_own_people_and_another_district_none(town: InForce) -> None:
    cast.arrived("P-1", unit="east-cell")
    cast.arrived("P-2", unit="west-cell")

    seen = {
        who: figures(board(getattr(cast, who)()))["/register/person/?figure=managed"]
        for who in ("xiao_li", "lao_wang", "xiao_chen")
    }

    assert seen == {"xiao_li": "2", "lao_wang": "1", "xiao_chen": "0"}


def test_a_grid_worker_has_no_board(town: InForce) -> None:
    assert visit(cast.grid_worker()).get("/board/").status_code == 403


def test_an_earlier_day_shows_that_day_and_offers_nothing_to_do(town: InForce) -> None:
    cast.arrived("P-1", days_ago=3)
    cast.arrived("P-2", days_ago=1)

    text = board(cast.office(), f"?as_of={(NOON - timedelta(days=2)).date()}")

    assert '<span class="value">1</span>' in text
    assert "您在看" in text
    assert "hx-trigger" not in text
    assert "/register/person/?figure=managed" not in text


def test_the_map_has_a_number_on_every_area_and_the_same_as_a_table(town: InForce) -> None:
    ring = [[[0, 0], [0, 1], [1, 1], [0, 0]]]
    Unit.objects.filter(pk="east").update(shape={"type": "Polygon", "coordinates": ring})
    cast.arrived("P-1", unit="east-cell")

    text = board(cast.office())

    assert '"value": 1' in text
    assert re.search(
        r"figure=managed&amp;under=headquarters%2Feast%2F\">[^<]*</a></td><td class=\"number\">1</td>", text
    )


def test_capacity_says_what_is_lacking_in_words(town: InForce) -> None:
    indicator = next(one for one in town.plan.indicators)
    Figure.objects.create(indicator=indicator.id, as_of=NOON - timedelta(hours=8), values={"need": 10, "held": 7})

    text = board(cast.office())

    assert indicator.words.zh in text
    assert "缺 3" in text
    assert "需要 10·现有 7" in text


def test_a_proposed_bulletin_waits_for_the_second_person_and_not_for_the_first(town: InForce) -> None:
    number = draft_bulletin("第1期通报", [], actor=cast.office(), now=NOON)

    assert "第1期通报" not in board(cast.office())
    assert "第1期通报" in board(second_person())

    visit(second_person()).post(f"/board/bulletin/{number}/", {"verb": "release"})
    assert [one.title for one in released_bulletins(1)] == ["第1期通报"]


def test_whoever_drafted_a_bulletin_is_told_that_another_has_to_release_it(town: InForce) -> None:
    browser = visit(cast.office())
    browser.post("/board/bulletin/", {"title": "第1期通报", "guidance": "戴口罩"})

    text = browser.get("/board/bulletin/").content.decode()

    assert "须由另一人审定" in text
    assert "审定发布" not in text


def test_an_appeal_waits_for_disease_control(town: InForce) -> None:
    cast.arrived("P-1")
    loop = Loop.objects.get(subject="P-1", measure="high-risk-arrival")
    resident = Actor("r", "居民", "居民", "", loop.path, frozenset({Duty.CITIZEN}), subject="P-1")
    appeal(loop.pk, "日期不对", actor=resident, now=NOON)

    text = board(cast.xiao_li())

    assert "日期不对" in text
    assert "/own/appeals/" in text
    assert "测试甲" not in text


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_board_speaks_both_languages(town: InForce, language: str) -> None:
    browser = visit(cast.office())
    browser.post("/account/language/", {"language": language})

    text = browser.get("/board/").content.decode()

    assert ("Command board" in text) == (language == "en")
    assert ("指挥看板" in text) == (language != "en")
