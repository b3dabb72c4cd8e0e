"""A resident's own matters in plain words: her measures, what is to be done, results, papers, who looked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from lianfang.acts.appeal import ANSWER, KIND
from lianfang.acts.in_force import InForce
from lianfang.acts.issue_paper import SORTS
from lianfang.core.access import acts
from lianfang.core.access.actor import Actor
from lianfang.core.access.scope import scope
from lianfang.ledger.counts import OPEN, PERSON, kept_stages
from lianfang.ledger.models import Fact, JournalEntry, Loop, Note, Obligation, Paper
from lianfang.ledger.visible import visible
from lianfang.web.parts.said import said
from lianfang.web.subject.called import unit_names
from lianfang.web.subject.grid import zone_of
from lianfang.web.subject.stages import spans
from lianfang.web.today.owed import standing as status_now
from lianfang.web.today.rows import duty

AHEAD = timedelta(days=7)
MOST = 60
RESULTS = ("test", "recheck")
LOOKED = ("see_subject", acts.UNMASK, acts.SEE_ADDRESS)


@dataclass(frozen=True, slots=True)
class Said:
    """One word in an appeal: mine or the answer."""

    answer: bool
    text: str
    at: datetime
    post: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure I am under: its stage, the day I am in, until when, and what was said about it."""

    id: str
    name: str
    stage: str
    day: int
    days: int
    release: datetime | None
    state: str
    kept: bool
    missing: tuple[str, ...]
    said: tuple[Said, ...]

    @property
    def waiting(self) -> bool:
        """Whether my appeal has not been answered."""
        return bool(self.said) and not self.said[-1].answer

    @property
    def share(self) -> float:
        """How far the days have come, in percent."""
        return round(min(100.0, 100.0 * self.day / self.days), 1) if self.days else 0.0


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to be done about me: what, by when, by whom."""

    id: str
    what: str
    measure: str
    status: str
    due: datetime | None
    owner: str


@dataclass(frozen=True, slots=True)
class Result:
    """One test of mine."""

    at: datetime
    what: str
    result: str
    shape: str
    known_at: str


@dataclass(frozen=True, slots=True)
class OwnPaper:
    """One paper issued to me."""

    number: int
    sort: str
    issued_at: datetime
    code: str
    valid: bool


@dataclass(frozen=True, slots=True)
class Looker:
    """Somebody who looked at my record: the post, never the name."""

    at: datetime
    who: str
    what: str


def measures(force: InForce, actor: Actor, now: datetime) -> tuple[Measure, ...]:
    """The measures I am under, those that keep me somewhere first."""
    kept = {(one.measure, one.stage) for one in kept_stages(force.plan)}
    rows = visible(Loop.objects.filter(subject_kind=PERSON, state__in=OPEN), scope(actor, acts.SEE_OWN))
    loops = list(rows.order_by("opened", "id")[:MOST])
    notes = _notes(loops)
    missing = _missing(force, loops, now)
    found = [_measure(force, loop, kept, notes[str(loop.pk)], missing[str(loop.pk)], now) for loop in loops]
    return tuple(sorted(found, key=lambda one: not one.kept))


def _measure(
    force: InForce,
    loop: Loop,
    kept: set[tuple[str, str]],
    notes: list[Said],
    missing: list[str],
    now: datetime,
) -> Measure:
    measure, zone = force.measures.get(loop.measure), zone_of(force.plan.zone)
    stages = [span for span in spans(force, loop) if span.binding]
    begin = loop.day_one or loop.opened
    day = (now.astimezone(zone).date() - begin.astimezone(zone).date()).days + 1
    current = next((span for span in stages if span.id == loop.stage), None)
    return Measure(
        id=str(loop.pk),
        name=said(measure.words) if measure is not None else loop.measure,
        stage=said(current.words) if current is not None else "",
        day=max(1, day),
        days=sum(span.days for span in stages),
        release=loop.release,
        state=loop.state,
        kept=(loop.measure, loop.stage) in kept,
        missing=tuple(dict.fromkeys(missing)),
        said=tuple(notes),
    )


def _notes(loops: list[Loop]) -> dict[str, list[Said]]:
    found: dict[str, list[Said]] = defaultdict(list)
    rows = Note.objects.filter(about__in=[str(loop.pk) for loop in loops], kind__in=(KIND, ANSWER))
    for row in rows.order_by("at", "id"):
        found[row.about].append(Said(row.kind == ANSWER, row.text, row.at, row.post))
    return found


def _missing(force: InForce, loops: list[Loop], now: datetime) -> dict[str, list[str]]:
    """What each release still waits for."""
    found: dict[str, list[str]] = defaultdict(list)
    rows = Obligation.objects.filter(loop__in=[loop.pk for loop in loops])
    late = Q(status="held") | Q(status__in=("due", "overdue"))
    for row in rows.filter(late).order_by("due", "id"):
        known = force.requirements.get((row.measure, row.requirement))
        if known is not None and known[1].gates:
            found[str(row.loop)].append(duty(force, row))
    return found


def tasks(force: InForce, actor: Actor, now: datetime) -> tuple[Task, ...]:
    """What is to be done now and in the next days, the most pressing first."""
    rows = visible(Obligation.objects.filter(subject_kind=PERSON), scope(actor, acts.SEE_OWN))
    wanted = Q(status__in=("due", "overdue", "held")) | Q(status="upcoming", due__lt=now + AHEAD)
    begun = Q(since=None) | Q(since__lt=now + AHEAD)
    units = unit_names()
    found = []
    for row in rows.filter(wanted & begun).order_by("due", "id")[:MOST]:
        measure = force.measures.get(row.measure)
        name = said(measure.words) if measure is not None else row.measure
        owner = units.get(row.owner, row.by)
        found.append(Task(str(row.pk), duty(force, row), name, status_now(row, now), row.due, owner))
    return tuple(found)


def results(force: InForce, actor: Actor) -> tuple[Result, ...]:
    """My tests, the newest first."""
    rows = Fact.objects.filter(subject_kind=PERSON, subject=actor.subject, kind__in=RESULTS).order_by("-at", "-no")
    superseded = Fact.objects.filter(corrects__isnull=False, subject=actor.subject).values("corrects")
    return tuple(_result(force, row) for row in rows.exclude(id__in=superseded)[:MOST])


def _result(force: InForce, row: Fact) -> Result:
    kind = force.plan.kinds.get(row.kind)
    result = str(row.values.get("result") or "")

    def word(column: str) -> str:
        value = str(row.values.get(column) or "")
        known = kind.columns.get(column) if kind is not None else None
        return dict(known.choices).get(value, value) if known is not None else value

    shape = result if result in ("negative", "positive") else "due"
    what = word("test") or (kind.zh if kind is not None else row.kind)
    return Result(row.at, what, word("result"), shape, str(row.values.get("resulted_at") or "")[:16].replace("T", " "))


def papers(actor: Actor) -> tuple[OwnPaper, ...]:
    """The papers issued to me."""
    rows = visible(Paper.objects.filter(subject_kind=PERSON), scope(actor, acts.SEE_OWN)).order_by("-issued_at", "-pk")
    return tuple(
        OwnPaper(
            row.pk,
            said(SORTS[row.kind].words) if row.kind in SORTS else row.kind,
            row.issued_at,
            row.code,
            row.withdrawn_at is None,
        )
        for row in rows[:MOST]
    )


def lookers(actor: Actor) -> tuple[Looker, ...]:
    """Who looked at my record lately, by unit and post."""
    rows = JournalEntry.objects.filter(about=f"person:{actor.subject}", act__in=LOOKED).order_by("-no")[:20]
    units = unit_names()
    return tuple(Looker(row.at, f"{units.get(row.unit, row.unit)} {row.post}".strip(), row.reason) for row in rows)
