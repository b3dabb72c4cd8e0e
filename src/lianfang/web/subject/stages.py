"""The measures a subject is under, stage by stage: what has passed, what is still to come, when it is released."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext

from lianfang.acts.in_force import InForce
from lianfang.core.language.measure import Words
from lianfang.ledger.models import Loop
from lianfang.web.parts.said import said
from lianfang.web.subject.grid import Days, width_of
from lianfang.web.subject.lane import Item, Lane

MOST = 6
EDGE = 98.6
"""Nothing is marked further right, in percent: it would be cut."""
LIVE = ("running", "held", "suspended")
GONE = ("superseded", "cancelled")


@dataclass(frozen=True, slots=True)
class Span:
    """One stage of a loop: from when, until when it is planned, until when it really went (None: it goes on)."""

    id: str
    words: Words
    since: datetime
    planned: datetime | None
    until: datetime | None
    binding: bool

    @property
    def days(self) -> int:
        """How many days are planned; 0 when there is no planned end."""
        return round((self.planned - self.since) / timedelta(days=1)) if self.planned else 0


def spans(force: InForce, loop: Loop) -> tuple[Span, ...]:
    """The stages of a loop that have begun or are planned, those without any time left out."""
    measure = force.measures.get(loop.measure)
    known = {stage.id: stage for stage in measure.stages} if measure else {}
    found = []
    for line in loop.stages:
        since, planned, until = (_when(line.get(name)) for name in ("from", "planned_to", "to"))
        stage = known.get(line["stage"])
        if since is None or (until is not None and until <= since) or planned == since:
            continue
        words = stage.words if stage else Words(line["stage"], line["stage"])
        found.append(Span(line["stage"], words, since, planned, until, stage.binding if stage else True))
    return tuple(found)


def _when(seconds: object) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int) else None


def name_of(force: InForce, measure: str) -> str:
    """What a measure is called."""
    found = force.measures.get(measure)
    return said(found.words) if found else measure


def measure_lane(days: Days, force: InForce, loops: Iterable[Loop]) -> Lane | None:
    """The loops with stages, those that are over above, those that run below."""
    drawn = [(loop, spans(force, loop)) for loop in loops]
    timed = [(loop, stages) for loop, stages in drawn if stages and days.shows(loop.opened, _end(loop, stages, days))]
    order = sorted(timed, key=lambda pair: (pair[0].state in LIVE, pair[0].opened))
    shown = order[-MOST:]
    items: list[Item] = []
    for row, (loop, stages) in enumerate(shown):
        items += _gone(days, force, loop, row) if loop.state in GONE else _running(days, loop, stages, row)
    return Lane(gettext("管理措施"), tuple(items), len(shown), len(order) - len(shown)) if shown else None


def _end(loop: Loop, stages: tuple[Span, ...], days: Days) -> datetime | None:
    if loop.state in LIVE:
        return None
    return loop.ended or loop.release or stages[-1].until


def _gone(days: Days, force: InForce, loop: Loop, row: int) -> list[Item]:
    """A loop that another one replaced, or that was cancelled: only its outline is left."""
    x, end = days.x(loop.opened), days.x(loop.ended or days.now)
    word = gettext("已替代") if loop.state == "superseded" else gettext("已撤销")
    return [_fitting("bar", x, end, row, "gone", f"{name_of(force, loop.measure)} {word}", _why(loop))]


def _running(days: Days, loop: Loop, stages: tuple[Span, ...], row: int) -> list[Item]:
    items = []
    for stage in stages:
        stop = loop.ended if loop.ended and loop.state not in LIVE else None
        items += _stage(days, loop, stage, row, stop)
    if loop.state in LIVE and loop.release and days.start <= loop.release:
        items.append(_release(days, loop, row))
    return items


def _stage(days: Days, loop: Loop, stage: Span, row: int, stop: datetime | None) -> list[Item]:
    """What has passed of a stage as a full bar, what is to come hatched."""
    until = stop or stage.until or stage.planned or days.end
    if not days.shows(stage.since, until):
        return []
    passed, items = min(until, days.now), []
    x = days.x(stage.since)
    if stage.since < days.now:
        over = until <= days.now
        items.append(
            _fitting("bar", x, days.x(passed), row, "past" if over else "now", _words(days, stage, over), _why(loop))
        )
    if until > days.now:
        begin = max(stage.since, days.now)
        items.append(_fitting("bar", days.x(begin), days.x(until), row, "coming", _left(days, stage), _why(loop)))
    return items


def _words(days: Days, stage: Span, over: bool) -> str:
    name = said(stage.words)
    whole = gettext("%(name)s %(days)s天") % {"name": name, "days": stage.days} if stage.days else name
    if over:
        last = (stage.until or days.now) - timedelta(seconds=1)
        return f"{whole} · {_day(days, stage.since)} – {_day(days, last)}"
    number = (days.today - days.day(stage.since)).days + 1
    return gettext("%(whole)s · 第%(number)s天") % {"whole": whole, "number": number}


def _left(days: Days, stage: Span) -> str:
    if stage.since >= days.now:
        return (
            gettext("%(name)s %(days)s天") % {"name": said(stage.words), "days": stage.days}
            if stage.days
            else said(stage.words)
        )
    if stage.planned is None:
        return gettext("没有定期")
    if stage.planned <= days.now:
        return gettext("等待补齐")
    left = (days.day(stage.planned) - days.today).days
    return gettext("还有 %(days)s天到期") % {"days": left}


def _release(days: Days, loop: Loop, row: int) -> Item:
    """The diamond of the release; one that lies beyond the grid stands at its edge."""
    when = loop.release or days.now
    x = min(days.x(when), EDGE)
    second = f"{when.astimezone(days.zone):%m-%d %H:%M}"
    address = reverse("why-date", args=[loop.pk, "release"])
    text = gettext("预计解除") if when <= days.end else gettext("以后解除")
    return Item("diamond", x, 0, row, "release", text, second, address, before=x > 90)


def _fitting(kind: str, x: float, end: float, row: int, look: str, text: str, why: str) -> Item:
    """A bar whose words are cut to its width."""
    width = max(end - x, 0.4)
    room = width - 1.2
    while text and width_of(text) > room:
        text = text[:-2] + "…" if len(text) > 2 else ""
    return Item(kind, x, round(width, 3), row, look, text if len(text) > 2 else "", why=why)


def _why(loop: Loop) -> str:
    return reverse("why-date", args=[loop.pk, "stages"])


def _day(days: Days, when: datetime) -> str:
    return f"{when.astimezone(days.zone):%m-%d}"
