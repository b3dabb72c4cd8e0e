"""Pages that say no, or that something broke: what was found, what is allowed, what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from lianfang.core.access.may import Verdict
from lianfang.web.parts.assets import STYLES


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Somebody asked for what the post may not see; the reason is the verdict when there is one."""
    verdict = next((part for part in getattr(exception, "args", ()) if isinstance(part, Verdict)), None)
    return render(request, "parts/refused.html", {"verdict": verdict}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is no such page, or no such record in the part of the district somebody looks after."""
    return render(request, "parts/not_found.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Something failed here; the page is drawn without session and database, which may be what failed."""
    return HttpResponse(render_to_string("parts/broken.html", {"page_style": STYLES}), status=500)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form was sent whose protection token does not fit: it lay open too long or came from elsewhere."""
    return render(request, "parts/form_too_old.html", status=403)
