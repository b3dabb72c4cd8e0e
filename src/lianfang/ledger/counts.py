"""The figures of the command board, each with one definition; every page that shows one of them asks here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    Exists,
    F,
    Func,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import TruncDate

from lianfang.core.language.lower import walk
from lianfang.core.language.measure import Words
from lianfang.core.language.plan import Plan
from lianfang.ledger.bar import is_overdue
from lianfang.ledger.models import Fact, Loop, Obligation, Room

OPEN = ("running", "held", "suspended")
"""States of a loop that is not over."""
PERSON = "person"
HOSPITAL, SITE = "designated_hospital", "isolation_site"
RANKS: Mapping[str, int] = {HOSPITAL: 0, SITE: 1, "home": 3}
"""Somebody in two loops is counted once, in the stage with the lowest number; every other place comes before home."""
FOUND_INSIDE = ("control", "release", "follow_up", "recheck")
"""Purposes of a test of somebody who was under management already."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A stage that keeps a person at some place: what being under management means."""

    measure: str
    stage: str
    place: str
    words: Words

    @property
    def rank(self) -> int:
        """Which of two stages somebody is counted in."""
        return RANKS.get(self.place, 2)


@dataclass(frozen=True, slots=True)
class People:
    """How many persons of one unit are in one stage; each person once."""

    path: str
    measure: str
    stage: str
    held: bool
    persons: int


@dataclass(frozen=True, slots=True)
class Releases:
    """Persons whose release is planned for a day, and how many of them still lack evidence that is past its time."""

    day: date
    persons: int
    missing: int


@dataclass(frozen=True, slots=True)
class Found:
    """Persons newly found infected on a day, and how many of them were under management already."""

    day: date
    persons: int
    inside: int

    @property
    def outside(self) -> int:
        """Those found in the community."""
        return self.persons - self.inside


@dataclass(frozen=True, slots=True)
class Beds:
    """Beds of isolation sites: needed by those who are there now, and in use."""

    need: int
    held: int

    @property
    def gap(self) -> int:
        """How many are lacking; where there is no site nobody can lack one of its beds."""
        return max(0, self.need - self.held) if self.held else 0


def kept_stages(plan: Plan) -> tuple[Kept, ...]:
    """Every stage of the plan that keeps a person somewhere, those of earlier versions of a measure included."""
    found: dict[tuple[str, str], Kept] = {}
    for measure in plan.measures:
        if measure.subject == PERSON:
            for stage in measure.stages:
                if stage.place is not None:
                    found[measure.id, stage.id] = Kept(measure.id, stage.id, stage.place, stage.words)
    return tuple(found.values())


def infection_measures(stages: Iterable[Kept]) -> tuple[str, ...]:
    """The measures that bring somebody to the designated hospital: an infection was found."""
    return tuple(dict.fromkeys(kept.measure for kept in stages if kept.place == HOSPITAL))


def managed(loops: QuerySet[Loop], stages: Iterable[Kept]) -> QuerySet[Loop]:
    """The open loops that keep somebody in one of these stages now."""
    return loops.filter(_any(stages, "stage"), subject_kind=PERSON, state__in=OPEN)


def managed_then(loops: QuerySet[Loop], stages: Iterable[Kept], at: datetime) -> QuerySet[Loop]:
    """The loops that kept somebody in one of these stages at an earlier instant, told from their stages.

    Column `then` is the stage of that instant, `waited` whether its planned end had passed.
    """
    wanted = tuple(stages)
    measures = {kept.measure for kept in wanted}
    rows = loops.filter(subject_kind=PERSON, measure__in=measures, opened__lte=at)
    rows = rows.annotate(then=_StageAt(F("stages"), _second(at)), waited=_WaitedAt(F("stages"), _second(at)))
    return rows.filter(_any(wanted, "then"))


def once(loops: QuerySet[Loop], stages: Iterable[Kept], at: datetime | None = None) -> QuerySet[Loop]:
    """One loop for each person under management: the one she is counted in. `at` asks for an earlier instant."""
    wanted = tuple(stages)
    if not wanted:
        return Loop.objects.none()
    stage = "stage" if at is None else "then"
    rows = managed(loops, wanted) if at is None else managed_then(loops, wanted, at)
    first = rows.annotate(rank=_rank(wanted, stage)).order_by("subject", "rank", "-opened", "id").distinct("subject")
    return Loop.objects.filter(pk__in=first.values("pk"))


def people(loops: QuerySet[Loop], stages: Iterable[Kept], at: datetime | None = None) -> tuple[People, ...]:
    """Who is under management, by unit, measure and stage; each person once. `at` asks for an earlier instant."""
    shown = once(loops, stages, at)
    stage, held = ("stage", "state") if at is None else ("then", "waited")
    if at is not None:
        shown = shown.annotate(then=_StageAt(F("stages"), _second(at)), waited=_WaitedAt(F("stages"), _second(at)))
    counted = shown.order_by().values_list("path", "measure", stage, held).annotate(n=Count("pk"))
    return tuple(People(path, measure, name, sign == "held", n) for path, measure, name, sign, n in counted)


