"""What a file shows below its head, read in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lianfang.acts.in_force import InForce
from lianfang.acts.issue_paper import SORTS
from lianfang.core.access import acts
from lianfang.core.access.actor import Actor
from lianfang.core.access.may import may
from lianfang.core.access.thing import Thing
from lianfang.core.language.measure import Words
from lianfang.ledger.models import Loop, Note, Obligation, Paper, Placement, Subject
from lianfang.web.parts.said import said
from lianfang.web.subject.called import called, unit_names
from lianfang.web.subject.due import owed, what
from lianfang.web.subject.grid import Days, days_for, zone_of
from lianfang.web.subject.happened import Happened, happened, references
from lianfang.web.subject.head import records_of, thing
from lianfang.web.subject.lacking import Dated, Waiting, dates, waiting
from lianfang.web.subject.lane import Lane
from lianfang.web.subject.lanes import Known, lanes
from lianfang.web.subject.stages import LIVE, name_of, spans

MOST_LOOPS, MOST_OBLIGATIONS, FEW, MOST_NOTES = 60, 3_000, 8, 10


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to be done now."""

    row: Obligation
    words: Words
    owner: str
    may_record: bool


@dataclass(frozen=True, slots=True)
class Running:
    """One measure in the head: what it is called, how it stands, the day of it today and how many it has."""

    loop: Loop
    name: str
    missing: int
    day: int
    days: int


@dataclass(frozen=True, slots=True)
class Issued:
    """One paper that was issued, and what it is called."""

    row: Paper
    name: str


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything below the head of a file."""

    days: Days
    before: date
    after: date
    lanes: tuple[Lane, ...]
    running: tuple[Running, ...]
    due: tuple[Due, ...]
    more_due: int
    waiting: tuple[Waiting, ...]
    dates: tuple[Dated, ...]
    papers: tuple[Issued, ...]
    notes: tuple[Note, ...]
    facts: int
    room: str
    may_record: bool
    may_issue: bool


def contents(
    force: InForce, row: Subject, actor: Actor, now: datetime, as_of: datetime, first: date | None
) -> Contents:
    """The grid, what is due, what the release waits for, the dates, the papers."""
    facts = happened(force.plan, row.kind, records_of(row), as_of)
    loops = tuple(
        Loop.objects.filter(subject_kind=row.kind, subject=row.subject, opened__lte=as_of).order_by("-opened")[
            :MOST_LOOPS
        ]
    )
    rows = tuple(
        Obligation.objects.filter(subject_kind=row.kind, subject=row.subject).order_by("due", "id")[:MOST_OBLIGATIONS]
    )
    days = days_for(_times(force, loops, facts, as_of), as_of, zone_of(force.plan.zone), first)
    drawn = lanes(Known(force, days, facts, loops, rows, called(references(facts))))
    pressing, needs = owed(rows), waiting(days, force, loops, rows)
    here = as_of >= now
    about = {str(one.pk) for one in (*loops, *rows)} | {f"{row.kind}:{row.subject}"}
    return Contents(
        days=days,
        before=days.first - timedelta(days=7),
        after=days.first + timedelta(days=7),
        lanes=drawn,
        running=_running(force, loops, needs, days),
        due=tuple(_due(force, one, actor, row, here) for one in pressing[:FEW]),
        more_due=max(0, len(pressing) - FEW),
        waiting=needs,
        dates=dates(days, force, loops),
        papers=_papers(row),
        notes=tuple(Note.objects.filter(about__in=about).order_by("-at")[:MOST_NOTES]),
        facts=sum(not fact.replaced for fact in facts),
        room=_room(row, as_of),
        may_record=here and bool(may(actor, acts.RECORD_FACT, thing(row))),
        may_issue=here and bool(may(actor, acts.ISSUE_PAPER, thing(row))),
    )


def _times(force: InForce, loops: tuple[Loop, ...], facts: tuple[Happened, ...], now: datetime) -> list[datetime]:
    """What the grid should show: the running measures, else the last that ran, else the last facts."""
    timed = [loop for loop in loops if spans(force, loop)]
    live = [loop for loop in timed if loop.state in LIVE] or timed[:1]
    times = [time for loop in live for time in (loop.opened, loop.day_one, loop.release) if time is not None]
    return times or [fact.at for fact in facts[-3:] if fact.at > now - timedelta(days=60)]


def _running(force: InForce, loops: tuple[Loop, ...], needs: tuple[Waiting, ...], days: Days) -> tuple[Running, ...]:
    """The measures that run, those with stages first."""
    lacking = {need.loop.pk: need.missing for need in needs}
    live = [loop for loop in loops if loop.state in LIVE]
    found = [_one(force, loop, lacking.get(loop.pk, 0), days) for loop in live]
    return tuple(sorted(found, key=lambda one: (one.days == 0, one.loop.opened)))


def _one(force: InForce, loop: Loop, missing: int, days: Days) -> Running:
    stages = [stage for stage in spans(force, loop) if stage.binding]
    whole = sum(stage.days for stage in stages)
    number = (days.today - days.day(loop.day_one)).days + 1 if loop.day_one else 0
    return Running(loop, name_of(force, loop.measure), missing, number, whole)


def _due(force: InForce, row: Obligation, actor: Actor, subject: Subject, here: bool) -> Due:
    about = Thing("fact", row.path, row.owner, subject.supervisor, row.subject_kind, row.subject)
    return Due(
        row, what(force, row), unit_names().get(row.owner, row.by), here and bool(may(actor, acts.RECORD_FACT, about))
    )


def _papers(row: Subject) -> tuple[Issued, ...]:
    """The newest papers about a subject."""
    rows = Paper.objects.filter(subject_kind=row.kind, subject=row.subject).order_by("-issued_at")[:FEW]
    return tuple(Issued(one, said(SORTS[one.kind].words) if one.kind in SORTS else one.kind) for one in rows)


def _room(row: Subject, as_of: datetime) -> str:
    """The room somebody is placed in at an instant."""
    found = Placement.objects.filter(person=row.subject, during__contains=as_of).select_related("room__unit").first()
    return f"{found.room.unit.name} {found.room.name}" if found and row.kind == "person" else ""
