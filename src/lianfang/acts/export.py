"""Take a list out as a workbook: with the right to, a watermark, its row count, and a line in the journal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from io import BytesIO

from lianfang.acts.in_force import in_force
from lianfang.acts.known import check
from lianfang.acts.refused import Refused
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import EXPORT
from lianfang.core.access.thing import Thing
from lianfang.ledger import journal
from lianfang.reach.sheets.write import MOST_ROWS, Cell, SheetColumn, SheetTitle, write_sheet


@dataclass(frozen=True, slots=True)
class Exported:
    """A workbook (.xlsx): its bytes, how many rows, the watermark that it carries on its first line."""

    content: bytes
    rows: int
    watermark: str


def export(
    title: str,
    columns: Sequence[SheetColumn],
    rows: Iterable[Sequence[Cell]],
    count: int,
    *,
    kind: str = "subject",
    reason: str = "",
    actor: Actor,
    now: datetime,
) -> Exported:
    """Write rows that the caller has limited to what the actor may take out (`scope(actor, EXPORT)`).

    `kind` is the word of the records (subject, obligation, task, figure, journal …). Who took what out, how many rows
    and the file's digest stand in the journal before the file is handed over.
    """
    check(actor, EXPORT, Thing(kind, actor.path, actor.unit))
    if count > MOST_ROWS:
        raise Refused(
            f"共 {count} 行，一张表最多 {MOST_ROWS} 行；请缩小范围。",
            f"{count} rows; a sheet holds {MOST_ROWS} at most; choose fewer.",
        )
    plan = in_force(now).plan
    local = now.astimezone(timezone(timedelta(seconds=plan.zone)))
    watermark = f"{actor.name} {actor.post} {local:%Y-%m-%d %H:%M}"
    out = BytesIO()
    head = SheetTitle(title, count, plan.words.zh, f"{local:%Y-%m-%d %H:%M}", watermark)
    written = write_sheet(out, head, columns, rows, plan.zone)
    content = out.getvalue()
    details = {"rows": written, "digest": sha256(content).hexdigest(), "columns": [column.head for column in columns]}
    journal.write(actor, EXPORT, f"export:{title}"[:160], now=now, reason=reason, details=details)
    return Exported(content, written, watermark)
