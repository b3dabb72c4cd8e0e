"""Audit reads who looked at whose file and follows the chain of the journal to its end."""

from __future__ import annotations

from playwright.sync_api import expect

from tests import cast
from tests.web.walks.conftest import Opened


def test_audit_finds_who_looked_and_verifies_the_chain(window: Opened) -> None:
    cast.arrived("P-1", days_ago=1)
    window(cast.lao_wang(), "/subject/person/P-1/")
    page = window(cast.zhao_jie(), "/journal/")

    page.locator("[name=account]").fill("laowang")
    page.get_by_role("button", name="查找").click()
    expect(page.locator("tbody tr[data-row]").first).to_contain_text("老王")
    page.get_by_role("button", name="核对整条链").click()

    expect(page.locator("#verified")).to_contain_text("日志完整")


def test_audit_is_shown_nothing_to_change(window: Opened) -> None:
    cast.arrived("P-1", days_ago=1)
    page = window(cast.zhao_jie(), "/subject/person/P-1/")
    expect(page.locator("main form[method=post]")).to_have_count(0)
