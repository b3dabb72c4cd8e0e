"""The queue of records that are likely one person, and saying of two that they are not."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from lianfang.acts.known import PERSON, about, check, subject_of, thing_of
from lianfang.acts.refused import Refused
from lianfang.acts.register_person import record_of
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import MERGE_PERSONS
from lianfang.core.access.filter import Filter
from lianfang.core.identity.candidates import MOST_IN_A_BLOCK, likely_same
from lianfang.core.identity.likely import Likeness
from lianfang.ledger import journal
from lianfang.ledger.models import Alert, Person
from lianfang.ledger.visible import visible

APART = "not-the-same"
MOST_BLOCKS = 500
"""So many shared numbers, telephones, names with a birthday are looked at for one page of the queue."""

KEYS: tuple[tuple[str, ...], ...] = (("number_key",), ("phone_key",), ("name", "born_on"))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records side by side, how likely they are one person and why."""

    a: Person
    b: Person
    likeness: Likeness


def queue_of_pairs(filter: Filter, most: int = 50) -> tuple[Pair, ...]:
    """The pairs within a jurisdiction that somebody should decide, the likeliest first.

    Records that share a number, a telephone, or a name with its date of birth are compared; pairs somebody called two
    persons are left out.
    """
    people = visible(Person.objects.filter(merged_into=""), filter)
    found = {person.id: person for key in KEYS for person in _sharing(people, key)}
    pairs = likely_same(record_of(person) for person in found.values()).pairs
    apart = _apart(found.keys())
    open_pairs = (like for like in pairs if (like.a, like.b) not in apart)
    return tuple(Pair(found[like.a], found[like.b], like) for like in list(open_pairs)[:most])


def keep_apart(a: str, b: str, reason: str, *, actor: Actor, now: datetime) -> bool:
    """Say that two records are two persons, so that they are not asked about again; False if that is known already."""
    if not reason.strip():
        raise Refused("请写明为什么不是同一人。", "Say why they are not one person.")
    first, second = sorted((a, b))
    for person in (first, second):
        check(actor, MERGE_PERSONS, thing_of(subject_of(PERSON, person), now))
    if _apart((first, second)):
        return False
    with transaction.atomic():
        pair = {"a": first, "b": second}
        Alert.objects.create(
            kind=APART, text=reason.strip()[:2000], details=pair, at=now, closed_at=now, closed_by=actor.account
        )
        details = {**pair, "same": False}
        journal.write(actor, MERGE_PERSONS, about(PERSON, first), now=now, reason=reason, details=details)
    return True


def _sharing(people: QuerySet[Person], key: tuple[str, ...]) -> Iterator[Person]:
    """Everybody who shares a key with somebody, the first few hundred keys; what a crowd shares says nothing."""
    given = people.exclude(Q(**{f"{key[-1]}__isnull": True}))
    blocks = given.values(*key).annotate(n=Count("id")).filter(n__gt=1, n__lte=MOST_IN_A_BLOCK).order_by(*key)
    for block in blocks[:MOST_BLOCKS]:
        yield from given.filter(**{name: block[name] for name in key}).order_by("id")


def _apart(people: Collection[str]) -> set[tuple[str, str]]:
    asked = list(people)
    rows = Alert.objects.filter(kind=APART, details__a__in=asked, details__b__in=asked)
    return {(details["a"], details["b"]) for details in rows.values_list("details", flat=True)}
