"""What stands around every page: who asks for which post, the menu, the day looked at, whether the data are made up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from lianfang.core.access.actor import VISITOR, Actor
from lianfang.ledger.actors import actors_of
from lianfang.ledger.models import Unit
from lianfang.web.parts.assets import SCRIPTS, STYLES
from lianfang.web.parts.nav import PAGES, TABS, WIDE, Shown, shown
from lianfang.web.parts.said import one_of


@dataclass(frozen=True)
class Chrome:
    """Menu and head for one request; `earlier` is the day looked at when it is not today."""

    actor: Actor
    actors: tuple[Actor, ...]
    signed_in: bool
    pages: tuple[Shown, ...]
    more: tuple[Shown, ...]
    tabs: tuple[Shown, ...]
    district: str
    unit: str
    demo: bool
    now: datetime
    as_of: datetime
    earlier: bool


def chrome(request: HttpRequest) -> dict[str, object]:
    """Template variables `chrome` and `now`; built only when a template asks, so that fragments cost nothing."""
    return {
        "chrome": SimpleLazyObject(lambda: around(request)),
        "now": _now(request),
        "page_style": STYLES,
        "page_scripts": SCRIPTS,
    }


def around(request: HttpRequest) -> Chrome:
    """Menu and head of a request; before anybody has signed in, those of a visitor."""
    now = _now(request)
    actors = _actors(request, now)
    actor: Actor = getattr(request, "actor", None) or chosen(request, actors)
    match = request.resolver_match
    room, url = (_room(match.func.__module__), match.url_name or "") if match else ("", "")
    pages = shown(PAGES, actor, room, url)
    as_of: datetime = getattr(request, "as_of", now)
    return Chrome(
        actor=actor,
        actors=actors,
        signed_in=request.user.is_authenticated,
        pages=pages[:WIDE],
        more=pages[WIDE:],
        tabs=shown(TABS, actor, room, url) if request.user.is_authenticated else (),
        district=settings.DISTRICT or unit_name(actor.root.rstrip("/")),
        unit=unit_name(actor.unit),
        demo=settings.DEMO,
        now=now,
        as_of=as_of,
        earlier=as_of < now,
    )


def chosen(request: HttpRequest, actors: tuple[Actor, ...]) -> Actor:
    """The post the account acts for now: the one picked in this session, else its first."""
    wanted = request.session.get("post") if hasattr(request, "session") else None
    return next((actor for actor in actors if actor.post == wanted), (*actors, VISITOR)[0])


def unit_name(unit: str) -> str:
    """The name of a unit, asked for once in five minutes."""
    if not unit:
        return ""
    names: tuple[str, str] | None = cache.get(f"unit-name:{unit}")
    if names is None:
        names = Unit.objects.filter(id=unit).values_list("name", "name_en").first() or ("", "")
        cache.set(f"unit-name:{unit}", names, 300)
    return one_of(*names)


def _actors(request: HttpRequest, now: datetime) -> tuple[Actor, ...]:
    found: tuple[Actor, ...] | None = getattr(request, "actors", None)
    if found is not None:
        return found
    return actors_of(request.user, now) if request.user.is_authenticated else ()


def _now(request: HttpRequest) -> datetime:
    now: datetime = getattr(request, "now", None) or timezone.now()
    return now


def _room(module: str) -> str:
    """The room a view stands in: `lianfang.web.today.views` is in `today`; those of the library are `account`."""
    words = module.split(".")
    return words[2] if words[:2] == ["lianfang", "web"] and len(words) > 3 else "account" * (words[0] == "allauth")
