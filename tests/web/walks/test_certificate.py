"""Somebody shows a paper; anybody can see that it is valid, and nothing else about anybody."""

from __future__ import annotations

from playwright.sync_api import expect

from lianfang.acts.issue_paper import issue_paper
from lianfang.acts.withdraw_paper import withdraw_paper
from lianfang.ledger.models import Loop, Paper
from tests import cast
from tests.cast import NOON
from tests.web.walks.conftest import Opened


def issued() -> Paper:
    cast.arrived("P-1", days_ago=1)
    loop = Loop.objects.filter(subject="P-1", state="running")[0]
    number = issue_paper("isolation_notice", str(loop.pk), actor=cast.xiao_li(), now=NOON)
    return Paper.objects.get(pk=number)


def test_a_code_typed_from_a_paper_is_valid_and_names_nobody(window: Opened) -> None:
    paper = issued()
    page = window(None, "/v/", phone=True)

    page.locator("#code").fill(paper.code)
    page.locator("main button.primary, form button.primary").first.click()

    expect(page.locator("h1")).to_have_text("有效")
    expect(page.locator("body")).not_to_contain_text("测")


def test_a_paper_that_was_withdrawn_is_not_valid(window: Opened) -> None:
    paper = issued()
    withdraw_paper(paper.pk, "信息有误", actor=cast.xiao_li(), now=NOON)
    page = window(None, f"/v/{paper.code}", phone=True)

    expect(page.locator("h1")).to_have_text("无效")
    expect(page.locator("body")).to_contain_text("作废")


def test_a_made_up_code_is_not_valid(window: Opened) -> None:
    page = window(None, "/v/AAAA-AAAA-AAAA", phone=True)
    expect(page.locator("h1")).to_have_text("无效")
