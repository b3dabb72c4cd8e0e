"""Words of a plan in the language of the page."""

from __future__ import annotations

from django.utils.translation import get_language

from lianfang.core.language.measure import Words


def english() -> bool:
    """Whether the page is shown in English."""
    return (get_language() or "").startswith("en")


def said(words: Words) -> str:
    """What people read, in the language of the page."""
    return words.en if english() else words.zh


def one_of(zh: str, en: str) -> str:
    """One of two texts, in the language of the page; the Chinese one where there is no English."""
    return en if english() and en else zh
