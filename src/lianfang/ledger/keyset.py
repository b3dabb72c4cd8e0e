"""Pages by key: the next page starts after the last row shown, however long the list is."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.core.exceptions import FieldError, ValidationError
from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)
SIZE = 50
MOST = 500


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows of one page, and the key after which the next one starts ("" = this is the last)."""

    rows: tuple[Row, ...]
    next: str


def page(queryset: QuerySet[Row], order: tuple[str, ...], after: str = "", size: int = SIZE) -> Page[Row]:
    """One page of a list in ascending order of `order`, whose last column is unique; a key that is none starts anew.

    None of the columns may be null in the queryset.
    """
    size = max(1, min(size, MOST))
    ordered = queryset.order_by(*order)
    key = read_key(after, len(order))
    if key is not None:
        try:
            ordered = ordered.filter(beyond(order, key))
        except (ValueError, ValidationError, FieldError):
            key = None
    rows = tuple(ordered[: size + 1])
    more = len(rows) > size
    shown = rows[:size]
    return Page(shown, write_key([getattr(shown[-1], name) for name in order]) if more else "")


def beyond(order: tuple[str, ...], key: list[Any]) -> Q:
    """What comes after a key: the first column bounds the index, the rest decide among equals."""
    first, *rest = order
    value, *others = key
    if not rest:
        return Q(**{f"{first}__gt": value})
    return Q(**{f"{first}__gte": value}) & (Q(**{f"{first}__gt": value}) | beyond(tuple(rest), others))


def write_key(values: list[Any]) -> str:
    """A key as it stands in an address."""
    plain = [value.isoformat() if isinstance(value, datetime) else str(value) for value in values]
    return urlsafe_b64encode(json.dumps(plain, ensure_ascii=False).encode()).decode().rstrip("=")


def read_key(text: str, length: int) -> list[Any] | None:
    """The values of a key; None if the text is not one."""
    try:
        found = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except ValueError:
        return None
    fits = isinstance(found, list) and len(found) == length and all(isinstance(value, str) for value in found)
    return found if fits else None
