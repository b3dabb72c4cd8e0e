"""My matters: one page, its reasons, and my papers."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from lianfang.acts.explain_obligation import Why, explain_loop, explain_obligation
from lianfang.acts.in_force import in_force
from lianfang.acts.print_papers import print_pdf
from lianfang.acts.refused import Refused
from lianfang.core.access import acts
from lianfang.ledger import journal
from lianfang.ledger.models import Paper, Person
from lianfang.ledger.visible import visible
from lianfang.web.door import Asked, door
from lianfang.web.own.declaring import declarations
from lianfang.web.own.standing import lookers, measures, papers, results, tasks
from lianfang.web.parts.said import said
from lianfang.web.why.reasons import Reason, lines


@door(acts.SEE_OWN)
@require_safe
def own(request: Asked) -> HttpResponse:
    """What I am under and why, what is to be done, my results and papers, who looked."""
    force, actor, now = in_force(request.now), request.actor, request.now
    journal.view(actor, f"person:{actor.subject}", act=acts.SEE_OWN, now=now)
    mine = measures(force, actor, now)
    context = {
        "person": Person.objects.filter(pk=actor.subject).first(),
        "kept": [one for one in mine if one.kept],
        "others": [one for one in mine if not one.kept],
        "tasks": tasks(force, actor, now),
        "results": results(force, actor),
        "papers": papers(actor),
        "lookers": lookers(actor),
        "declarations": declarations(force),
    }
    return render(request, "own/own.html", context)


@door(acts.SEE_OWN)
@require_safe
def why(request: Asked, obligation: UUID) -> HttpResponse:
    """Why something is to be done."""
    return _reasons(request, lambda: explain_obligation(obligation, actor=request.actor, now=request.now))


@door(acts.SEE_OWN)
@require_safe
def why_loop(request: Asked, loop: UUID) -> HttpResponse:
    """Why I am under a measure, and when it ends."""
    return _reasons(request, lambda: explain_loop(loop, actor=request.actor, now=request.now))


def _reasons(request: Asked, ask: Callable[[], Why]) -> HttpResponse:
    small = request.headers.get("HX-Request") == "true"
    template = "why/popover.html" if small else "why/why.html"
    try:
        known = ask()
    except Refused as refusal:
        told = (Reason("", refusal.said(get_language() or "")),)
        status = 403 if refusal.forbidden else 200
        return render(request, template, {"title": gettext("没有依据可看"), "lines": told}, status=status)
    found = lines(known.reasons, in_force(request.now).plan, request.now)
    return render(request, template, {"title": said(known.title), "lines": found})


@door(acts.SEE_OWN)
@require_safe
def paper(request: Asked, number: int) -> HttpResponse:
    """One of my papers as PDF."""
    rows = list(visible(Paper.objects.filter(pk=number, withdrawn_at=None), request.scope))
    if not rows:
        raise Http404(str(number))
    out = BytesIO()
    print_pdf(rows, out, actor=request.actor, now=request.now)
    name = gettext("文书 %(n)s.pdf") % {"n": number}
    head = {"Content-Disposition": content_disposition_header(False, name) or "inline"}
    return HttpResponse(out.getvalue(), content_type="application/pdf", headers=head)
