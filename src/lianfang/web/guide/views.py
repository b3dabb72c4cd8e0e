"""Accounts of the demonstration with what each is for; one press signs in. Only where the data are made up."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from lianfang.web.door import Asked, public_door
from lianfang.web.guide.steps import STEPS


@dataclass(frozen=True)
class Role:
    """An account with who you are, and its steps as (words, address)."""

    account: str
    password: str
    title: str
    post: str
    zh: str
    en: str
    steps: tuple[tuple[Promise, str], ...]


@public_door
def guide(request: Asked) -> HttpResponse:
    """Who you can be here."""
    if not settings.DEMO:
        raise Http404
    return render(request, "guide/guide.html", {"roles": _roles(Path(settings.VAR) / "accounts.json")})


def _roles(kept: Path) -> list[Role]:
    if not kept.is_file():
        return []
    rows = json.loads(kept.read_text(encoding="utf-8"))
    return [Role(**row, steps=_steps(row["account"])) for row in rows]


def _steps(account: str) -> tuple[tuple[Promise, str], ...]:
    """The steps whose pages are there."""
    found = []
    for step in STEPS.get(account, ()):
        try:
            found.append((step.words, reverse(step.url)))
        except NoReverseMatch:
            continue
    return tuple(found)
