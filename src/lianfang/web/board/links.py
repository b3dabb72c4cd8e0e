"""Where a figure of the board leads: the list it was counted from."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse


def persons(figure: str, **query: object) -> str:
    """The persons behind a figure, as `ledger.counts.behind` names it."""
    return _list("person", {"figure": figure, **query})


def owed(**query: object) -> str:
    """The obligations behind a figure."""
    return _list("obligation", query)


def _list(word: str, query: dict[str, object]) -> str:
    try:
        return f"{reverse('register', args=[word])}?{urlencode({name: str(value) for name, value in query.items()})}"
    except NoReverseMatch:
        return ""
