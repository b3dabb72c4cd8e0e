"""The list of tasks, the sheet of one, and the files handed in with it."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lianfang.acts.task_step import handed_in
from lianfang.core.access import acts
from lianfang.ledger.models import Attachment, Obligation
from lianfang.ledger.visible import visible
from lianfang.web.door import Asked, door
from lianfang.web.tasks.listing import SETS, STATES, listed, words
from lianfang.web.tasks.sheet import sheet_of
from lianfang.web.today.fields import FactForm


@door(acts.COMMENT)
@require_safe
def tasks(request: Asked) -> HttpResponse:
    """Tasks of our units, those that wait for our answer, all."""
    called = words()
    context = {
        "listed": listed(request),
        "sets": [(key, called[key]) for key in SETS],
        "states": [(key, called[key]) for key in STATES],
        "q": request.GET.get("q", ""),
    }
    return render(request, "tasks/tasks.html", context)


def found(request: Asked, id: UUID) -> Obligation:
    """The task with that number if the post may see it; asked about an answer, the task that is answered."""
    seen = visible(Obligation.objects.filter(id=id), request.scope)
    if not seen.exists():
        raise Http404(str(id))
    return handed_in(id)


@door(acts.COMMENT)
@require_safe
def task(request: Asked, id: UUID) -> HttpResponse:
    """One task."""
    return show(request, found(request, id))


def show(
    request: Asked, one: Obligation, *, form: FactForm | None = None, wrong: str = "", status: int = 200
) -> HttpResponse:
    """The sheet of a task, with what was wrong in what was sent."""
    context = {"sheet": sheet_of(request, one, form), "wrong": wrong, "text": request.POST.get("text", "")}
    return render(request, "tasks/task.html", context, status=status)


@door(acts.COMMENT)
@require_safe
def file(request: Asked, number: int) -> HttpResponse:
    """A file that was handed in, to keep; never shown inside the page, because it came from outside."""
    kept = Attachment.objects.filter(pk=number).first()
    if kept is None or not _may_open(request, kept):
        raise Http404(str(number))
    answer = HttpResponse(bytes(kept.content), content_type=kept.media_type)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(kept.name)}"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _may_open(request: Asked, kept: Attachment) -> bool:
    try:
        number = UUID(kept.about)
    except ValueError:
        return False
    return bool(visible(Obligation.objects.filter(id=number), request.scope).exists())
