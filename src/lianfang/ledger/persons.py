"""Finding somebody in the register, and joining two records that are one person; both can be undone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet

from lianfang.core.access.filter import Filter
from lianfang.core.identity.numbers import normalise_number
from lianfang.core.identity.phones import normalise_phone
from lianfang.ledger.models import Person
from lianfang.ledger.sealed import lookup_key
from lianfang.ledger.visible import visible

MOST = 200
_NUMBER = re.compile(r"(?=(?:.*\d){5})[\d\s\-+A-Za-z#×]+")
_SPELT = re.compile(r"[A-Za-zÀ-ÿ' ]+")


@dataclass(frozen=True, slots=True)
class Page:
    """Some persons in the order of their ids; `following` is what to ask on with, empty at the end."""

    persons: tuple[Person, ...]
    following: str


def search(text: str, *, filter: Filter, after: str = "", size: int = 50) -> Page:
    """The persons whom a text may mean: a name or its beginning, how it sounds (`zhangsan`, `zs`), a whole number.

    Only those the filter lets through, `size` at a time (at most 200), from the id `after` on: who is registered
    meanwhile neither doubles nor hides anybody. Records that became part of another are left out.
    """
    most = max(1, min(size, MOST))
    seen: QuerySet[Person] = visible(Person.objects.filter(asked_for(text), merged_into=""), filter)
    found = list(seen.filter(id__gt=after).order_by("id")[: most + 1])
    return Page(tuple(found[:most]), found[most - 1].id if len(found) > most else "")


def exactly(text: str, most: int = 5) -> list[Person]:
    """The persons with this whole document number, telephone or record number, wherever they live; none for a part.

    For whoever has somebody in front of her that she may not look up by name.
    """
    asked = " ".join(text.split())
    if not asked:
        return []
    found = Q(id=asked)
    if _NUMBER.fullmatch(asked):
        found |= Q(number_key=lookup_key(normalise_number(asked))) | Q(phone_key=lookup_key(normalise_phone(asked)))
    return list(Person.objects.filter(found, merged_into="").order_by("id")[:most])


def asked_for(text: str) -> Q:
    """The condition behind a search text; nothing asked for finds everybody.

    Numbers are found whole only: they are sealed, and a part of one finds nobody.
    """
    asked = " ".join(text.split())
    if not asked:
        return Q()
    if _NUMBER.fullmatch(asked):
        number, phone = lookup_key(normalise_number(asked)), lookup_key(normalise_phone(asked))
        return Q(number_key=number) | Q(phone_key=phone) | Q(id=asked)
    if _SPELT.fullmatch(asked):
        plain = asked.lower().replace(" ", "").replace("'", "")
        return Q(sound__startswith=plain) | Q(sound__contains=f" {plain}") | Q(name__istartswith=asked)
    return _named(asked) | Q(id=asked)


def _named(asked: str) -> Q:
    """The index knows three characters in a row, and two at an end: enough for the names of people."""
    if len(asked) == 1:
        return Q(name__startswith=asked)
    if len(asked) == 2:
        return Q(name__startswith=asked) | Q(name__endswith=asked)
    return Q(name__contains=asked)


def join(kept: str, merged: str) -> bool:
    """The record `merged` becomes part of `kept`; False if either is already part of another: somebody was faster.

    Facts stay where they were said and are read under the one that stands, so that `part` takes it back exactly.
    """
    with transaction.atomic():
        rows = Person.objects.select_for_update().filter(id__in=[kept, merged]).order_by("id")
        standing = {person.id for person in rows if not person.merged_into}
        if kept == merged or standing != {kept, merged}:
            return False
        return Person.objects.filter(id=merged).update(merged_into=kept) == 1


def part(kept: str, merged: str) -> bool:
    """Take a join back; False if it does not stand any more."""
    return Person.objects.filter(id=merged, merged_into=kept).update(merged_into="") == 1
