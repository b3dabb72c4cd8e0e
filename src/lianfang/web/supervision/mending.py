"""Put right, and looked at again: the two steps after something was found."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from lianfang.acts.recheck import recheck
from lianfang.acts.rectify import rectify
from lianfang.acts.refused import Refused
from lianfang.core.access import acts
from lianfang.web.door import Asked, door
from lianfang.web.supervision.views import matter, show
from lianfang.web.tasks.steps import read_files
from lianfang.web.today.done import why_not


def _step(request: Asked, id: UUID, do: Callable[[], object], told: str) -> HttpResponse:
    """Do one step; refused, the sheet says why and keeps what was written."""
    one = matter(request, id)
    try:
        do()
    except Refused as refusal:
        return show(request, one, wrong=why_not(refusal), status=422)
    messages.success(request, told)
    return redirect("supervision-item", one.id)


@door(acts.RECTIFY)
@require_POST
def put_right(request: Asked, id: UUID) -> HttpResponse:
    """Report that it has been put right, with photos."""

    def do() -> None:
        rectify(
            id,
            request.POST.get("text", "").strip(),
            files=read_files(request.FILES.getlist("files")),
            actor=request.actor,
            now=request.now,
            key=request.POST.get("key", ""),
        )

    return _step(request, id, do, gettext("已报整改，等复查"))


@door(acts.RECHECK)
@require_POST
def look_again(request: Asked, id: UUID) -> HttpResponse:
    """The result of the second look, by another person than who reported the first."""
    fine = request.POST.get("ok") == "yes"

    def do() -> None:
        if request.POST.get("ok") not in ("yes", "no"):
            raise Refused("请选合格或不合格。", "Choose in order or not in order.")
        recheck(
            id,
            fine,
            request.POST.get("text", "").strip(),
            files=read_files(request.FILES.getlist("files")),
            actor=request.actor,
            now=request.now,
            key=request.POST.get("key", ""),
        )

    return _step(request, id, do, gettext("复查合格，已办结") if fine else gettext("复查不合格，须再次整改"))