def releases(loops: QuerySet[Loop], plan: Plan, first: date, days: int, now: datetime) -> tuple[Releases, ...]:
    """The releases of some days from `first` on: planned and, for today, those that have happened."""
    lacks = Exists(lacking(plan, kept_stages(plan), now))
    rows = _ending(loops, plan, first, days).annotate(lacks=lacks, day=_day("release", plan.zone))
    late = Count("subject", distinct=True, filter=Q(lacks=True))
    counts = rows.order_by().values("day").annotate(n=Count("subject", distinct=True), missing=late)
    by_day = {row["day"]: (row["n"], row["missing"]) for row in counts}
    every = (first + timedelta(days=place) for place in range(days))
    return tuple(Releases(day, *by_day.get(day, (0, 0))) for day in every)


def lacking(plan: Plan, stages: Iterable[Kept], now: datetime) -> QuerySet[Obligation]:
    """What a release waits for and is past its time; to be asked for each loop."""
    measures = {kept.measure for kept in stages}
    gates = {path for m in plan.measures if m.id in measures for path, r in walk(m.requirements) if r.gates}
    late = is_overdue(now) | Q(status="held")
    return Obligation.objects.filter(late, loop=OuterRef("id"), requirement__in=gates)


def released(loops: QuerySet[Loop], plan: Plan, at: datetime) -> int:
    """How many persons have been released on the day of an instant, up to it."""
    rows = _ending(loops, plan, _civil(at, plan.zone), 1).filter(state="released", release__lte=at)
    return rows.aggregate(n=Count("subject", distinct=True))["n"] or 0


def _ending(loops: QuerySet[Loop], plan: Plan, first: date, days: int) -> QuerySet[Loop]:
    """The loops under management whose release is planned for some days, or has happened on them."""
    return loops.filter(
        subject_kind=PERSON,
        measure__in={kept.measure for kept in kept_stages(plan)},
        state__in=("running", "suspended", "released"),
        release__gte=_start(first, plan.zone),
        release__lt=_start(first + timedelta(days=days), plan.zone),
    )


def found(loops: QuerySet[Loop], plan: Plan, first: date, last: date, now: datetime) -> tuple[Found, ...]:
    """New infections by the day they were known, each person once: on the first day such a loop of hers opened."""
    measures = infection_measures(kept_stages(plan))
    until = min(_start(last + timedelta(days=1), plan.zone), now + timedelta(microseconds=1))
    by_day: dict[date, list[int]] = {}
    for _, opened, purpose in infections(loops, measures, _start(first, plan.zone), until):
        counts = by_day.setdefault(_civil(opened, plan.zone), [0, 0])
        counts[0] += 1
        counts[1] += purpose in FOUND_INSIDE
    days = (first + timedelta(days=place) for place in range((last - first).days + 1))
    return tuple(Found(day, *by_day.get(day, [0, 0])) for day in days)


def infections(
    loops: QuerySet[Loop], measures: Iterable[str], since: datetime, until: datetime
) -> tuple[tuple[str, datetime, str | None], ...]:
    """Who was found infected from `since` until before `until`: person, when it was known, purpose of that test."""
    names = list(measures)
    opening = Loop.objects.filter(subject_kind=PERSON, subject=OuterRef("subject"), measure__in=names)
    fact = opening.order_by("opened", "id").values("fact")[:1]
    purpose = Fact.objects.filter(id=OuterRef("opening_fact")).values("values__purpose")[:1]
    rows = loops.filter(subject_kind=PERSON, measure__in=names).order_by().values("subject")
    firsts = rows.annotate(first=Min("opened")).filter(first__gte=since, first__lt=until)
    known = (
        firsts.annotate(opening_fact=Subquery(fact)).annotate(purpose=Subquery(purpose)).order_by("first", "subject")
    )
    return tuple(known.order_by("first", "subject").values_list("subject", "first", "purpose"))


def behind(loops: QuerySet[Loop], plan: Plan, figure: str, now: datetime) -> QuerySet[Loop]:
    """The list behind a figure of the board, one loop a person, so that it has as many rows as the figure says.

    `managed`, `held`, `site` (at isolation sites), `stage:<its Chinese name>`, `found:<day>` or `found:all` (infected),
    `due:<day>` or `due:coming` (release planned), `released:<day>`. An unknown figure lists nobody.
    """
    stages, (word, _, of) = kept_stages(plan), figure.partition(":")
    match word:
        case "managed":
            return once(loops, stages)
        case "held":
            return once(loops, stages).filter(state="held")
        case "site":
            return once(loops, stages).filter(_any((kept for kept in stages if kept.place == SITE), "stage"))
        case "stage":
            return once(loops, stages).filter(_any((kept for kept in stages if kept.words.zh == of), "stage"))
        case "found":
            return _newly(loops, infection_measures(stages), *_days(of, plan.zone, now, back=True))
        case "due" | "released":
            return _leaving(loops, plan, word, of, now)
    return Loop.objects.none()


