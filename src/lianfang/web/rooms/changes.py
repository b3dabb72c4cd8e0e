"""What a site's manager does: admit somebody, move her to another room, release her."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST

from lianfang.acts.known import subject_of
from lianfang.acts.move_person import move_person
from lianfang.acts.place_person import person_at, place_person
from lianfang.acts.refused import Refused
from lianfang.acts.release_person import release_person
from lianfang.core.access import acts
from lianfang.core.access.may import may
from lianfang.core.identity.masking import mask_name
from lianfang.ledger import journal
from lianfang.ledger.models import Person, Room
from lianfang.ledger.persons import exactly
from lianfang.ledger.visible import visible
from lianfang.web.door import Asked, door
from lianfang.web.rooms.views import show_stay, stay_of


@door(acts.PLACE_PERSON)
@require_http_methods(["GET", "POST"])
def admit(request: Asked, room: int) -> HttpResponse:
    """Find somebody by a whole number and admit her to a room."""
    found = visible(Room.objects.filter(pk=room), request.scope).select_related("unit").first()
    if found is None:
        raise Http404(str(room))
    if request.method == "POST":
        return _admit(request, found)
    return _ask(request, found)


def _ask(request: Asked, room: Room, wrong: str = "", status: int = 200) -> HttpResponse:
    q = request.GET.get("q", "").strip()
    people = [(one, mask_name(one.name)) for one in exactly(q)] if q else []
    for one, _ in people:
        journal.view(request.actor, f"person:{one.pk}", now=request.now)
    context = {"room": room, "q": q, "people": people, "wrong": wrong}
    return render(request, "rooms/admit.html", context, status=status)


def _admit(request: Asked, room: Room) -> HttpResponse:
    person, key = request.POST.get("person", ""), request.POST.get("key", "")
    try:
        if not Person.objects.filter(pk=person).exists():
            raise Refused("没有这个人；请先用证件号或电话查找。", "There is no such person; find her by number first.")
        place_person(person, room.pk, actor=request.actor, now=request.now, key=key)
    except Refused as why:
        return _ask(request, room, why.said(get_language() or ""), 422)
    messages.success(request, gettext("已入住 %(room)s") % {"room": room.name})
    return redirect(f"{reverse('rooms')}?site={room.unit_id}")


@door(acts.MOVE_PERSON)
@require_POST
def move(request: Asked, person: str) -> HttpResponse:
    """Move somebody into another room of the site."""
    placed = stay_of(request, person)
    asked = request.POST.get("room", "")
    room, why, key = int(asked) if asked.isdecimal() else 0, request.POST.get("why", ""), request.POST.get("key", "")
    other = Room.objects.filter(pk=room).first()
    if other is not None and not may(
        request.actor, acts.PLACE_PERSON, person_at(subject_of("person", person), other.unit_id)
    ):
        raise Http404(asked)
    done = gettext("已换房")
    return _step(
        request,
        person,
        placed.room.unit_id,
        lambda: move_person(person, room, why, actor=request.actor, now=request.now, key=key),
        done,
    )


@door(acts.RELEASE_PERSON)
@require_POST
def release(request: Asked, person: str) -> HttpResponse:
    """Let somebody go; refused, the page says what is still missing."""
    placed, key = stay_of(request, person), request.POST.get("key", "")
    done = gettext("已解除，床位已空出")
    return _step(
        request,
        person,
        placed.room.unit_id,
        lambda: release_person(person, actor=request.actor, now=request.now, key=key),
        done,
    )


def _step(request: Asked, person: str, site: str, do: Callable[[], object], told: str) -> HttpResponse:
    try:
        do()
    except Refused as why:
        return show_stay(request, person, why.said(get_language() or ""), tuple(why.missing), 422)
    messages.success(request, told)
    return redirect(f"{reverse('rooms')}?site={site}")
