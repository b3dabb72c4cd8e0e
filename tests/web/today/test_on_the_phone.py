"""A grid worker's round in a real browser of a phone's size: taps, undo, a whole place, no network."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from lianfang.acts.in_force import InForce
from lianfang.ledger.models import Fact
from tests import cast
from tests.web.today.visit import PHONE, visit

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The system's browser, once for all tests here."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as player:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")  # the browser's driver keeps a loop running in this thread
        browser = player.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield browser
        browser.close()


@pytest.fixture
def phone(chromium: Browser, live_server: LiveServer, town: InForce, settings: Settings) -> Iterator[Page]:
    """The grid worker's phone on her list: three neighbours to be checked today."""
    settings.SESSION_EXPIRE_AT_BROWSER_CLOSE = True  # the browser's own clock does not stand at noon of that day
    for person in ("P-1", "P-2", "P-3"):
        cast.arrived(person, days_ago=1)
    signed_in = visit(cast.grid_worker()).cookies
    context = chromium.new_context(viewport={"width": 390, "height": 844}, user_agent=PHONE, locale="zh-CN")
    context.add_cookies([{"name": c.key, "value": c.value, "url": live_server.url} for c in signed_in.values()])
    errors: list[str] = []
    page = context.new_page()
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda fault: errors.append(str(fault)))
    page.goto(f"{live_server.url}/today/", wait_until="networkidle")
    yield page
    context.close()
    assert errors == []


def checks() -> int:
    return Fact.objects.filter(kind="health_check", corrects=None).count()


def tap(page: Page, verb: str) -> None:
    page.get_by_role("button", name=verb, exact=True).first.click()


def test_one_tap_marks_the_row_and_moves_the_bar(phone: Page) -> None:
    before = phone.locator("#standing b").inner_text()

    tap(phone, "正常")

    expect(phone.get_by_role("button", name="撤回").first).to_be_visible()
    expect(phone.locator("#standing b")).not_to_have_text(before)
    assert checks() == 1


def test_undo_brings_the_row_back(phone: Page) -> None:
    open_ = phone.get_by_role("button", name="正常", exact=True)
    many = open_.count()
    tap(phone, "正常")
    expect(open_).to_have_count(many - 1)

    phone.locator(".owed").get_by_role("button", name="撤回").click()

    expect(open_).to_have_count(many)


def test_the_rarer_answer_opens_its_fields_under_the_row(phone: Page) -> None:
    row = phone.locator(".owed.due", has=phone.locator("a.rare")).first
    row.locator("a.rare").click()
    phone.get_by_label("体温").fill("38.4")
    phone.get_by_role("button", name="提交：异常").click()

    expect(phone.locator("#toasts")).to_contain_text("已记录")
    assert Fact.objects.get(kind="health_check").values["temperature"] == 38.4


def test_one_button_does_the_whole_place(phone: Page) -> None:
    phone.get_by_role("button", name="一起提交").first.click()

    expect(phone.locator("#toasts")).to_contain_text("已提交")
    assert checks() == 3


def test_without_network_it_waits_in_the_phone_and_arrives_once(phone: Page) -> None:
    phone.context.set_offline(True)
    tap(phone, "正常")
    expect(phone.locator("[data-waiting]")).to_contain_text("1 项已存本机")
    assert checks() == 0

    phone.context.set_offline(False)

    expect(phone.locator("#toasts")).to_contain_text("1 项已上传")
    assert checks() == 1


def test_everything_to_press_is_large_enough_for_a_thumb(phone: Page) -> None:
    sizes = phone.locator("main .button, .tabs a, .pills a").evaluate_all(
        "all => all.filter(e => e.offsetParent).map(e => Math.round(e.getBoundingClientRect().height))"
    )

    assert sizes
    assert min(sizes) >= 44


def test_nothing_sticks_out_sideways(phone: Page) -> None:
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
