"""The tree of units with one unit beside it, and the page of who is on duty."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lianfang.acts.in_force import in_force
from lianfang.core.access import acts
from lianfang.core.access.may import may
from lianfang.core.access.scope import scope
from lianfang.core.access.thing import Thing
from lianfang.ledger.models import Unit
from lianfang.web.door import Asked, door
from lianfang.web.organisation.appointing_form import AppointForm
from lianfang.web.organisation.duty import on_call, shifts, unmanned
from lianfang.web.organisation.posts import posts_of
from lianfang.web.organisation.statements import statements
from lianfang.web.organisation.tree import tree, units
from lianfang.web.plan.earlier import civil_day


@door(acts.SEE_ORGANISATION)
@require_safe
def organisation(request: Asked) -> HttpResponse:
    """The tree with the own unit opened, else its first unit."""
    rows = units(request.scope)
    own = rows.filter(pk=request.actor.unit).first() or rows.first()
    return show(request, own)


@door(acts.SEE_ORGANISATION)
@require_safe
def unit(request: Asked, unit: str) -> HttpResponse:
    """The tree with one unit opened."""
    chosen = units(request.scope).filter(pk=unit).first()
    if chosen is None:
        raise Http404(unit)
    return show(request, chosen)


def show(request: Asked, chosen: Unit | None, form: AppointForm | None = None, status: int = 200) -> HttpResponse:
    """The page of a unit; `form` with what was wrong in it."""
    force = in_force(request.now)
    context: dict[str, object] = {"tree": tree(request.scope, chosen.pk if chosen else "", request.now), "unit": chosen}
    if chosen is not None:
        figures = scope(request.actor, acts.SEE_FIGURES)
        thing = Thing("unit", chosen.path, chosen.pk, "", "unit", chosen.pk)
        context |= {
            "posts": posts_of(chosen.pk, request.now),
            "statements": statements(force, chosen.pk, figures, request.now),
            "may_appoint": bool(may(request.actor, acts.APPOINT, thing)),
            "form": form or AppointForm(request.now),
            "wrong": form is not None,
        }
    return render(request, "organisation/organisation.html", context, status=status)


@door(acts.SEE_ORGANISATION)
@require_safe
def on_call_page(request: Asked) -> HttpResponse:
    """Who acts in each post now, the gaps first, and the shifts of a day."""
    force = in_force(request.now)
    day = _day(request.GET.get("day", ""), civil_day(request.now, force.plan.zone))
    found = on_call(request.scope, request.now)
    context = {
        "day": day,
        "posts": found,
        "gaps": sum(one.gap for one in found),
        "away": sum(one.why == "away" for one in found),
        "unmanned": unmanned(request.scope, request.now),
        "shifts": shifts(force, scope(request.actor, acts.SEE_FIGURES), day),
    }
    return render(request, "organisation/duty.html", context)


def _day(text: str, today: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return today
