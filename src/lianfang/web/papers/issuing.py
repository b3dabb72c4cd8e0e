"""Issue papers: choose the sort, tick for whom, one button for all."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST, require_safe

from lianfang.acts.in_force import in_force
from lianfang.acts.issue_paper import SORTS, Issued, issue_papers
from lianfang.acts.refused import Refused
from lianfang.core.access import acts
from lianfang.ledger.models import Unit
from lianfang.ledger.visible import visible
from lianfang.web.door import Asked, door
from lianfang.web.papers.candidates import candidates
from lianfang.web.papers.views import sorts
from lianfang.web.parts.said import one_of, said

UNIT_KINDS = ("town", "subdistrict", "isolation_site")
MOST_SAID = 5


@door(acts.ISSUE_PAPER)
@require_safe
def choose(request: Asked, sort: str) -> HttpResponse:
    """For whom a paper can be issued."""
    if sort not in SORTS:
        raise Http404(sort)
    asked = request.GET
    found = candidates(
        in_force(request.now),
        sort,
        request.actor,
        request.now,
        under=asked.get("under", ""),
        about=asked.get("about", ""),
        after=asked.get("after", ""),
    )
    units = visible(Unit.objects.filter(kind__in=UNIT_KINDS), request.scope).order_by("path")
    context = {
        "sort": sort,
        "word": said(SORTS[sort].words),
        "sorts": sorts(),
        "found": found,
        "units": [(unit.path, one_of(unit.name, unit.name_en)) for unit in units],
        "under": asked.get("under", ""),
    }
    return render(request, "papers/issue.html", context)


@door(acts.ISSUE_PAPER)
@require_POST
def issue(request: Asked, sort: str) -> HttpResponse:
    """Issue the ticked ones; what was refused is said, the rest is listed to be printed."""
    if sort not in SORTS:
        raise Http404(sort)
    abouts, key = request.POST.getlist("about"), request.POST.get("key", "")
    try:
        done = issue_papers(sort, abouts, actor=request.actor, now=request.now, key=key)
    except Refused as why:
        messages.error(request, why.said(get_language() or ""))
        return redirect("papers-issue", sort)
    _tell(request, done)
    if not done.papers:
        return redirect("papers-issue", sort)
    return redirect(f"{reverse('papers')}?{urlencode([('n', number) for number in done.papers])}")


def _tell(request: Asked, done: Issued) -> None:
    if done.papers:
        messages.success(request, gettext("已开具 %(n)s 份，可以打印。") % {"n": len(done.papers)})
    for trouble in done.refused[:MOST_SAID]:
        messages.error(request, one_of(trouble.zh, trouble.en))
    if len(done.refused) > MOST_SAID:
        messages.error(request, gettext("另有 %(n)s 份没有开具。") % {"n": len(done.refused) - MOST_SAID})
