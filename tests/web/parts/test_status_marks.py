"""A status is always a shape and a word, and no two statuses share a shape."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import engines
from django.utils import translation

from lianfang.core.obligations.words import LoopState, Status
from lianfang.web.parts import status

SPRITE = Path(status.__file__).parent / "templates" / "parts" / "sprite.html"


def drawn() -> dict[str, str]:
    """Shapes by name, with what is drawn."""
    return dict(re.findall(r'<symbol id="s-(\w+)"[^>]*>(.*?)</symbol>', SPRITE.read_text(encoding="utf-8")))


def rendered(source: str, **context: object) -> str:
    return engines["django"].from_string(source).render(context)


@pytest.mark.parametrize("word", [s.name.lower() for s in Status] + [s.name.lower() for s in LoopState] + ["held"])
def test_every_status_of_the_kernel_has_a_word_and_a_shape(word: str) -> None:
    assert status.word(word)
    assert status.shape(word) in drawn()


def test_no_two_statuses_of_an_obligation_or_an_import_look_the_same() -> None:
    shapes = [drawn()[status.shape(word)] for word in (*status.OBLIGATION, *status.IMPORT)]
    assert len(set(shapes)) == len(shapes)


def test_a_mark_carries_its_word_and_its_count() -> None:
    mark = rendered("{% mark 'overdue' 1444 %}")
    assert "逾期 1,444" in mark
    assert 'href="#s-overdue"' in mark


def test_a_mark_speaks_english_when_the_page_does() -> None:
    with translation.override("en"):
        assert "overdue" in rendered("{% mark 'overdue' %}").split(">")[-2]


def test_a_shape_alone_has_its_word_as_label() -> None:
    assert 'aria-label="待补"' in rendered("{% shape 'held' %}")


def test_nothing_overdue_is_a_quiet_zero() -> None:
    assert "mark" not in rendered("{% trouble 0 %}")
    assert "逾期" in rendered("{% trouble 3 %}")


def test_an_unknown_status_is_refused_and_the_known_ones_are_named() -> None:
    with pytest.raises(ValueError, match=r"'urgent'.*overdue"):
        status.word("urgent")


def test_a_word_from_outside_cannot_bring_markup() -> None:
    assert "<b>" not in rendered("{% mark 'due' None '' word %}", word="<b>x")
