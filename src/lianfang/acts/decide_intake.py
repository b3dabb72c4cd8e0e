"""Decide every conflict of an import that is still open in one way: what is known stays, or what the sheet says."""

from __future__ import annotations

from django.db.models import QuerySet

from lianfang.acts.plan_intake import PLANNED, intake_of
from lianfang.acts.refused import Refused
from lianfang.core.access.actor import Actor
from lianfang.ledger.models import IntakeRow

KNOWN, SHEET = "known", "sheet"
STEP = 2_000


def decide_intake(intake: int, way: str, *, actor: Actor) -> int:
    """Decide the open conflicts by `way` (`known` or `sheet`); gives how many were decided.

    Of two rows of the sheet that differ, `known` takes the earlier and `sheet` the later one. Where it is open who
    somebody is, a person has to look: such rows stay open.
    """
    if way not in (KNOWN, SHEET):
        raise Refused(f"没有“{way}”这种选法；可选：known、sheet。", f"There is no way {way!r}; allowed: known, sheet.")
    if intake_of(intake, actor).state != PLANNED:
        raise Refused("这次导入已经执行或取消。", "This import has been applied or cancelled.")
    count, after = 0, 0
    while rows := list(_open(intake).filter(row__gt=after).order_by("row")[:STEP]):
        after = rows[-1].row
        decided = [row for row in rows if _decide(row, way)]
        count += len(decided)
        IntakeRow.objects.bulk_update(decided, ["choice"], batch_size=500)
    return count


def _open(intake: int) -> QuerySet[IntakeRow]:
    return IntakeRow.objects.filter(intake_id=intake, outcome="conflict", choice="").defer("sealed")


def _decide(row: IntakeRow, way: str) -> bool:
    row.choice = choice_of(row, way)
    return bool(row.choice)


def choice_of(row: IntakeRow, way: str) -> str:
    """The row's choice that is meant by `way`; empty if it offers none such."""
    offered = [one["value"] for problem in row.problems for one in problem.get("choices", [])]
    if way in offered:
        return way
    rows = [value for value in offered if value.startswith("row:")]
    if not rows:
        return ""
    return next((value for value in rows if (value == f"row:{row.row}") is (way == SHEET)), "")
