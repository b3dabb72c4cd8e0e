"""Command goes from a red clause to the name behind it, and asks why."""

from __future__ import annotations

from playwright.sync_api import expect

from lianfang.core.access.actor import Duty
from tests import cast
from tests.web.walks.conftest import Opened


def test_from_a_red_clause_to_a_name_and_the_reason(window: Opened) -> None:
    cast.arrived("P-1", days_ago=3)
    page = window(cast.officer("zhihui", "headquarters", Duty.COMMAND), "/plan/")

    page.locator("main a[href*='/plan/clause/demo:1.3/']").first.click()
    expect(page.locator("main")).to_contain_text("每日健康监测")
    page.locator("main a[href='/subject/person/P-1/']").first.click()

    expect(page.locator("h1")).to_contain_text("测")
    page.locator("[data-why]").first.click()
    expect(page.locator("#why")).to_be_visible()
    expect(page.locator("#why")).to_contain_text("条文")


def test_the_board_opens_without_an_error_and_counts_who_is_managed(window: Opened) -> None:
    cast.arrived("P-1", days_ago=3)
    page = window(cast.officer("zhihui", "headquarters", Duty.COMMAND), "/board/")

    figure = page.locator(".figures a.figure").first
    expect(figure).to_be_visible()
    page.wait_for_load_state("networkidle")
