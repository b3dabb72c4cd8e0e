"""What is known already about the people or things a sheet speaks of, looked up and handed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Value = str | int | float | bool
"""A value as facts hold it: seconds since 1970 UTC for a time, the value (not the word) of a choice."""


@dataclass(frozen=True, slots=True)
class Correction:
    """Somebody has put a value right by hand: who (in words) and when."""

    by: str
    at: int


@dataclass(frozen=True, slots=True)
class KnownFact:
    """A fact of the kind that stands: its id, its own time, its values, and which of them were corrected by hand."""

    id: str
    at: int
    values: Mapping[str, Value]
    corrected: Mapping[str, Correction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A subject a row may speak of, with its naming values and its facts of the kind.

    `number` and `phone` in their normalised form. For the kind that registers the subject, `facts` holds the one
    registration that stands.
    """

    subject: str
    name: str = ""
    number: str = ""
    phone: str = ""
    facts: tuple[KnownFact, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What has to be looked up before a sheet can be planned: all normalised, each once."""

    subjects: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    references: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """What was found, under the keys that were wanted; a key with nothing found may be absent.

    `names` needs only the names of rows that have neither number nor telephone. `references`: kind of subject ->
    what is written -> its id; a kind of subject that is absent is taken as it is written.
    """

    subjects: Mapping[str, tuple[Candidate, ...]] = field(default_factory=dict)
    numbers: Mapping[str, tuple[Candidate, ...]] = field(default_factory=dict)
    phones: Mapping[str, tuple[Candidate, ...]] = field(default_factory=dict)
    names: Mapping[str, tuple[Candidate, ...]] = field(default_factory=dict)
    references: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
