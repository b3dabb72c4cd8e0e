"""The list of today, on a phone by place and on a desk by time, and the sheet of one item."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from lianfang.acts.in_force import in_force
from lianfang.core.access import acts
from lianfang.core.access.actor import Duty
from lianfang.core.language.measure import Words
from lianfang.ledger.bar import DONE
from lianfang.ledger.models import Note, Obligation
from lianfang.web.door import Asked, door
from lianfang.web.parts.said import said
from lianfang.web.today import lists
from lianfang.web.today.fields import FactForm
from lianfang.web.today.owed import seen_by
from lianfang.web.today.rows import Row, row_form, rows_of

MOST_NOTES = 20


@door(acts.SEE_TODAY)
@require_safe
def today(request: Asked) -> HttpResponse:
    """What is due and overdue for the post."""
    return page_of_today(request)


def page_of_today(request: Asked) -> HttpResponse:
    """The page as it stands now, for whoever has just recorded something on it too."""
    show = request.GET.get("show", "")
    if on_phone(request):
        return _phone(request, show)
    return _desk(request, show)


def on_phone(request: Asked) -> bool:
    """Whether to lay the page out for a phone: by the device, and always for who walks from door to door."""
    return "Mobi" in request.headers.get("User-Agent", "") or Duty.GRID in request.actor.duties


def _phone(request: Asked, show: str) -> HttpResponse:
    listed = lists.one_list(request, show) if show in lists.LISTS else lists.by_place(request)
    finished = listed.finished and listed.show == "place" and not request.GET.get("after")
    context: dict[str, object] = {"today": listed, "finished": finished}
    context["after"] = lists.next_after(request) if finished else None
    if finished:
        context["late"] = [row for group in listed.groups for row in group.rows if row.status == "late"]
    return render(request, "today/phone.html", context)


def _desk(request: Asked, show: str) -> HttpResponse:
    by = request.GET.get("by", "time")
    if show in lists.LISTS:
        listed = lists.one_list(request, show)
    else:
        listed = lists.by_time(request) if by not in ("place", "clause") else lists.by_heading(request, by)
    finished = not any(section.rows for section in listed.sections)
    context: dict[str, object] = {"today": listed, "by": by, "finished": finished, "q": request.GET.get("q", "")}
    context["after"] = lists.next_after(request) if finished else None
    context["opened"] = next((row for section in listed.sections for row in section.rows if row.answer), None)
    return render(request, "today/desk.html", context)


def found(request: Asked, id: UUID) -> Obligation:
    """One obligation that the post may see; else there is none."""
    one = seen_by(request.actor, request.now).filter(id=id).first()
    if one is None:
        raise Http404(str(id))
    return one


def row_of(request: Asked, one: Obligation) -> Row:
    """One obligation as a row."""
    return rows_of([one], request.actor, request.now)[0]


@door(acts.SEE_TODAY)
@require_safe
def item(request: Asked, id: UUID) -> HttpResponse:
    """The sheet of one item: why, by when, what was last said, and the form that answers it."""
    row = row_of(request, found(request, id))
    form = row_form(row, row.answer, request.now) if row.answer else None
    return render_item(request, row, form)


def render_item(request: Asked, row: Row, form: FactForm | None, *, wrong: str = "", status: int = 200) -> HttpResponse:
    """The sheet, alone for the pane beside the list, otherwise as a page."""
    one = row.obligation
    quiet = row.answer.quiet if row.answer else None
    data = request.POST if request.method == "POST" else None
    notes = Note.objects.filter(about=str(one.id)).order_by("-at")[:MOST_NOTES]
    context = {
        "row": row,
        "form": form,
        "quiet": row_form(row, quiet, request.now, data) if quiet else None,
        "chosen": request.POST.get("answer") or request.GET.get("answer", ""),
        "wrong": wrong,
        "gist": gist(request.now, one.clause),
        "last": last_done(one),
        "asked": evidence_name(row, request.now),
        "notes": notes,
    }
    name = "today/item.html" if request.headers.get("HX-Request") else "today/item_page.html"
    return render(request, name, context, status=status)


def gist(now: datetime, clause: str) -> str:
    """The gist of a clause of the plan in force."""
    known = in_force(now).plan.clauses.get(clause)
    return said(known.gist) if known else ""


def last_done(one: Obligation) -> Obligation | None:
    """The last time the same was done for the same subject."""
    same = Obligation.objects.filter(
        subject_kind=one.subject_kind, subject=one.subject, requirement=one.requirement, status__in=DONE
    )
    return same.exclude(id=one.id).order_by("-evidence_at").first()


def evidence_name(row: Row, now: datetime) -> str:
    """What counts as done: the kind of fact that is recorded."""
    if row.answer is None:
        return gettext("由%(unit)s办理") % {"unit": row.owner} if row.open and row.owner else ""
    kind = in_force(now).plan.kinds[row.answer.kind]
    return said(Words(kind.zh, kind.en))
