"""The lists of supervision, and the sheet of one matter: to inspect, to put right, to look at again."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from lianfang.acts.evidence import answer_for
from lianfang.acts.in_force import in_force
from lianfang.acts.known import obligation_thing
from lianfang.core.access import acts
from lianfang.core.access.may import may
from lianfang.ledger.bar import DONE
from lianfang.ledger.models import Attachment, Note, Obligation
from lianfang.web.door import Asked, door
from lianfang.web.supervision.stages import Stage, stage_of, stages_of
from lianfang.web.today.cursor import read_cursor
from lianfang.web.today.finding import Found, find_others
from lianfang.web.today.owed import OPEN, Wanted, day_of, overdue, own_units, page, seen_by
from lianfang.web.today.rows import Row, rows_of
from lianfang.web.today.views import gist

SIZE = 50
SETS = (*Stage, "done")
MOST_LINES = 50


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of matters, and from where the next one goes on."""

    chosen: str
    late: bool
    whole: bool
    rows: tuple[Row, ...]
    more: str


@door(acts.INSPECT)
@require_safe
def supervision(request: Asked) -> HttpResponse:
    """Places due for inspection, findings being put right, what waits for a second look, what is done."""
    called = {
        Stage.INSPECT: gettext("待检查"),
        Stage.RECTIFY: gettext("整改中"),
        Stage.RECHECK: gettext("待复查"),
        "done": gettext("已办"),
    }
    context = {
        "listed": listed(request),
        "sets": [(str(key), called[key]) for key in SETS],
        "q": request.GET.get("q", ""),
    }
    return render(request, "supervision/supervision.html", context)


def listed(request: Asked) -> Listed:
    """The page that was asked for."""
    chosen = request.GET.get("of", Stage.INSPECT)
    chosen = chosen if chosen in SETS else Stage.INSPECT
    late, whole = request.GET.get("late") == "1", request.GET.get("whole") != "0"
    found = matters(request, chosen)
    if not whole:
        found = found.filter(owner__in=own_units(request.actor))
    q = request.GET.get("q", "").strip()
    if q:
        names = [one.id for one in find_others(request, q)]
        found = found.filter(Q(clause__icontains=q) | Q(subject__in=names))
    rows = page(found, _state(request, chosen, late), read_cursor(request.GET.get("after", "")), SIZE)
    more = rows.next.text if rows.next else ""
    return Listed(chosen, late, whole, rows_of(rows.rows, request.actor, request.now), more)


def matters(request: Asked, chosen: str) -> QuerySet[Obligation]:
    """Everything of one stage, or of all."""
    stages = stages_of(in_force(request.now))
    seen = seen_by(request.actor, request.now)
    if chosen == "done":
        every = stages[Stage.INSPECT] | stages[Stage.RECTIFY] | stages[Stage.RECHECK]
        return seen.filter(every)
    return seen.filter(stages[Stage(chosen)])


def _state(request: Asked, chosen: str, late: bool) -> Wanted:
    """Open or done; with `late` only what is past its time."""
    if late and chosen != "done":
        return overdue(day_of(request.now))
    return tuple(Q(status=status) for status in (DONE if chosen == "done" else OPEN))


@door(acts.INSPECT)
@require_safe
def find(request: Asked) -> HttpResponse:
    """Choose a place or unit to inspect that is not on the list."""
    q = request.GET.get("q", "").strip()[:80]
    found: tuple[Found, ...] = find_others(request, q) if q else ()
    return render(request, "supervision/find.html", {"q": q, "found": found})


def matter(request: Asked, id: UUID) -> Obligation:
    """One matter that the post may see; else there is none."""
    one = seen_by(request.actor, request.now).filter(id=id).first()
    if one is None:
        raise Http404(str(id))
    return one


@door(acts.SEE_TODAY)
@require_safe
def item(request: Asked, id: UUID) -> HttpResponse:
    """One matter: an inspection opens its form, a finding what can be done about it."""
    one = matter(request, id)
    answer = answer_for(in_force(request.now), one.measure, one.requirement)
    if stage_of(answer) is Stage.INSPECT and one.status in OPEN:
        return redirect_to_visit(one)
    return show(request, one)


def redirect_to_visit(one: Obligation) -> HttpResponse:
    """The form of the inspection that is due."""
    answer = redirect("supervision-visit", one.subject_kind, one.subject)
    answer["Location"] += f"?for={one.id}"
    return answer


def show(request: Asked, one: Obligation, *, wrong: str = "", status: int = 200) -> HttpResponse:
    """The sheet of a finding; `wrong` is why the last step was refused."""
    row = rows_of([one], request.actor, request.now)[0]
    stage = stage_of(answer_for(in_force(request.now), one.measure, one.requirement))
    thing, open_ = obligation_thing(one), one.status in OPEN
    about = [str(one.id), f"{one.subject_kind}:{one.subject}"]
    context = {
        "row": row,
        "gist": gist(request.now, one.clause),
        "wrong": wrong,
        "text": request.POST.get("text", ""),
        "rectify": open_ and stage is Stage.RECTIFY and may(request.actor, acts.RECTIFY, thing),
        "recheck": open_ and stage is Stage.RECHECK and may(request.actor, acts.RECHECK, thing),
        "steps": steps_of(request, one),
        "notes": Note.objects.filter(about__in=about).order_by("-at")[:MOST_LINES],
        "files": Attachment.objects.filter(about__in=about).defer("content").order_by("-at")[:MOST_LINES],
    }
    return render(request, "supervision/item.html", context, status=status)


def steps_of(request: Asked, one: Obligation) -> tuple[Row, ...]:
    """All that the plan asks for because of the same finding, in the order of its times."""
    same = Obligation.objects.filter(loop=one.loop).order_by("due", "id")[:MOST_LINES]
    return rows_of(same, request.actor, request.now)
