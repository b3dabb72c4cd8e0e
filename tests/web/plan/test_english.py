"""Plan, reasons, files and registers have their English, and the compiled catalogues are those that are read."""

from __future__ import annotations

import re

import pytest

from tests.web.parts.test_english import marked, written

ROOMS = ("plan", "why", "subject", "register")


@pytest.mark.parametrize("room", ROOMS)
def test_every_marked_word_has_its_english(room: str) -> None:
    assert marked(room) - {zh for zh, en in written(room).items() if en} == set()


@pytest.mark.parametrize("room", ROOMS)
def test_no_english_is_chinese(room: str) -> None:
    assert {en for en in written(room).values() if re.search(r"[一-鿿]", en)} == set()
