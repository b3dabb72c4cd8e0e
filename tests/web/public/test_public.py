"""Pages without an account: valid or not and the date, nothing about anybody; nobody tries codes for long."""

from __future__ import annotations

import pytest
from django.test import Client

from lianfang.acts.draft_bulletin import draft_bulletin
from lianfang.acts.in_force import InForce
from lianfang.acts.issue_paper import issue_paper
from lianfang.acts.release_bulletin import release_bulletin
from lianfang.core.access.actor import Duty
from lianfang.ledger.models import Paper
from lianfang.web.public.often import A_MINUTE
from tests import cast
from tests.cast import NOON


def code() -> str:
    cast.arrived("P-1")
    about = str(cast.loop("P-1", "high-risk-arrival").pk)
    number = issue_paper("isolation_notice", about, actor=cast.xiao_li(), now=NOON)
    return str(Paper.objects.get(pk=number).code)


def test_a_valid_paper_is_valid_and_says_its_day_and_nobody(town: InForce) -> None:
    text = Client().get(f"/v/{code()}").content.decode()

    assert "<h1>有效</h1>" in text
    assert "2021-01-10" in text
    for secret in ("测试甲", "P-1", "隔离通知", "东镇", "high-risk"):
        assert secret not in text


@pytest.mark.parametrize("asked", ["A-00-11", "nonsense", "甲乙丙", "x" * 300])
def test_anything_else_is_not_valid(town: InForce, asked: str) -> None:
    answer = Client().get(f"/v/{asked}")

    assert answer.status_code == 200
    assert "<h1>无效</h1>" in answer.content.decode()


def test_a_code_typed_by_hand_leads_to_its_page(town: InForce) -> None:
    printed = code()

    answer = Client().get("/v/", {"code": f" {printed.lower()} "}, follow=True)

    assert "<h1>有效</h1>" in answer.content.decode()


def test_one_address_does_not_try_codes_for_long(town: InForce) -> None:
    visitor = Client()

    answers = [visitor.get(f"/v/A-00-{number}").status_code for number in range(A_MINUTE + 2)]

    assert answers == [200] * A_MINUTE + [429] * 2
    assert Client(REMOTE_ADDR="192.0.2.7").get("/v/A-00-1").status_code == 200


def test_the_answer_is_kept_by_no_cache(town: InForce) -> None:
    assert Client().get("/v/A-00-1")["Cache-Control"] == "no-store"


def test_the_front_shows_released_bulletins_only(town: InForce) -> None:
    number = draft_bulletin("第1期通报", ["勤洗手"], actor=cast.office(), now=NOON)
    assert "第1期通报" not in Client().get("/").content.decode()

    second = cast.officer("laozheng", "headquarters", Duty.COMMAND)
    release_bulletin(number, actor=second, now=NOON)

    text = Client().get("/").content.decode()
    assert "第1期通报" in text
    assert "勤洗手" in text
    assert "老郑" not in text


def test_who_has_signed_in_is_led_from_the_front_to_the_own_work(town: InForce) -> None:
    from tests.web.today.visit import visit

    assert visit(cast.lao_wang()).get("/").status_code == 302
