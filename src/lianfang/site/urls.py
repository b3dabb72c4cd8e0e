"""Which address leads to which room. A new room is one line here and, for the menu, one in `web/parts/nav.py`."""

from __future__ import annotations

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from lianfang.site.health import health, metrics

ROOMS: tuple[tuple[str, str], ...] = (
    ("", "public"),
    ("guide/", "guide"),
    ("today/", "today"),
    ("plan/", "plan"),
    ("why/", "why"),
    ("board/", "board"),
    ("subject/", "subject"),
    ("register/", "register"),
    ("tasks/", "tasks"),
    ("supervision/", "supervision"),
    ("rooms/", "rooms"),
    ("inquiry/", "inquiry"),
    ("exposures/", "exposures"),
    ("transmission/", "transmission"),
    ("areas/", "areas"),
    ("response/", "response"),
    ("intake/", "intake"),
    ("duplicates/", "duplicates"),
    ("organisation/", "organisation"),
    ("plans/", "plans"),
    ("journal/", "journal"),
    ("papers/", "papers"),
    ("own/", "own"),
    ("account/", "account"),
    *((("gallery/", "gallery"),) if settings.LIVE_STATIC else ()),  # never where static files are collected
)


def _addresses() -> list[URLPattern | URLResolver]:
    """The addresses of every room that is there."""
    rooms = [(prefix, f"lianfang.web.{word}.urls") for prefix, word in ROOMS]
    rooms.append(("api/", "lianfang.api.urls"))
    watched = [path("health", health, name="health"), path("metrics", metrics, name="metrics")]
    return watched + [path(prefix, include(module)) for prefix, module in rooms if _there(module)]


def _there(module: str) -> bool:
    """Whether a room has addresses yet."""
    room = module.rpartition(".")[0]
    return find_spec(room) is not None and find_spec(module) is not None


urlpatterns = _addresses()
handler403 = "lianfang.web.parts.refusal.forbidden"
handler404 = "lianfang.web.parts.refusal.not_found"
handler500 = "lianfang.web.parts.refusal.broken"
