"""The living plan: the tree of its clauses with what is owed, and the sheet of one clause."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import Http404, HttpResponse
from django.shortcuts import render

from lianfang.acts.in_force import InForce, in_force
from lianfang.core.access import acts
from lianfang.ledger.bar import Bar
from lianfang.web.door import Asked as Request
from lianfang.web.door import door
from lianfang.web.plan.around import Around, around, pressing, worst
from lianfang.web.plan.outline import ALL, SHOWS, Chosen, twigs
from lianfang.web.plan.selected import selected
from lianfang.web.plan.sheet import Asked, sheet
from lianfang.web.plan.standing import Pair, standing
from lianfang.web.plan.tree import above, clause_tree, pack_of, packs_of, walk

ON_SCREEN, ON_PAPER = 14, 14


@door(acts.SEE_PLAN)
def plan(request: Request) -> HttpResponse:
    """The whole plan: its tree, and where most is overdue."""
    force, rows = _standing(request)
    packs = packs_of(force.plan)
    wanted = request.GET.get("pack", "")
    pack = wanted if wanted in packs else pressing(force, rows)
    place = _around(request, force, rows, pack, "")
    return render(request, "plan/plan.html", {"around": place, "worst": worst(force, rows)})


@door(acts.SEE_PLAN)
def clause(request: Request, clause: str) -> HttpResponse:
    """One clause, or one section: its text, how it runs, units, names, history, reasons."""
    force, rows = _standing(request)
    place = _around(request, force, rows, pack_of(clause, force.plan), clause)
    crumbs = above(place.nodes, clause)
    if not crumbs:
        raise Http404
    unit = request.GET.get("unit", "")
    inside = unit.startswith(request.actor.path) and unit.endswith("/")
    asked = Asked(request.actor, request.as_of, request.now, unit if inside else request.actor.path)
    shown = sheet(force, crumbs[-1], asked, ON_PAPER if "print" in request.GET else ON_SCREEN)
    chosen = selected(request, force, shown)
    context = {
        "around": place,
        "crumbs": crumbs[:-1],
        "node": crumbs[-1],
        "sheet": shown,
        "selected": chosen,
        "asked": asked,
    }
    return render(request, "plan/print.html" if "print" in request.GET else "plan/clause.html", context)


@door(acts.SEE_PLAN)
def branch(request: Request) -> HttpResponse:
    """The lines below one section, fetched when it is opened."""
    force, rows = _standing(request)
    section = request.GET.get("section", "")
    nodes = clause_tree(force.plan, pack_of(section, force.plan))
    found = next((node for node in walk(nodes) if node.id == section and node.children), None)
    if found is None:
        raise Http404
    chosen = Chosen(request.GET.get("clause", ""), frozenset(), None)
    return render(request, "plan/twigs.html", {"twigs": twigs(found.children, rows, force, chosen)})


def _standing(request: Request) -> tuple[InForce, Mapping[Pair, Bar]]:
    force = in_force(request.as_of)
    return force, standing(force, request.actor, request.as_of, request.now)


def _around(request: Request, force: InForce, rows: Mapping[Pair, Bar], pack: str, clause: str) -> Around:
    show = request.GET.get("show", ALL)
    return around(
        force, rows, request.actor, pack, clause, show if show in SHOWS else ALL, request.GET.get("q", "").strip()[:60]
    )
