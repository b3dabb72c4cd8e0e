"""What the scripts of the shell do, in a real browser on the gallery; any error on the console fails."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The system's browser, once for all tests here."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as player:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")  # the browser's driver keeps a loop running in this thread
        browser = player.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A fresh window; what stands on its console as an error afterwards fails the test."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    errors: list[str] = []
    opened = context.new_page()
    opened.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    opened.on("pageerror", lambda fault: errors.append(str(fault)))
    yield opened
    context.close()
    assert errors == []


@pytest.fixture
def desk(page: Page, live_server: LiveServer) -> Page:
    """The gallery as a desk sees it."""
    page.goto(f"{live_server.url}/gallery/")
    return page


@pytest.fixture
def phone(page: Page, live_server: LiveServer) -> Page:
    """The gallery as a phone sees it."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{live_server.url}/gallery/phone/", wait_until="networkidle")
    return page


def test_a_dotted_line_opens_its_reasons_in_order_and_escape_closes_them(desk: Page) -> None:
    desk.locator("[data-why]").first.click()
    reasons = desk.locator("#why")
    expect(reasons).to_be_visible()
    assert reasons.locator("dt").all_inner_texts() == ["条文", "参数", "起因", "时限", "证据", "结论"]
    desk.keyboard.press("Escape")
    expect(reasons).to_be_hidden()


def test_rows_are_walked_ticked_and_asked_about_by_keyboard(desk: Page) -> None:
    for key in ("j", "j", "x"):
        desk.keyboard.press(key)
    expect(desk.locator("[data-row].here")).to_have_count(1)
    expect(desk.locator("[data-row]").nth(1)).to_have_attribute("aria-selected", "true")
    expect(desk.locator("[data-count]")).to_have_text("1")
    desk.keyboard.press("w")
    expect(desk.locator("#why")).to_be_visible()


def test_keys_typed_into_a_field_are_letters(desk: Page) -> None:
    desk.locator("[aria-label='筛选']").press_sequentially("jxk")
    expect(desk.locator("[data-row].here")).to_have_count(0)
    expect(desk.locator("[aria-label='筛选']")).to_have_value("jxk")


def test_the_bulk_bar_comes_with_the_first_tick_and_goes_with_the_last(desk: Page) -> None:
    bar = desk.locator("[data-bulk-bar]")
    expect(bar).to_be_hidden()
    desk.locator("[data-tick-all]").click()
    expect(desk.locator("[data-count]")).to_have_text("5")
    desk.locator("[data-tick-none]").click()
    expect(bar).to_be_hidden()


def test_shift_ticks_the_rows_between(desk: Page) -> None:
    boxes = desk.locator("[data-tick]")
    boxes.nth(0).click()
    boxes.nth(3).click(modifiers=["Shift"])
    expect(desk.locator("[data-count]")).to_have_text("4")


def test_what_follows_an_answer_shows_with_it_and_is_not_sent_without_it(desk: Page) -> None:
    follows = desk.locator("[data-follows]")
    expect(follows).to_be_visible()
    desk.locator("label:has([name=q2][value=yes])").click()
    expect(follows).to_be_hidden()
    expect(follows.locator("input").first).to_be_disabled()


def test_the_question_mark_lists_all_keys(desk: Page) -> None:
    desk.keyboard.press("?")
    expect(desk.locator("dialog#keys")).to_be_visible()
    expect(desk.locator("dialog#keys")).to_contain_text("下一行、上一行")


def test_charts_are_drawn(desk: Page) -> None:
    expect(desk.locator("[data-chart] canvas")).to_have_count(2)


@pytest.mark.parametrize("width", [1440, 720, 390])
def test_nothing_is_wider_than_the_screen(desk: Page, width: int) -> None:
    desk.set_viewport_size({"width": width, "height": 844})
    assert desk.evaluate("document.documentElement.scrollWidth") == width


def test_everything_to_tap_on_the_phone_is_large_enough(phone: Page) -> None:
    low = phone.eval_on_selector_all(
        "main button, main .pills a, .pills a, .next a, .tabs a",
        "all => all.filter(e => e.offsetParent && e.getBoundingClientRect().height < 44).map(e => e.innerText)",
    )
    assert low == []


def test_one_tap_is_told_and_can_be_taken_back(phone: Page) -> None:
    phone.get_by_role("button", name="已采样").click()
    toast = phone.locator(".toast")
    expect(toast).to_contain_text("已记录")
    with phone.expect_request(lambda asked: asked.method == "POST"):
        toast.get_by_role("button", name="撤回").click()


def test_without_network_taps_are_kept_and_sent_once_each_when_it_is_back(phone: Page) -> None:
    sent: list[str] = []
    phone.on("request", lambda asked: sent.append(asked.post_data or "") if asked.method == "POST" else None)
    phone.context.set_offline(True)
    phone.get_by_role("button", name="已采样").click()
    phone.get_by_role("button", name="补记").click()
    expect(phone.locator("[data-waiting]")).to_contain_text("2 项已存本机")
    assert sent == []
    phone.context.set_offline(False)
    expect(phone.locator(".toast", has_text="2 项已上传")).to_be_visible()
    expect(phone.locator("[data-waiting]")).to_be_hidden()
    assert len(sent) == len(set(sent)) == 2
    assert all("key=" in post for post in sent)


def test_what_was_kept_survives_closing_the_page(phone: Page, live_server: LiveServer) -> None:
    phone.context.set_offline(True)
    phone.get_by_role("button", name="已采样").click()
    expect(phone.locator("[data-waiting]")).to_contain_text("1 项已存本机")
    phone.close()
    later = phone.context.new_page()
    phone.context.set_offline(False)
    with later.expect_request(lambda asked: asked.method == "POST"):
        later.goto(f"{live_server.url}/gallery/phone/")
    expect(later.locator(".toast", has_text="1 项已上传")).to_be_visible()
