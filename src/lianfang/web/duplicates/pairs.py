"""Two records side by side as the page shows them, masked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from lianfang.acts.likely_same import Pair
from lianfang.core.identity.masking import mask_name
from lianfang.ledger.models import Merge, Person, Unit
from lianfang.web.parts.said import one_of
from lianfang.web.subject.called import PERSON, called


@dataclass(frozen=True, slots=True)
class Side:
    """One record: masked name, number and telephone, date of birth, unit, since when it is registered."""

    id: str
    name: str
    number: str
    phone: str
    born_on: date | None
    unit: str
    registered_at: datetime


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two records, how likely they are one person (0-100), and the reasons for (True) and against."""

    number: int
    a: Side
    b: Side
    score: int
    reasons: tuple[tuple[bool, str], ...]


@dataclass(frozen=True, slots=True)
class MergeRow:
    """A join: number, the record that stays and the one that became part of it, why, by whom, and if taken back."""

    pk: int
    kept: str
    kept_name: str
    merged: str
    reason: str
    at: datetime
    by: str
    undone_at: datetime | None


def pair_rows(pairs: Iterable[Pair]) -> tuple[PairRow, ...]:
    """The pairs for the page."""
    every = tuple(pairs)
    units = dict(
        Unit.objects.filter(pk__in={p.unit for pair in every for p in (pair.a, pair.b)}).values_list("id", "name")
    )
    return tuple(
        PairRow(
            number,
            _side(pair.a, units),
            _side(pair.b, units),
            pair.likeness.score,
            tuple((reason.weight > 0, one_of(reason.zh, reason.en)) for reason in pair.likeness.reasons),
        )
        for number, pair in enumerate(every, 1)
    )


def _side(person: Person, units: dict[str, str]) -> Side:
    return Side(
        person.id,
        mask_name(person.name),
        person.number_masked,
        person.phone_masked,
        person.born_on,
        units.get(person.unit, person.unit),
        person.registered_at,
    )


def merge_rows(merges: Iterable[Merge]) -> tuple[MergeRow, ...]:
    """The joins for the page."""
    every = tuple(merges)
    names = called((PERSON, row.kept) for row in every)
    return tuple(
        MergeRow(r.pk, r.kept, names[(PERSON, r.kept)], r.merged, r.reason, r.at, r.by, r.undone_at) for r in every
    )
