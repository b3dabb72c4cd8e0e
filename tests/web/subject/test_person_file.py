"""A person's file: masked, written down, one grid, what the release waits for; other jurisdictions see nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lianfang.acts.in_force import InForce
from lianfang.acts.record_fact import record_fact
from lianfang.ledger.models import Fact
from tests import cast
from tests.cast import NOON
from tests.web.today.visit import HTMX, visit

FILE = "/subject/person/P-1/"


def page(address: str = FILE, actor: str = "xiao_li") -> str:
    answer = visit(getattr(cast, actor)()).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_file_shows_measure_stages_and_release(town: InForce) -> None:
    cast.arrived("P-1", days_ago=3)

    text = page()

    assert "高风险地区来返人员" in text
    assert "集中隔离" in text
    assert "以后解除" in text
    assert 'class="release"' in text


def test_the_name_is_masked(town: InForce) -> None:
    cast.arrived("P-1")

    assert "测试甲" not in page()
    assert "测*甲" in page()


def test_looking_is_written_down_and_others_are_counted(town: InForce) -> None:
    cast.arrived("P-1")

    page(actor="lao_wang")
    text = page()

    looked = [line.account for line in cast.journalled("see_subject") if line.about == "person:P-1"]
    assert looked == ["laowang", "xiaoli"]
    assert "今天另有 1 人看过" in text


def test_a_street_worker_of_another_town_is_refused_and_nothing_is_shown(town: InForce) -> None:
    cast.arrived("P-1", unit="west-cell")

    answer = visit(cast.lao_wang()).get(FILE)

    assert answer.status_code == 403
    assert "测*甲" not in answer.content.decode()


def test_what_the_release_waits_for_is_listed(town: InForce) -> None:
    cast.arrived("P-1", days_ago=3)

    text = page()

    assert "解除还差" in text
    assert "三次阴性" in text
    assert "0 / 3" in text


def test_a_test_is_drawn_with_its_result(town: InForce) -> None:
    cast.arrived("P-1", days_ago=3)
    values = {"test": "nucleic_acid", "result": "negative", "resulted_at": NOON - timedelta(hours=20)}
    record_fact("test", "person", "P-1", values, at=NOON - timedelta(days=1), actor=cast.xiao_li(), now=NOON)

    text = page()

    assert "第1次核酸 阴性" in text
    assert "#s-negative" in text


def test_daily_checks_are_cells_and_a_missed_one_is_red(town: InForce) -> None:
    cast.arrived("P-1", days_ago=5)
    values = {"temperature": 36.5, "symptoms": False}
    record_fact("health_check", "person", "P-1", values, at=NOON - timedelta(days=1), actor=cast.xiao_li(), now=NOON)

    text = page()

    assert 'class="check overdue"' in text
    assert ">36.5<" in text


@pytest.mark.parametrize("date", ["opened", "day_one", "stages", "release"])
def test_every_date_says_why(town: InForce, date: str) -> None:
    cast.arrived("P-1", days_ago=3)
    loop = cast.loop("P-1", "high-risk-arrival")

    answer = visit(cast.xiao_li()).get(f"/why/loop/{loop.pk}/{date}", headers=HTMX)

    assert answer.status_code == 200
    assert "条文" in answer.content.decode()


def test_the_reasons_of_an_obligation_come_in_fixed_order(town: InForce) -> None:
    cast.arrived("P-1", days_ago=3)

    text = page(f"/why/{cast.owed('P-1', 'daily-check').pk}")

    places = [text.index(f"<dt>{word}</dt>") for word in ("条文", "起因", "时限", "证据", "结论")]
    assert places == sorted(places)


def test_reasons_of_somebody_elsewhere_are_refused(town: InForce) -> None:
    cast.arrived("P-1", unit="west-cell")

    answer = visit(cast.lao_wang()).get(f"/why/{cast.owed('P-1', 'daily-check').pk}", headers=HTMX)

    assert answer.status_code == 403


def test_a_correction_takes_the_place_of_what_was_said(town: InForce) -> None:
    cast.arrived("P-1", days_ago=3)
    said = Fact.objects.get(kind="placement", subject="P-1")
    address = f"{FILE}correct/{said.id}/"
    form = {"at": "2021-01-07T14:00", "v-place_kind": "isolation_site", "reason": "时间录错", "key": "k"}

    answer = visit(cast.xiao_li()).post(address, form)

    assert answer.status_code == 302
    newer = Fact.objects.get(corrects=said.id)
    assert newer.at.astimezone(NOON.tzinfo).hour == 14
    assert cast.journalled("correct_fact")[0].reason == "时间录错"


def test_a_correction_needs_its_reason(town: InForce) -> None:
    cast.arrived("P-1", days_ago=3)
    said = Fact.objects.get(kind="placement", subject="P-1")
    form = {"at": "2021-01-07T14:00", "v-place_kind": "isolation_site"}

    answer = visit(cast.xiao_li()).post(f"{FILE}correct/{said.id}/", form)

    assert answer.status_code == 422
    assert not Fact.objects.filter(corrects=said.id).exists()


def test_all_records_are_listed_with_what_they_say(town: InForce) -> None:
    cast.arrived("P-1", days_ago=3)

    text = page(f"{FILE}facts/")

    assert "集中隔离点" in text
    assert "测试甲" not in text


def test_the_grid_turns_to_other_days(town: InForce) -> None:
    cast.arrived("P-1", days_ago=3)

    assert ">今天" in page().replace("\n", "").replace(" ", "")
    assert "今天" not in page(f"{FILE}?from=2021-03-01").split("lane days")[1].split("</svg>")[0]


def test_a_place_has_a_file_like_a_person(town: InForce) -> None:
    cast.tell("place", "place", "L-1", {"name": "样板市场", "supervisor": "health"}, at=NOON - timedelta(days=2))

    answer = visit(cast.health_bureau()).get("/subject/place/L-1/")

    assert answer.status_code == 200
    assert "样板市场" in answer.content.decode()


def test_somebody_unknown_has_no_file(town: InForce) -> None:
    assert visit(cast.xiao_li()).get("/subject/person/P-404/").status_code == 404