def _newly(loops: QuerySet[Loop], measures: Iterable[str], since: datetime, until: datetime) -> QuerySet[Loop]:
    first = loops.filter(subject_kind=PERSON, measure__in=list(measures)).order_by("subject", "opened", "id")
    rows = Loop.objects.filter(pk__in=first.distinct("subject").values("pk"))
    return rows.filter(opened__gte=since, opened__lt=until)


def _leaving(loops: QuerySet[Loop], plan: Plan, word: str, of: str, now: datetime) -> QuerySet[Loop]:
    since, until = _days(of, plan.zone, now, back=False)
    rows = _ending(loops, plan, _civil(since, plan.zone), (until - since).days)
    rows = rows.filter(state="released", release__lte=now) if word == "released" else rows
    first = rows.order_by("subject", "release", "id").distinct("subject")
    return Loop.objects.filter(pk__in=first.values("pk"))


def _days(of: str, zone: int, now: datetime, *, back: bool) -> tuple[datetime, datetime]:
    """One day as written, else the days the board shows: the last fifteen, or the next fourteen after today."""
    today = _start(_civil(now, zone), zone)
    try:
        day = _start(date.fromisoformat(of), zone)
    except ValueError:
        one = timedelta(days=1)
        return (today - 14 * one, today + one) if back else (today + one, today + 15 * one)
    return day, day + timedelta(days=1)


def beds(rooms: QuerySet[Room], counted: Iterable[People], stages: Iterable[Kept]) -> Beds:
    """Beds of isolation sites against the persons counted in a stage there."""
    places = {(kept.measure, kept.stage): kept.place for kept in stages}
    need = sum(one.persons for one in counted if places.get((one.measure, one.stage)) == SITE)
    return Beds(need, rooms.filter(in_use=True).aggregate(n=Sum("beds"))["n"] or 0)


def _any(stages: Iterable[Kept], column: str) -> Q:
    """One of the stages, as a condition: stage names mean something only together with their measure."""
    by_stages: dict[frozenset[str], list[str]] = {}
    by_measure: dict[str, set[str]] = {}
    for kept in stages:
        by_measure.setdefault(kept.measure, set()).add(kept.stage)
    for measure, names in by_measure.items():
        by_stages.setdefault(frozenset(names), []).append(measure)
    wanted = Q(pk__in=[])
    for names_together, measures in by_stages.items():
        wanted |= Q(**{"measure__in": measures, f"{column}__in": sorted(names_together)})
    return wanted


def _rank(stages: tuple[Kept, ...], column: str) -> Case:
    ranks = sorted({kept.rank for kept in stages})
    whens = [When(_any([kept for kept in stages if kept.rank == rank], column), then=Value(rank)) for rank in ranks]
    return Case(*whens, default=Value(9), output_field=IntegerField())


_OF_THAT_TIME = (
    "FROM (VALUES (%(expressions)s)) AS v(stages, at), jsonb_array_elements(v.stages) s"
    " WHERE (s->>'from')::bigint <= v.at AND coalesce((s->>'to')::bigint > v.at, true)"
    " ORDER BY (s->>'from')::bigint DESC LIMIT 1"
)


class _StageAt(Func):
    """The stage a loop was in at an instant."""

    output_field = CharField()
    template = f"(SELECT s->>'stage' {_OF_THAT_TIME})"

    def __init__(self, stages: F, at: Value) -> None:
        super().__init__(stages, at)


class _WaitedAt(Func):
    """`held` where a loop was past the planned end of its stage at an instant."""

    output_field = CharField()
    template = f"(SELECT CASE WHEN (s->>'planned_to')::bigint <= v.at THEN 'held' ELSE '' END {_OF_THAT_TIME})"

    def __init__(self, stages: F, at: Value) -> None:
        super().__init__(stages, at)


def _second(at: datetime) -> Value:
    return Value(int(at.timestamp()), output_field=BigIntegerField())


def _day(column: str, zone: int) -> TruncDate:
    return TruncDate(column, tzinfo=timezone(timedelta(seconds=zone)))


def _civil(when: datetime, zone: int) -> date:
    return when.astimezone(timezone(timedelta(seconds=zone))).date()


def _start(day: date, zone: int) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=timezone(timedelta(seconds=zone)))
