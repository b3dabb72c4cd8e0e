"""Every quotation of a reading, and those that do not stand in the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from lianfang.core.notice.reading import LeftOut, Quote, Reading
from lianfang.core.notice.text import squeeze


def everything_quoted(thing: object) -> list[Quote]:
    """All quotations anywhere inside."""
    return list(_quotes(thing))


def _quotes(thing: object) -> Iterator[Quote]:
    if isinstance(thing, Quote):
        yield thing
    elif is_dataclass(thing) and not isinstance(thing, type | LeftOut):
        for field in fields(thing):
            yield from _quotes(getattr(thing, field.name))
    elif isinstance(thing, tuple):
        for item in thing:
            yield from _quotes(item)


def strangers(reading: Reading) -> list[str]:
    """Quotations that are not in what was kept nor in a line that was left out."""
    kept = squeeze(reading.text)
    out = [squeeze(left.text) for left in reading.left_out]
    words = {squeeze(quote.text) for quote in everything_quoted(reading)}
    return sorted(word for word in words if word not in kept and not any(word in line for line in out))
