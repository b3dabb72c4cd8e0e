"""Pictures of the main pages of the made-up district, from a server that runs: `screens.py ADDRESS ACCOUNTS [NAME…]`.

ACCOUNTS is the accounts.json that the demo wrote. The pictures go to docs/screenshots, in few colours to be small.
"""

from __future__ import annotations

import io
import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).parent.parent / "screenshots"
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--lang=zh-CN",
]
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
COLOURS = 256


@dataclass(frozen=True)
class Shot:
    """One picture: who looks at which page, on what, in which language; `follow` is a link to press first."""

    name: str
    account: str
    path: str
    follow: str = ""
    phone: bool = False
    english: bool = False


PERSON = "main a[href^='/subject/person/']"
SHOTS = (
    Shot("board", "zhihui", "/board/"),
    Shot("plan", "zhihui", "/plan/"),
    Shot("plan-en", "zhihui", "/plan/", english=True),
    Shot("clause", "zhihui", "/plan/", follow="main table a[href*='/plan/clause/']"),
    Shot("today-department", "weijian", "/today/"),
    Shot("today-disease-control", "jikong", "/today/"),
    Shot("today-disease-control-en", "jikong", "/today/", english=True),
    Shot("person", "jikong", "/register/person/?figure=held", follow=PERSON),
    Shot("register", "jikong", "/register/person/"),
    Shot("obligations", "bangong", "/register/obligation/?status=overdue"),
    Shot("tasks", "bangong", "/tasks/"),
    Shot("supervision", "ducha", "/supervision/?of=done"),
    Shot("organisation", "bangong", "/organisation/"),
    Shot("papers", "jikong", "/papers/issue/isolation_notice/"),
    Shot("plans", "bangong", "/plans/"),
    Shot("intake", "jikong", "/intake/"),
    Shot("journal", "shenji", "/journal/"),
    Shot("guide", "", "/guide/"),
    Shot("phone-today", "wangge", "/today/", phone=True),
    Shot("phone-record", "wangge", "/today/record/", phone=True),
    Shot("phone-person", "wangge", "/today/", follow=PERSON, phone=True),
    Shot("phone-own", "jumin", "/own/", phone=True),
    Shot("phone-verify", "", "/v/", phone=True),
    Shot("phone-board", "zhihui", "/board/", phone=True),
)


def main(address: str, accounts: str, *names: str) -> None:
    """Take the pictures that were named, or all."""
    known = {row["account"]: row["password"] for row in json.loads(Path(accounts).read_text(encoding="utf-8"))}
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=shutil.which("chromium"), args=ARGS)
        for shot in SHOTS:
            if not names or shot.name in names:
                _take(browser, shot, address, known)
        browser.close()


def tell(*words: str) -> None:
    """One line for whoever waits."""
    sys.stdout.write(" ".join(words) + "\n")


def _take(browser: Browser, shot: Shot, address: str, known: dict[str, str]) -> None:
    context = browser.new_context(viewport=PHONE if shot.phone else DESK, locale="zh-CN", base_url=address)
    if shot.english:
        context.add_cookies([{"name": "django_language", "value": "en", "url": address}])
    page = context.new_page()
    page.on("console", lambda said: tell(shot.name, said.text[:300]) if said.type == "error" else None)
    if shot.account:
        _sign_in(page, shot.account, known[shot.account])
    status = page.goto(shot.path)
    if shot.follow:
        page.goto(page.locator(shot.follow).first.get_attribute("href") or "")
    page.wait_for_load_state("networkidle")
    size = _keep(page.screenshot(animations="disabled"), FOLDER / f"{shot.name}.png")
    tell(shot.name, str(status.status if status else ""), f"{size // 1024} KB")
    context.close()


def _sign_in(page: Page, account: str, password: str) -> None:
    page.goto("/account/login/")
    page.fill("input[name=login]", account)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "/login/" not in url)


def _keep(picture: bytes, file: Path) -> int:
    """In few colours, the rare ones kept: a red mark must stay red."""
    image = Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE)
    image.save(file, optimize=True)
    return file.stat().st_size


if __name__ == "__main__":
    main(*sys.argv[1:])
