"""Find a person by name, sound, number or telephone, and a place or unit by name; within what the post may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lianfang.acts.in_force import in_force
from lianfang.core.access import acts
from lianfang.core.identity.masking import mask_name
from lianfang.ledger import persons
from lianfang.ledger.models import Person, Subject
from lianfang.ledger.visible import visible
from lianfang.web.door import Asked, door

SIZE = 40


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
    page = persons.search(q, filter=request.scope, after=after, size=SIZE)
    spots = _spots([row.id for row in page.persons])
    return tuple(_person(row, spots.get(row.id, "")) for row in page.persons), page.following


def _spots(ids: list[str]) -> dict[str, str]:
    rows = Subject.objects.filter(kind="person", subject__in=ids).values_list("subject", "spot")
    return dict(rows)


def _person(row: Person, spot: str) -> Found:
    note = " ".join(part for part in (row.number_masked, row.phone_masked) if part)
    return Found("person", row.id, mask_name(row.name), spot, note)


def find_others(request: Asked, q: str) -> tuple[Found, ...]:
    """Places, units, lots … whose name holds the words."""
    named = Subject.objects.filter(Q(name__contains=q) | Q(subject=q), kind__in=other_kinds(request.now))
    rows = visible(named, request.scope).order_by("kind", "subject")[:SIZE]
    return tuple(Found(row.kind, row.subject, row.name or row.subject, row.spot) for row in rows)


def other_kinds(now: datetime) -> list[str]:
    """The kinds of subject that the plan in force knows besides people: few enough to be looked through by name."""
    return sorted({kind.subject for kind in in_force(now).plan.kinds.values()} - {"person"})
