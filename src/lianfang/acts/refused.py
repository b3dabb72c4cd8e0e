"""The answer of an act that may not or cannot be done: why, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable

from lianfang.core.access.may import Verdict
from lianfang.core.complaint import Complaint


class Refused(Exception):
    """An act was refused: the reason in Chinese and English, and what is missing (the same words for both).

    `forbidden` tells "you may not" from "it cannot be done like this".
    """

    def __init__(self, zh: str, en: str, missing: Iterable[str] = (), *, forbidden: bool = False) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh = zh
        self.en = en
        self.missing = tuple(missing)
        self.forbidden = forbidden

    def said(self, language: str) -> str:
        """The reason in one language (`zh-hans`, `en` …)."""
        return self.en if language.startswith("en") else self.zh


def demand(verdict: Verdict) -> None:
    """Stop the act unless the verdict allows it."""
    if not verdict.allowed:
        raise Refused(verdict.zh, verdict.en, forbidden=True)


def refuse_complaints(complaints: Iterable[Complaint]) -> None:
    """Stop the act if anything is wrong with its facts; everything that is wrong is said at once."""
    found = tuple(complaints)
    if found:
        zh = "；".join(complaint.show("zh") for complaint in found)
        raise Refused(zh, "; ".join(complaint.show("en") for complaint in found))
