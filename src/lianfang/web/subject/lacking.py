"""What a release still waits for: the stages that must pass, and the evidence that must be there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext

from lianfang.acts.in_force import InForce
from lianfang.core.language.measure import Requirement, Shape
from lianfang.ledger.models import Loop, Obligation
from lianfang.web.parts.said import said
from lianfang.web.subject.grid import Days
from lianfang.web.subject.stages import LIVE, Span, name_of, spans

DONE = ("met", "late", "waived")
MOST_LOOPS = 3


@dataclass(frozen=True, slots=True)
class Need:
    """One thing a release needs: its status (a shape), what it is, how far it is, the address of its reasons."""

    status: str
    text: str
    beside: str
    why: str

    @property
    def there(self) -> bool:
        """Whether nothing is missing of it."""
        return self.status in DONE


@dataclass(frozen=True, slots=True)
class Waiting:
    """One running measure with all its release needs; `release` is when it can be at the earliest."""

    loop: Loop
    name: str
    release: datetime | None
    needs: tuple[Need, ...]

    @property
    def missing(self) -> int:
        """How many are not there yet."""
        return sum(not need.there for need in self.needs)


@dataclass(frozen=True, slots=True)
class Dated:
    """One date of a file that can be asked why."""

    text: str
    when: datetime
    note: str
    why: str


def waiting(days: Days, force: InForce, loops: Iterable[Loop], rows: Sequence[Obligation]) -> tuple[Waiting, ...]:
    """The running measures with something to wait for, the one that lasts longest first."""
    live = [loop for loop in loops if loop.state in LIVE and (loop.release or _gating(force, loop, rows))]
    order = sorted(live, key=lambda loop: (bool(spans(force, loop)), loop.release or loop.opened), reverse=True)
    timed = [loop for loop in order if spans(force, loop)]
    return tuple(_waiting(days, force, loop, rows) for loop in (timed or order)[:MOST_LOOPS])


def _waiting(days: Days, force: InForce, loop: Loop, rows: Sequence[Obligation]) -> Waiting:
    needs = [_stage(days, loop, stage) for stage in spans(force, loop) if stage.binding]
    needs += [_need(asked, found) for asked, found in _gating(force, loop, rows)]
    return Waiting(loop, name_of(force, loop.measure), loop.release, tuple(needs))


def _stage(days: Days, loop: Loop, stage: Span) -> Need:
    """A stage that has passed, or how long it still lasts."""
    address = reverse("why-date", args=[loop.pk, "stages"])
    text = (
        gettext("%(stage)s满%(days)s天") % {"stage": said(stage.words), "days": stage.days}
        if stage.days
        else said(stage.words)
    )
    end = stage.until or stage.planned
    if stage.planned is not None and stage.planned <= days.now:
        return Need("met", text, gettext("%(day)s 满") % {"day": _last(days, stage.planned)}, address)
    if end is None:
        return Need("due", text, gettext("没有定期"), address)
    if stage.since > days.now:
        return Need("upcoming", text, gettext("未开始"), address)
    left = (days.day(stage.planned or end) - days.today).days
    return Need("due", text, gettext("还差 %(days)s天") % {"days": left}, address)


def _gating(force: InForce, loop: Loop, rows: Sequence[Obligation]) -> list[tuple[Requirement, list[Obligation]]]:
    """The requirements of a loop that its release waits for, with their obligations."""
    found: dict[str, list[Obligation]] = {}
    for row in rows:
        if row.loop == loop.pk:
            found.setdefault(row.requirement, []).append(row)
    pairs = ((force.requirements.get((loop.measure, path)), mine) for path, mine in found.items())
    return [(pair[1], mine) for pair, mine in pairs if pair is not None and pair[1].gates]


def _need(asked: Requirement, rows: Sequence[Obligation]) -> Need:
    """One requirement: how many of its occurrences are there, and the worst of those that are not."""
    done = [row for row in rows if row.status in DONE]
    open = [row for row in rows if row.status not in DONE and row.status not in ("superseded", "cancelled")]
    worst = next(
        (row for status in ("overdue", "held", "due", "suspended", "upcoming") for row in open if row.status == status),
        None,
    )
    text, shown = said(asked.words), worst or rows[-1]
    many = len(done) + len(open)
    if worst is None:
        return Need("met", text, f"{len(done)} / {many}" if many > 1 else "", reverse("why", args=[shown.pk]))
    late = sum(row.status == "overdue" for row in open)
    beside = f"{len(done)} / {many}" if asked.shape is Shape.COUNT else _missing(late, len(open))
    return Need(worst.status, text, beside, reverse("why", args=[shown.pk]))


def _missing(late: int, open: int) -> str:
    return gettext("缺 %(many)s 次") % {"many": late} if late else gettext("还差 %(many)s 次") % {"many": open}


def dates(days: Days, force: InForce, loops: Iterable[Loop]) -> tuple[Dated, ...]:
    """The dates of the running measures: day one, the last day of each stage, the release; each with its reasons."""
    found = []
    for loop in loops:
        stages = spans(force, loop)
        if loop.state not in LIVE or not any(stage.planned for stage in stages):
            continue
        name = name_of(force, loop.measure)
        if loop.day_one is not None:
            found.append(Dated(gettext("第1天"), loop.day_one, name, reverse("why-date", args=[loop.pk, "day_one"])))
        found += [_last_day(loop, stage) for stage in stages if stage.planned is not None]
        if loop.release is not None:
            note = gettext("最早") if loop.state != "suspended" else gettext("中止期间不计")
            found.append(Dated(gettext("解除"), loop.release, note, reverse("why-date", args=[loop.pk, "release"])))
    return tuple(found)


def _last_day(loop: Loop, stage: Span) -> Dated:
    end = stage.planned or stage.since
    text = gettext("%(stage)s最后一天") % {"stage": said(stage.words)}
    note = gettext("%(days)s 天") % {"days": stage.days}
    return Dated(text, end - timedelta(seconds=1), note, reverse("why-date", args=[loop.pk, "stages"]))


def _last(days: Days, end: datetime) -> str:
    return f"{(end - timedelta(seconds=1)).astimezone(days.zone):%m-%d}"
