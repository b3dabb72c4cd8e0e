"""Keeping a list with its filters under a name, and giving it up again."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from lianfang.acts.keep_view import forget_view, keep_view
from lianfang.acts.refused import Refused
from lianfang.core.access import acts
from lianfang.web.door import Asked as Request
from lianfang.web.door import door
from lianfang.web.parts.said import english
from lianfang.web.register.asked import asked


@require_POST
@door(acts.SEE_REGISTERS)
def keep(request: Request, word: str) -> HttpResponse:
    """Keep the filters as they are now under a name."""
    wanted, name = asked(request.POST.dict()), request.POST.get("name", "").strip()
    try:
        keep_view(word, name, wanted.query, actor=request.actor)
        messages.success(request, gettext("已存为常用：%(name)s") % {"name": name})
    except Refused as refusal:
        messages.error(request, refusal.en if english() else refusal.zh)
    return redirect(f"{_address(word)}?{wanted.query}")


@require_POST
@door(acts.SEE_REGISTERS)
def forget(request: Request, word: str, view: int) -> HttpResponse:
    """Give a kept view up."""
    if not forget_view(view, actor=request.actor):
        raise Http404
    return redirect(_address(word))


def _address(word: str) -> str:
    kind = word.removeprefix("fact-")
    return reverse("register-facts", args=[kind]) if word.startswith("fact-") else reverse("register", args=[word])
