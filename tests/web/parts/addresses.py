"""The addresses these tests need: the own account, and the pages that say no."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import include, path

from lianfang.core.access import acts
from lianfang.web.door import Asked, door


@door(acts.READ_JOURNAL)
def auditors_only(request: Asked) -> HttpResponse:
    """A page for those who may read the journal."""
    return HttpResponse("journal")


def breaks(request: Asked) -> HttpResponse:
    """A page with a fault in it."""
    raise RuntimeError("made up")


urlpatterns = [
    path("account/", include("lianfang.web.account.urls")),
    path("journal/", auditors_only, name="journal"),
    path("breaks/", breaks),
]
handler403 = "lianfang.web.parts.refusal.forbidden"
handler404 = "lianfang.web.parts.refusal.not_found"
handler500 = "lianfang.web.parts.refusal.broken"
