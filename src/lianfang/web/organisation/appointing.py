"""Appoint, end a post, enter an absence and its end."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST

from lianfang.acts.appoint import appoint, end_holding, holding_of
from lianfang.acts.refused import Refused
from lianfang.acts.set_absence import end_absence, set_absence
from lianfang.core.access import acts
from lianfang.core.access.scope import scope
from lianfang.ledger.models import Absence
from lianfang.web.door import Asked, door
from lianfang.web.organisation.appointing_form import AbsenceForm, AppointForm
from lianfang.web.organisation.tree import units
from lianfang.web.organisation.views import show


@door(acts.APPOINT)
@require_POST
def give(request: Asked) -> HttpResponse:
    """Give somebody a post in a unit."""
    request.scope = scope(request.actor, acts.SEE_ORGANISATION)
    chosen = units(request.scope).filter(pk=request.POST.get("unit", "")).first()
    if chosen is None:
        raise Http404(request.POST.get("unit", ""))
    form = AppointForm(request.now, request.POST)
    if not form.is_valid():
        return show(request, chosen, form, 422)
    said = form.cleaned_data
    try:
        appoint(
            said["account"],
            said["post"],
            chosen.pk,
            request.POST.getlist("duties"),
            since=said["since"],
            until=said["until"],
            deputy=said["deputy"],
            actor=request.actor,
            now=request.now,
        )
    except Refused as why:
        form.add_error(None, why.said(get_language() or ""))
        return show(request, chosen, form, 422)
    messages.success(request, gettext("已任岗：%(post)s") % {"post": said["post"]})
    return redirect("organisation-unit", chosen.pk)


@door(acts.APPOINT)
@require_POST
def end(request: Asked, number: int) -> HttpResponse:
    """End a post now."""
    return _done(
        request, number, lambda: end_holding(number, actor=request.actor, now=request.now), gettext("已结束任岗。")
    )


@door(acts.SEE_ORGANISATION)
@require_POST
def away(request: Asked, number: int) -> HttpResponse:
    """Enter that the holder is away: by whoever appoints, or by the holder."""
    form = AbsenceForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("没有登记：请填离岗时间；返岗时间不知道可以不填。"))
        return redirect("organisation-unit", _unit(number))
    said = form.cleaned_data
    return _done(
        request,
        number,
        lambda: bool(set_absence(number, said["since"], said["until"], actor=request.actor, now=request.now)),
        gettext("已登记缺岗，由副岗代行。"),
    )


@door(acts.SEE_ORGANISATION)
@require_POST
def back(request: Asked, number: int) -> HttpResponse:
    """The holder is back."""
    absence = Absence.objects.filter(pk=number).first()
    if absence is None:
        raise Http404(str(number))
    return _done(
        request,
        absence.holding_id,
        lambda: end_absence(number, actor=request.actor, now=request.now),
        gettext("已返岗。"),
    )


def _done(request: Asked, number: int, do: Callable[[], bool], told: str) -> HttpResponse:
    """Do it and go back to the unit; refused, the page says why."""
    unit = _unit(number)
    try:
        changed = do()
    except Refused as why:
        messages.error(request, why.said(get_language() or ""))
    else:
        if changed:
            messages.success(request, told)
        else:
            messages.error(request, gettext("别人已经先改过了，请看现在的记录。"))
    return redirect("organisation-unit", unit)


def _unit(number: int) -> str:
    try:
        return str(holding_of(number).unit_id)
    except Refused as why:
        raise Http404(str(number)) from why
