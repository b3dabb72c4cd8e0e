"""What every issued paper needs: who issues it under which number, dates as papers write them, the plan's words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from uuid import UUID

from lianfang.acts.in_force import InForce
from lianfang.acts.refused import Refused
from lianfang.ledger.models import Loop, Obligation, Subject, Unit
from lianfang.reach.documents.layout import Quote, Status, Verify

MOST_QUOTES = 3
OWED = ("upcoming", "due", "overdue", "held", "suspended")
"""Statuses of what is still to be done."""
STATUS_WORDS = {
    "met": "已办",
    "late": "迟办",
    "due": "应办",
    "overdue": "逾期",
    "held": "待补",
    "upcoming": "未到",
    "suspended": "中止",
    "superseded": "已替代",
    "cancelled": "已撤销",
    "waived": "豁免",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """The head of a paper that is being issued."""

    force: InForce
    number: str
    office: str
    now: datetime
    verify: Verify

    @property
    def date(self) -> str:
        """The day of issue."""
        return self.day(self.now)

    def day(self, when: datetime | None) -> str:
        """A day as papers write it: 2026年11月22日; not known is said."""
        if when is None:
            return "待定，条件齐备后另行通知"
        local = when.astimezone(self.zone)
        return f"{local.year}年{local.month}月{local.day}日"

    def moment(self, when: datetime | None) -> str:
        """A day with its time."""
        if when is None:
            return self.day(None)
        return f"{self.day(when)} {when.astimezone(self.zone):%H:%M}"

    @property
    def zone(self) -> timezone:
        """The plan's distance from UTC."""
        return timezone(timedelta(seconds=self.force.plan.zone))

    def quotes(self, clauses: Iterable[str]) -> tuple[Quote, ...]:
        """The first clauses in the words of the plan."""
        known = (self.force.plan.clauses.get(id) for id in dict.fromkeys(clauses))
        found = [clause for clause in known if clause is not None][:MOST_QUOTES]
        return tuple(Quote(clause.id.rpartition(":")[2], clause.gist.zh, self.force.plan.words.zh) for clause in found)

    def measure(self, loop: Loop) -> str:
        """What the plan calls the measure."""
        measure = self.force.measures.get(loop.measure)
        return measure.words.zh if measure is not None else loop.measure

    def duty(self, row: Obligation) -> str:
        """What the plan calls what is owed."""
        found = self.force.requirements.get((row.measure, row.requirement))
        return found[1].words.zh if found is not None else row.requirement

    def due(self, row: Obligation) -> str:
        """By when it is owed."""
        return self.moment(row.due) if row.due is not None else "解除前"


def status_of(row: Obligation) -> Status:
    """A status with its shape and word."""
    return Status(row.status, STATUS_WORDS.get(row.status, row.status))


def loop_of(number: str) -> Loop:
    """The loop a paper is about; refused if there is none."""
    try:
        found = Loop.objects.filter(pk=UUID(number)).first()
    except ValueError:
        found = None
    if found is None:
        raise Refused(
            f"没有这项措施（{number}），可能已经变动；请刷新页面。",
            f"There is no such measure ({number}); it may have changed, reload the page.",
        )
    return found


def unit_name(unit: str) -> str:
    """The name of a unit, or its id."""
    return Unit.objects.filter(pk=unit).values_list("name", flat=True).first() or unit


def subject_name(kind: str, subject: str) -> str:
    """The name of a subject, or its id."""
    return Subject.objects.filter(kind=kind, subject=subject).values_list("name", flat=True).first() or subject
