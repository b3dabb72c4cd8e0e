"""The words of a paper kept as they were issued, so that every later print says the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256
from typing import Any

from lianfang.acts.refused import Refused
from lianfang.core.access.actor import Actor
from lianfang.ledger.models import Attachment, Paper
from lianfang.reach.documents.layout import (
    Bar,
    Cell,
    Letter,
    Line,
    Quote,
    Report,
    Status,
    Table,
    TableColumn,
    Verify,
)

JSON = "application/json"


def keep_words(row: Paper, words: Letter | Report, actor: Actor, now: datetime) -> None:
    """Keep the words of a paper that is being issued."""
    layout = "letter" if isinstance(words, Letter) else "report"
    content = json.dumps({"layout": layout, **asdict(words)}, ensure_ascii=False).encode()
    Attachment.objects.create(
        about=f"paper:{row.pk}",
        name=f"{words.title}.json",
        media_type=JSON,
        size=len(content),
        digest=sha256(content).hexdigest(),
        content=content,
        at=now,
        by=actor.account,
    )


def words_of(row: Paper) -> Letter | Report:
    """The words of a paper as it was issued."""
    kept = Attachment.objects.filter(about=f"paper:{row.pk}", media_type=JSON).order_by("id").first()
    if kept is None:
        raise Refused("这份文书没有留底，不能再打印。", "No copy of this paper was kept; it cannot be printed again.")
    return _read(json.loads(bytes(kept.content)))


def _read(said: Mapping[str, Any]) -> Letter | Report:
    made: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in said.items()}
    layout = made.pop("layout")
    made |= {
        "quotes": tuple(Quote(**one) for one in said["quotes"]),
        "lines": tuple(Line(**one) for one in said["lines"]),
        "tables": tuple(_table(one) for one in said["tables"]),
        "verify": Verify(**said["verify"]) if said["verify"] else None,
    }
    return Letter(**made) if layout == "letter" else Report(**made)


def _table(said: Mapping[str, Any]) -> Table:
    columns = tuple(TableColumn(**one) for one in said["columns"])
    rows = tuple(tuple(_cell(cell) for cell in row) for row in said["rows"])
    return Table(said["title"], columns, rows, said["note"], said["sum_first"])


def _cell(said: Any) -> Cell:
    if isinstance(said, str):
        return said
    return Status(**said) if "word" in said else Bar(**said)
