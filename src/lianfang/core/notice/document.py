"""A reading as a JSON document: the same fields in the same order for the same notice; what is not there is null."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date

from lianfang.core.notice.reading import Reading

FORMAT = "lianfang-reading/1"


def reading_document(reading: Reading) -> str:
    """The whole reading as JSON text, two spaces to a level."""
    plain = {"format": FORMAT, **{field.name: _plain(getattr(reading, field.name)) for field in fields(reading)}}
    return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
