"""Which column of a sheet is which column of a kind of fact: proposed with a confidence, corrected by a person."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.fuzz import ratio

from lianfang.core.facts.vocabulary import COMMON, Column, Kind, all_columns
from lianfang.core.intake.aliases import other_words, own_words, plain_head
from lianfang.core.intake.sheet import Head

LEAST_ALIKE = 0.62
NAMING = ("name", "id_type", "id_number", "phone")
"""What tells who a row is about where the kind of fact itself does not say it."""

OURS = frozenset(plain_head(word) for word in ("拒收原因", "reason", "原表行号", "original row"))
"""Heads that this program adds to a sheet of refused rows; they are never imported."""


class Why(StrEnum):
    """Why a column of the sheet is taken for a column of the kind."""

    REMEMBERED = "remembered"
    NAME = "name"
    ALIAS = "alias"
    SIMILAR = "similar"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Match:
    """One column of the sheet and what it is taken for; `column` None: not imported. Confidence from 0 to 1."""

    head: Head
    column: str | None
    confidence: float
    why: Why


@dataclass(frozen=True, slots=True)
class Columns:
    """Every column of a sheet with what it is taken for, and the required columns that no column gives."""

    matches: tuple[Match, ...]
    missing: tuple[Column, ...] = ()

    @property
    def letters(self) -> Mapping[str, str]:
        """Column of the kind -> letter of the sheet."""
        return {match.column: match.head.letter for match in self.matches if match.column is not None}

    @property
    def remembered(self) -> Mapping[str, str | None]:
        """What to keep for the next sheet of the same sender: head -> column, None for not imported."""
        return {plain_head(match.head.full): match.column for match in self.matches}


def targets(kind: Kind, register: Kind | None = None) -> Mapping[str, Column]:
    """Every column a sheet can fill: those of the kind and, for facts about people, those that say who it is.

    `register` is the kind that registers the subject (its name, document and telephone); None if there is none.
    """
    own = {name: column for name, column in all_columns(kind).items() if name not in COMMON}
    if register is None or register.id == kind.id or register.subject != kind.subject:
        return own
    naming = {name: register.columns[name] for name in NAMING if name in register.columns}
    return {**naming, **own}


def propose(
    heads: Iterable[Head],
    kind: Kind,
    register: Kind | None = None,
    remembered: Mapping[str, str | None] | None = None,
) -> Columns:
    """What each column of a sheet is likely to be; what was chosen for this sender before comes first.

    Each column of the kind is given at most once, the surest first. Names of the vocabulary count 1, other words for
    it 0.9, similar words at most 0.8; below 0.62 nothing is proposed.
    """
    written = tuple(heads)
    columns = targets(kind, register)
    offers = [offer for place, head in enumerate(written) for offer in _offers(place, head, columns, remembered or {})]
    chosen: dict[int, Match] = {}
    taken: set[str] = set()
    for confidence, place, column, why in sorted(offers, key=lambda offer: (-offer[0], offer[1])):
        if place not in chosen and (column is None or column not in taken):
            chosen[place] = Match(written[place], column, confidence, why)
            taken |= {column} if column else set()
    matches = (chosen.get(place, Match(head, None, 0.0, Why.NONE)) for place, head in enumerate(written))
    return completed(matches, kind)


def chosen_by_hand(heads: Iterable[Head], choice: Mapping[str, str | None], kind: Kind) -> Columns:
    """The mapping a person chose: letter of the sheet -> column of the kind, None or absent for not imported."""
    picked = ((head, choice.get(head.letter)) for head in heads)
    return completed((Match(head, column, 1.0, Why.REMEMBERED) for head, column in picked), kind)


def completed(matches: Iterable[Match], kind: Kind) -> Columns:
    """A mapping with the required columns it lacks; the subject may be found by its naming columns instead."""
    found = tuple(matches)
    given = {match.column for match in found}
    needed = (column for column in kind.columns.values() if column.required and column.name != kind.subject)
    return Columns(found, tuple(column for column in needed if column.name not in given))


def heads_digest(heads: Iterable[Head]) -> str:
    """What a sheet's heads are remembered under: the same heads in the same order, however they are spaced."""
    return hashlib.sha256("\n".join(plain_head(head.full) for head in heads).encode()).hexdigest()


def _offers(
    place: int, head: Head, columns: Mapping[str, Column], remembered: Mapping[str, str | None]
) -> list[tuple[float, int, str | None, Why]]:
    """What a head may be: confidence, its place, the column, why."""
    words = tuple(dict.fromkeys((plain_head(head.full), plain_head(head.text))))
    kept = remembered.get(words[0], "")
    if words[0] in OURS or kept is None:
        return [(2.0, place, None, Why.REMEMBERED)]
    if kept in columns:
        return [(1.0, place, kept, Why.REMEMBERED)]
    return [
        (confidence, place, name, why)
        for name, column in columns.items()
        for confidence, why in (_alike(words, column),)
        if confidence >= LEAST_ALIKE
    ]


def _alike(words: tuple[str, ...], column: Column) -> tuple[float, Why]:
    """How much a head speaks of a column: its own name, another word for it, a similar word."""
    own, other = own_words(column), other_words(column)
    for number, word in enumerate(words):
        less = 0.01 * number
        if word in own:
            return 1.0 - less, Why.NAME
        if word in other:
            return 0.9 - less, Why.ALIAS
    best = max((ratio(word, known) for word in words if word for known in (*own, *other)), default=0.0)
    return 0.8 * best / 100, Why.SIMILAR
