"""The grid worker walks from door to door with a phone: done with a tap, also where there is no network."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from lianfang.ledger.models import Fact
from tests import cast
from tests.web.walks.conftest import Opened


def checks(person: str) -> int:
    return Fact.objects.filter(kind="health_check", subject=person).count()


def tap(page: Page, person: str) -> None:
    """The button of today's health check of somebody."""
    number = cast.owed(person, "daily-check", 2).id
    page.locator(f"#o-{number} form button").first.click()


def test_she_completes_what_is_due_today_and_the_page_says_so(window: Opened) -> None:
    for person in ("P-1", "P-2"):
        cast.arrived(person, days_ago=1)
    page = window(cast.grid_worker(), "/today/", phone=True)

    tap(page, "P-1")
    expect(page.locator(".toast")).to_contain_text("撤回")
    tap(page, "P-2")
    expect(page.locator(f"#o-{cast.owed('P-2', 'daily-check', 2).id}")).to_contain_text("撤回")

    assert (checks("P-1"), checks("P-2")) == (1, 1)
    assert cast.owed("P-1", "daily-check", 2).status == "met"


def test_without_network_two_taps_are_kept_and_each_is_sent_once(window: Opened) -> None:
    for person in ("P-1", "P-2"):
        cast.arrived(person, days_ago=1)
    page = window(cast.grid_worker(), "/today/", phone=True)
    page.wait_for_load_state("networkidle")

    page.context.set_offline(True)
    tap(page, "P-1")
    tap(page, "P-2")
    expect(page.locator("[data-waiting]")).to_contain_text("2 项已存本机")
    assert (checks("P-1"), checks("P-2")) == (0, 0)
    page.context.set_offline(False)

    expect(page.locator(".toast", has_text="2 项已上传")).to_be_visible()
    expect(page.locator("[data-waiting]")).to_be_hidden()
    page.wait_for_load_state("networkidle")
    assert (checks("P-1"), checks("P-2")) == (1, 1)


def test_nothing_on_her_screen_is_wider_than_it(window: Opened) -> None:
    cast.arrived("P-1", days_ago=1)
    page = window(cast.grid_worker(), "/today/", phone=True)
    for path in ("/today/", "/today/record/", "/today/search/", "/today/me/", "/subject/person/P-1/"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") == 390, path
