"""A window of the system's browser in which somebody of the cast has signed in; its console must stay clean."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page

from tests.web.clock import noon

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from pytest_django.live_server_helper import LiveServer

    from lianfang.acts.in_force import InForce
    from lianfang.core.access.actor import Actor

__all__ = ["noon"]

Opened = Callable[..., Page]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}


@pytest.fixture
def window(transactional_db: None, browser: Browser, town: InForce, live_server: LiveServer) -> Iterator[Opened]:
    """Opens a page for an actor (None: nobody has signed in); an error on any console fails the walk."""
    contexts, errors = [], []

    def opened(actor: Actor | None, path: str, *, phone: bool = False) -> Page:
        context = browser.new_context(
            viewport=PHONE if phone else DESK, has_touch=phone, locale="zh-CN", base_url=live_server.url
        )
        contexts.append(context)
        if actor is not None:
            from django.conf import settings

            from tests.web.today.visit import visit

            name = settings.SESSION_COOKIE_NAME
            context.add_cookies([{"name": name, "value": visit(actor).cookies[name].value, "url": live_server.url}])
        page = context.new_page()
        page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda fault: errors.append(str(fault)))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [text for text in errors if "ERR_INTERNET_DISCONNECTED" not in text] == []
