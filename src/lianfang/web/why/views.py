"""Why: the reasons of an obligation, a loop, one of its dates, or a number of the plan, as a small sheet or a page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from lianfang.acts.explain_obligation import Why, explain_date, explain_loop, explain_obligation
from lianfang.acts.in_force import in_force
from lianfang.acts.refused import Refused
from lianfang.core.access import acts
from lianfang.web.door import Asked as Request
from lianfang.web.door import door
from lianfang.web.parts.said import english, said
from lianfang.web.why.reasons import Reason, lines, parameter_reasons


@door(acts.SEE_TODAY)
def obligation(request: Request, obligation: UUID) -> HttpResponse:
    """Why an obligation is as it is."""
    return _answer(
        request, lambda: explain_obligation(obligation, actor=request.actor, now=request.now, as_of=_earlier(request))
    )


@door(acts.SEE_SUBJECT)
def loop(request: Request, loop: UUID) -> HttpResponse:
    """Why a loop is as it is."""
    return _answer(request, lambda: explain_loop(loop, actor=request.actor, now=request.now, as_of=_earlier(request)))


@door(acts.SEE_SUBJECT)
def date(request: Request, loop: UUID, date: str) -> HttpResponse:
    """Why a date of a loop is that date."""
    return _answer(
        request, lambda: explain_date(loop, date, actor=request.actor, now=request.now, as_of=_earlier(request))
    )


@door(acts.SEE_PLAN)
def parameter(request: Request, parameter: str) -> HttpResponse:
    """Where a number of the plan comes from."""
    plan = in_force(request.as_of).plan
    found = plan.parameters.get(parameter)
    if found is None:
        raise Http404
    return _show(request, said(found.words), parameter_reasons(found, plan.clauses.get(found.clause)))


def _earlier(request: Request) -> datetime | None:
    return request.as_of if request.as_of < request.now else None


def _answer(request: Request, ask: Callable[[], Why]) -> HttpResponse:
    try:
        why = ask()
    except Refused as refusal:
        text = refusal.en if english() else refusal.zh
        return _show(request, gettext("没有依据可看"), (Reason("", text),), status=403 if refusal.forbidden else 200)
    return _show(request, said(why.title), lines(why.reasons, in_force(request.as_of).plan, request.now))


def _show(request: Request, title: str, reasons: tuple[Reason, ...], status: int = 200) -> HttpResponse:
    """A small sheet for the page that asked; a whole page for somebody who followed the address."""
    small = request.headers.get("HX-Request") == "true"
    template = "why/popover.html" if small else "why/why.html"
    return render(request, template, {"title": title, "lines": reasons}, status=status)
