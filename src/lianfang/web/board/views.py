"""The command board: seven figures in one strip, the pictures under them; it asks anew every minute."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lianfang.core.access import acts
from lianfang.web.board import links, panels
from lianfang.web.board.capacity import capacities
from lianfang.web.board.decisions import Decisions, decisions
from lianfang.web.board.figures import Figures, figures
from lianfang.web.door import Asked, door
from lianfang.web.parts.nav import can

NOBODY = Decisions((), 0, None)


@door(acts.SEE_BOARD)
@require_safe
def board(request: Asked) -> HttpResponse:
    """The board, as of now or of an earlier day."""
    counted = figures(request.actor, request.as_of, request.now)
    earlier = request.as_of < request.now
    context = {
        "figures": counted,
        "links": {} if earlier else _links(counted),
        "change": _changes(counted),
        "curve": panels.curve(counted),
        "found_total": sum(one.persons for one in counted.found),
        "releases": panels.release_chart(counted),
        "coming": sum(one.persons for one in counted.releases[1:]),
        "map": panels.district_map(counted, request.actor, linked=not earlier),
        "stages": panels.stages(counted, linked=not earlier),
        "units": panels.units(counted, request.actor, linked=not earlier),
        "capacity": capacities(counted.beds, request.as_of),
        "decisions": NOBODY if earlier else decisions(request.actor, request.now),
        "today": counted.found[-1],
        "due_today": counted.releases[0],
        "may_publish": can(request.actor, acts.PROPOSE_PLAN),
        "latest": request.now.date(),
        "first_day": (request.now - timedelta(days=13)).date(),
    }
    return render(request, "board/board.html", context)


def _links(counted: Figures) -> dict[str, str]:
    """The list behind each figure of the strip."""
    day = counted.day.isoformat()
    return {
        "persons": links.persons("managed"),
        "found": links.persons(f"found:{day}"),
        "found_all": links.persons("found:all"),
        "released": links.persons(f"released:{day}"),
        "coming": links.persons("due:coming"),
        "overdue": links.owed(status="overdue"),
        "held": links.persons("held"),
        "sites": links.persons("site"),
    }


def _changes(counted: Figures) -> dict[str, str]:
    """The difference to a day earlier, with its sign."""
    persons = counted.persons - counted.before
    overdue = counted.bar.overdue - counted.before_overdue
    return {"persons": _signed(persons), "overdue": _signed(overdue)}


def _signed(number: int) -> str:
    """A number with its sign: +62, −9, 0."""
    return f"+{number:,}" if number > 0 else f"−{-number:,}" if number < 0 else "0"
