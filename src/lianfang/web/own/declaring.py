"""Declare: how I am, where I have been; the form asks what the vocabulary asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from lianfang.acts.declare import DECLARABLE, declare
from lianfang.acts.in_force import InForce, in_force
from lianfang.acts.refused import Refused
from lianfang.core.access import acts
from lianfang.web.door import Asked, door
from lianfang.web.today.fields import FactForm

MUST = {"health_check": ("temperature", "symptoms"), "onset": ("symptom_text",)}
"""What a declaration cannot do without, although the vocabulary leaves it open."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """One thing that can be declared, in plain words."""

    kind: str
    title: str
    line: str


def declarations(force: InForce) -> tuple[Declaration, ...]:
    """What can be declared under the plan in force."""
    words = {
        "health_check": (gettext("报今天的身体情况"), gettext("体温、有没有不舒服")),
        "onset": (gettext("报身体不舒服"), gettext("从什么时候开始、怎么不舒服")),
        "arrival": (gettext("报来区、回区"), gettext("什么时候到的、从哪里来")),
        "stay": (gettext("报去过的地方"), gettext("在哪里、从哪天到哪天")),
        "trip_report": (gettext("报出行计划"), gettext("准备什么时候到、从哪里来")),
    }
    return tuple(Declaration(kind, *words[kind]) for kind in words if kind in force.plan.kinds and kind in DECLARABLE)


@door(acts.DECLARE)
@require_http_methods(["GET", "HEAD", "POST"])
def declare_page(request: Asked, kind: str) -> HttpResponse:
    """The form of one declaration, and sending it."""
    force = in_force(request.now)
    about = next((one for one in declarations(force) if one.kind == kind), None)
    if about is None:
        raise Http404(kind)
    form = _form(force, kind, request, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return render(request, "own/declare.html", {"form": form, "about": about})
    if form.is_valid() and _sent(request, kind, form):
        messages.success(request, gettext("已收到您的申报。"))
        return redirect("own")
    return render(request, "own/declare.html", {"form": form, "about": about}, status=422)


def _form(force: InForce, kind: str, request: Asked, data: Mapping[str, Any] | None) -> FactForm:
    columns = force.plan.kinds[kind].columns
    asked = [columns[name] for name in DECLARABLE[kind] if name in columns]
    must = [column for column in asked if column.name in MUST.get(kind, ())]
    return FactForm(must, [column for column in asked if column not in must], request.now, data)


def _sent(request: Asked, kind: str, form: FactForm) -> bool:
    key = request.POST.get("key", "")
    try:
        declare(kind, form.values, at=form.at, actor=request.actor, now=request.now, key=key)
    except Refused as why:
        form.add_error(None, why.said(get_language() or ""))
        return False
    return True
