"""Find a person by name, sound, number or telephone, and a place or unit by name; within what the post may see."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lianfang.core.access import acts
from lianfang.core.identity.masking import mask_name
from lianfang.core.identity.numbers import normalise_number
from lianfang.core.identity.phones import normalise_phone
from lianfang.ledger.models import Person, Subject
from lianfang.ledger.sealed import lookup_key
from lianfang.ledger.visible import visible
from lianfang.web.door import Asked, door

SIZE = 40
SHORTEST = 1
_DIGITS = re.compile(r"[\d\s-]{3,}[\dXx]?")
_LATIN = re.compile(r"[a-zA-Z' ]+")


@dataclass(frozen=True, slots=True)
class Found:
    """One line of the answer: what it is, how it is called, where, and what tells it from its namesakes."""

    kind: str
    id: str
    name: str
    place: str
    note: str = ""


@door(acts.SEE_SUBJECT)
@require_safe
def search(request: Asked) -> HttpResponse:
    """What is found for the words in the box."""
    q = request.GET.get("q", "").strip()[:80]
    after = request.GET.get("after", "")
    people, more = find_people(request, q, after) if q else ((), "")
    others = find_others(request, q) if q and not after else ()
    context = {"q": q, "people": people, "more": more, "others": others}
    return render(request, "today/search.html", context)


def find_people(request: Asked, q: str, after: str = "") -> tuple[tuple[Found, ...], str]:
    """Persons the post may see, in the order of their ids, and after which id the next page begins."""
    seen = visible(Person.objects.filter(merged_into="").filter(asked_for(q)), request.scope)
    rows = list(
        seen.filter(id__gt=after).order_by("id").only("id", "name", "number_masked", "phone_masked")[: SIZE + 1]
    )
    spots = _spots([row.id for row in rows[:SIZE]])
    found = tuple(_person(row, spots.get(row.id, "")) for row in rows[:SIZE])
    return found, found[-1].id if len(rows) > SIZE else ""


def asked_for(q: str) -> Q:
    """What the words may mean: a document number or telephone exactly, the sound of a name, a part of a name, an id."""
    if _DIGITS.fullmatch(q):
        number, phone = lookup_key(normalise_number(q)), lookup_key(normalise_phone(q))
        return Q(number_key=number) | Q(phone_key=phone) | Q(id=q)
    if _LATIN.fullmatch(q):
        return Q(sound__contains=q.lower().strip()) | Q(name__istartswith=q)
    return Q(name__contains=q) | Q(number_key=lookup_key(normalise_number(q))) | Q(id=q)


def _spots(ids: list[str]) -> dict[str, str]:
    rows = Subject.objects.filter(kind="person", subject__in=ids).values_list("subject", "spot")
    return dict(rows)


def _person(row: Person, spot: str) -> Found:
    note = " ".join(part for part in (row.number_masked, row.phone_masked) if part)
    return Found("person", row.id, mask_name(row.name), spot, note)


def find_others(request: Asked, q: str) -> tuple[Found, ...]:
    """Places, units, lots … whose name holds the words."""
    named = Subject.objects.exclude(kind="person").filter(Q(name__contains=q) | Q(subject=q))
    rows = visible(named, request.scope).order_by("kind", "subject")[:SIZE]
    return tuple(Found(row.kind, row.subject, row.name or row.subject, row.spot) for row in rows)
