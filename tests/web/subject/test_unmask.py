"""Showing an identity: reason and matter first, ten minutes, in the journal; not for everybody."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lianfang.acts.in_force import InForce
from tests import cast
from tests.cast import NOON
from tests.web.today.visit import visit

ASK, FILE = "/subject/person/P-1/unmask/", "/subject/person/P-1/"
GIVEN = {"reason": "call", "matter": "首次采样"}


def test_with_reason_and_matter_the_file_shows_the_name(town: InForce) -> None:
    cast.arrived("P-1")
    client = visit(cast.xiao_li())

    assert client.post(ASK, GIVEN).status_code == 302

    assert "测试甲" in client.get(FILE).content.decode()


def test_who_when_why_stand_in_the_journal(town: InForce) -> None:
    cast.arrived("P-1")

    visit(cast.xiao_li()).post(ASK, GIVEN)

    (line,) = cast.journalled("unmask")
    assert (line.account, line.about, line.at) == ("xiaoli", "person:P-1", NOON)
    assert "打电话通知本人" in line.reason
    assert "首次采样" in line.reason


def test_after_ten_minutes_it_is_covered_again(town: InForce, monkeypatch: pytest.MonkeyPatch) -> None:
    cast.arrived("P-1")
    client = visit(cast.xiao_li())
    client.post(ASK, GIVEN)

    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON + timedelta(minutes=11))

    assert "测试甲" not in client.get(FILE).content.decode()


@pytest.mark.parametrize("given", [{}, {"reason": "call"}, {"matter": "采样"}, {"reason": "other", "matter": "采样"}])
def test_without_reason_or_matter_nothing_is_shown_and_it_says_what_is_missing(
    town: InForce, given: dict[str, str]
) -> None:
    cast.arrived("P-1")
    client = visit(cast.xiao_li())

    answer = client.post(ASK, given)

    assert answer.status_code == 422
    assert 'class="wrong"' in answer.content.decode()
    assert "测试甲" not in client.get(FILE).content.decode()
    assert not cast.journalled("unmask")


def test_a_grid_worker_may_not_unmask(town: InForce) -> None:
    cast.arrived("P-1")

    assert visit(cast.grid_worker()).post(ASK, GIVEN).status_code == 403


def test_nor_may_another_town(town: InForce) -> None:
    cast.arrived("P-1", unit="west-cell")

    assert visit(cast.lao_wang()).post(ASK, GIVEN).status_code == 403


def test_the_sheet_names_the_person_masked_and_the_matter_at_hand(town: InForce) -> None:
    cast.arrived("P-1", days_ago=3)

    text = visit(cast.xiao_li()).get(ASK).content.decode()

    assert "测*甲" in text
    assert "测试甲" not in text
    assert "显示 10 分钟" in text
