"""The clock of the pages stands at noon of the day of the made-up town."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whoever asks for the time is told noon; what earlier tests left in the cache is forgotten."""
    from django.core.cache import cache

    from tests.cast import NOON

    cache.clear()
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    yield
    cache.clear()
