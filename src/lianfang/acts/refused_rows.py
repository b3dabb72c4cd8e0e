"""The rows of an import that are to be put right by whoever sent them: refused, or in conflict and not decided."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO, Literal

from lianfang.acts.in_force import in_force
from lianfang.acts.intake_rows import planned_row
from lianfang.acts.plan_intake import intake_of, sheet_of
from lianfang.acts.refused import Refused
from lianfang.core.access.actor import Actor
from lianfang.ledger import journal
from lianfang.ledger.models import IntakeRow
from lianfang.reach.sheets.refused import write_refused

MOST = 50_000


def refused_rows(
    intake: int, out: BinaryIO, *, language: Literal["zh", "en"] = "zh", actor: Actor, now: datetime
) -> int:
    """Write those rows as they were sent, each with its reasons; gives how many. It is noted who fetched them."""
    row = intake_of(intake, actor)
    if row.content is None:
        raise Refused("原文件已按期限清除。", "The file has been deleted after its time.")
    rows = IntakeRow.objects.filter(intake_id=intake)
    found = rows.filter(outcome="refused") | rows.filter(outcome="conflict", choice="")
    wanted = [planned_row(one) for one in found.order_by("row")[:MOST]]
    journal.view(actor, f"intake:{intake}", now=now)
    watermark = f"{actor.name} {now:%Y-%m-%d}"
    return write_refused(out, sheet_of(in_force(now), row), wanted, watermark, language)
