"""The made-up town for the pages, and the system's browser, once a run."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.acts.conftest import town

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]

__all__ = ["browser", "town"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium; without one the walks are skipped and say so."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: install the package chromium to walk the pages")
    from playwright.sync_api import sync_playwright

    with pytest.MonkeyPatch.context() as patch, sync_playwright() as player:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")  # the browser's driver keeps a loop running in this thread
        opened = player.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield opened
        opened.close()
