"""The rooms of a site, and one person who stays in a room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from lianfang.acts.in_force import in_force
from lianfang.acts.known import subject_of
from lianfang.acts.place_person import person_at
from lianfang.acts.release_person import what_keeps
from lianfang.core.access import acts
from lianfang.core.access.may import may
from lianfang.ledger import journal
from lianfang.ledger.models import Placement, Room, Unit
from lianfang.web.door import Asked, door
from lianfang.web.rooms.staying import Beds, Spot, beds_of, guests, sites, spots
from lianfang.web.today.owed import day_of

SIZE = 60
MOST_FREE = 300
SETS = ("all", "taken", "free", "leaving")


@dataclass(frozen=True, slots=True)
class Listed:
    """The rooms of one site that were asked for, from where the next page goes on, and its beds altogether."""

    site: Unit
    chosen: str
    rooms: tuple[Spot, ...]
    more: str
    beds: Beds


@door(acts.PLACE_PERSON)
@require_safe
def rooms(request: Asked) -> HttpResponse:
    """Every room of a site: who is in it, until when, who leaves today, where a bed is free."""
    known = sites(request.scope)
    site = _site(request, known)
    context = {
        "sites": known,
        "listed": listed(request, site) if site is not None else None,
        "sets": [(key, words()[key]) for key in SETS],
        "q": request.GET.get("q", ""),
    }
    return render(request, "rooms/rooms.html", context)


def words() -> Mapping[str, str]:
    """How the parts of the list are called."""
    return {
        "all": gettext("全部"),
        "taken": gettext("有人"),
        "free": gettext("空床"),
        "leaving": gettext("今天可走"),
    }


def _site(request: Asked, known: list[Unit]) -> Unit | None:
    """The site asked for, else the post's own, else the first."""
    asked = request.GET.get("site") or request.actor.unit
    return next((site for site in known if site.pk == asked), known[0] if known else None)


def listed(request: Asked, site: Unit) -> Listed:
    """One page of the rooms of a site."""
    chosen = request.GET.get("of", "")
    chosen = chosen if chosen in SETS else "all"
    every = spots(in_force(request.now), site.pk)
    until = day_of(request.now).end
    q, after = request.GET.get("q", "").strip(), request.GET.get("after", "")
    found = [room for room in every if _chosen(room, chosen, until) and room.name.startswith(q) and room.name > after]
    shown = found[:SIZE]
    more = shown[-1].name if len(found) > SIZE else ""
    return Listed(site, chosen, tuple(shown), more, beds_of(every, until))


def _chosen(room: Spot, chosen: str, until: datetime) -> bool:
    match chosen:
        case "taken":
            return bool(room.guests)
        case "free":
            return room.free > 0
        case "leaving":
            return any(not guest.kept or (guest.until is not None and guest.until <= until) for guest in room.guests)
    return True


@door(acts.RELEASE_PERSON)
@require_safe
def stay(request: Asked, person: str) -> HttpResponse:
    """One person in a room: since when, what keeps her, which rooms are free."""
    return show_stay(request, person)


def show_stay(
    request: Asked, person: str, wrong: str = "", missing: tuple[str, ...] = (), status: int = 200
) -> HttpResponse:
    """The page of a stay, with why something was not done."""
    placed = stay_of(request, person)
    force = in_force(request.now)
    context = {
        "guest": guests(force, [placed])[0],
        "room": placed.room,
        "keeps": list(what_keeps(force, person)),
        "free": free_rooms(placed.room),
        "wrong": wrong,
        "missing": missing,
    }
    journal.view(request.actor, f"person:{person}", now=request.now)
    return render(request, "rooms/stay.html", context, status=status)


def stay_of(request: Asked, person: str) -> Placement:
    """Where somebody is placed now, if the post may see to her there; otherwise not found."""
    placed = Placement.objects.select_related("room__unit").filter(person=person, during__upper_inf=True).first()
    if placed is None:
        raise Http404(person)
    if not may(request.actor, acts.RELEASE_PERSON, person_at(subject_of("person", person), placed.room.unit_id)):
        raise Http404(person)
    return placed


def free_rooms(room: Room) -> list[Room]:
    """The rooms of the same site with nobody in them, bounded."""
    taken = Placement.objects.filter(room__unit=room.unit_id, during__upper_inf=True).values("room")
    return list(Room.objects.filter(unit=room.unit_id, in_use=True).exclude(pk__in=taken).order_by("name")[:MOST_FREE])
