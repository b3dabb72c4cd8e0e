"""The lists of tasks: what our units owe, what waits for our answer, everything the post looks after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from lianfang.acts.task_step import ACCEPTED, ANSWERED
from lianfang.ledger.bar import DONE
from lianfang.ledger.models import Obligation
from lianfang.ledger.visible import visible
from lianfang.web.door import Asked
from lianfang.web.today.cursor import read_cursor
from lianfang.web.today.owed import OPEN, Wanted, day_of, overdue, own_units, page
from lianfang.web.today.rows import Row, rows_of

UNIT = "unit"
SIZE = 50
ANSWERS = Q(requirement__endswith=f"/{ANSWERED}") | Q(requirement__endswith=f"/{ACCEPTED}")
"""What is owed by whom accepts: an answer, and in the end acceptance."""

SETS = ("ours", "answer", "all")
STATES = ("open", "overdue", "done")


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of tasks, and from where the next one goes on."""

    chosen: str
    state: str
    rows: tuple[Row, ...]
    more: str


def tasks_of(request: Asked) -> QuerySet[Obligation]:
    """Every obligation of a unit that the post may see."""
    seen: QuerySet[Obligation] = visible(Obligation.objects.filter(subject_kind=UNIT), request.scope)
    return seen


def listed(request: Asked) -> Listed:
    """The page that was asked for."""
    chosen = request.GET.get("of", "")
    chosen = chosen if chosen in SETS else "ours"
    state = request.GET.get("state", "")
    state = state if state in STATES else "open"
    found = _chosen(request, chosen)
    q = request.GET.get("q", "").strip()
    if q:
        found = found.filter(Q(clause__icontains=q) | Q(subject__icontains=q) | Q(by__icontains=q))
    rows = page(found, _state(request, state), read_cursor(request.GET.get("after", "")), SIZE)
    more = rows.next.text if rows.next else ""
    return Listed(chosen, state, rows_of(rows.rows, request.actor, request.now), more)


def _chosen(request: Asked, chosen: str) -> QuerySet[Obligation]:
    found = tasks_of(request)
    if chosen == "all":
        return found
    own = found.filter(owner__in=own_units(request.actor))
    return own.filter(ANSWERS) if chosen == "answer" else own.exclude(ANSWERS)


def _state(request: Asked, state: str) -> Wanted:
    if state == "done":
        return tuple(Q(status=status) for status in DONE)
    if state == "overdue":
        return overdue(day_of(request.now))
    return tuple(Q(status=status) for status in OPEN)


def words() -> Mapping[str, str]:
    """How the sets and states are called."""
    return {
        "ours": gettext("我们承担"),
        "answer": gettext("等我们验收"),
        "all": gettext("全部"),
        "open": gettext("待办"),
        "overdue": gettext("逾期"),
        "done": gettext("已办"),
    }
