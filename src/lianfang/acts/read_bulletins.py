"""The bulletins of the district: drafted by one, released by another; until then nobody outside sees them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lianfang.ledger.models import Note, Unit

DRAFT, RELEASED, TURNED_DOWN = "bulletin", "bulletin_released", "bulletin_no"
ABOUT = "bulletin:"


@dataclass(frozen=True, slots=True)
class Bulletin:
    """The numbers of one day, without anybody's name, and what people are asked to do.

    `number` is that of the draft; `released_at` None: not released yet.
    """

    number: int
    title: str
    day: date
    found: int
    inside: int
    found_total: int
    persons: int
    released: int
    guidance: tuple[str, ...]
    drafted_by: str
    drafted_at: datetime
    unit: str
    released_at: datetime | None = None


def released_bulletins(most: int) -> tuple[Bulletin, ...]:
    """The newest bulletins that two people have released."""
    rows = Note.objects.filter(kind=RELEASED, about__startswith=ABOUT).order_by("-at", "-id")[:most]
    found = {row.about: row for row in rows}
    drafts = Note.objects.filter(pk__in=[int(about.removeprefix(ABOUT)) for about in found])
    made = (_bulletin(draft, found[f"{ABOUT}{draft.pk}"].at) for draft in drafts)
    return tuple(sorted(made, key=lambda one: one.released_at or one.drafted_at, reverse=True))


def waiting_bulletins() -> tuple[Bulletin, ...]:
    """Drafts that wait for the second person, the oldest first."""
    settled = Note.objects.filter(kind__in=(RELEASED, TURNED_DOWN), about__startswith=ABOUT).values_list(
        "about", flat=True
    )
    done = {int(about.removeprefix(ABOUT)) for about in settled}
    drafts = Note.objects.filter(kind=DRAFT, about=DRAFT).exclude(pk__in=done).order_by("at", "id")
    return tuple(_bulletin(draft, None) for draft in drafts)


def _bulletin(draft: Note, released_at: datetime | None) -> Bulletin:
    said: Mapping[str, Any] = json.loads(draft.text)
    return Bulletin(
        number=int(draft.pk),
        title=said["title"],
        day=date.fromisoformat(said["day"]),
        found=said["found"],
        inside=said["inside"],
        found_total=said["found_total"],
        persons=said["persons"],
        released=said["released"],
        guidance=tuple(said["guidance"]),
        drafted_by=draft.by,
        drafted_at=draft.at,
        unit=Unit.objects.filter(pk=draft.to_unit).values_list("name", flat=True).first() or draft.to_unit,
        released_at=released_at,
    )
