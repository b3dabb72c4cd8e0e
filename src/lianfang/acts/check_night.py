"""The night's check: everything evaluated anew from all facts must agree with what stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from lianfang.acts.evaluate_subjects import ALL_KNOWN, Key
from lianfang.acts.in_force import InForce, in_force
from lianfang.acts.read_facts import read_everything
from lianfang.acts.reevaluate import STEP, evaluate_safely
from lianfang.acts.turn_time import turn_time
from lianfang.core.days.civil import DAY
from lianfang.core.indicators.present import present
from lianfang.core.obligations.evaluate import evaluate
from lianfang.core.obligations.evaluation import Evaluation
from lianfang.core.obligations.owed import standing_of
from lianfang.ledger import state
from lianfang.ledger.models import Alert, Figure, Subject

MOST_NAMED = 50
"""So many subjects are named in an alert; their number is always told."""

DIFFERENT = "standing-state-differs"


@dataclass(frozen=True, slots=True)
class Checked:
    """How many subjects were looked at, how many stood otherwise, how many figures were counted."""

    subjects: int
    different: tuple[Key, ...]
    figures: int


def check_night(*, now: datetime) -> Checked:
    """Evaluate everything at `now` from all facts, put right what stands otherwise, and keep the figures of the day.

    A difference is an alert: either a change was missed, or the two ways to the same result do not agree.
    """
    while turn_time(now=now):
        pass
    force = in_force(now)
    evaluation = everything(force, now)
    wrong: list[Key] = []
    count = 0
    for kind, paths in _paths():
        count += len(paths)
        wrong += _compare(force, evaluation, kind, paths, now)
    if wrong:
        _tell(wrong, now)
    return Checked(count, tuple(wrong), count_figures(force, evaluation, now))


def everything(force: InForce, now: datetime) -> Evaluation:
    """The evaluation of the whole district from all facts."""
    facts = read_everything(force)
    return evaluate(force.plan, facts, int(now.timestamp()), ALL_KNOWN)


def _paths() -> Iterator[tuple[str, Mapping[str, str]]]:
    for kind in Subject.objects.values_list("kind", flat=True).distinct().order_by("kind"):
        yield kind, dict(Subject.objects.filter(kind=kind).values_list("subject", "path"))


def _compare(force: InForce, evaluation: Evaluation, kind: str, paths: Mapping[str, str], now: datetime) -> list[Key]:
    """Subjects of which a loop or an obligation stood otherwise than it should; they are evaluated again.

    Whoever has been evaluated since `now` is left out: something has happened there meanwhile.
    """
    keep = int(settings.LIANFANG_CLOSED_DAYS) * DAY
    with transaction.atomic():
        wrong, expired = state.differing(standing_of(evaluation, kind, paths, force.responsible.unit, keep))
    later = set(
        Subject.objects.filter(kind=kind, subject__in=wrong, evaluated_at__gt=now).values_list("subject", flat=True)
    )
    names = sorted(wrong - later)
    again = sorted({*names, *expired})
    for start in range(0, len(again), STEP):
        evaluate_safely([(kind, subject) for subject in again[start : start + STEP]], now=now)
    return [(kind, subject) for subject in names]


def _tell(wrong: list[Key], now: datetime) -> None:
    named = "、".join(f"{kind}:{subject}" for kind, subject in wrong[:MOST_NAMED])
    Alert.objects.create(
        kind=DIFFERENT,
        text=f"夜间核对：{len(wrong)} 个对象的应办与重新评估不一致，已改正：{named}",
        details={"count": len(wrong), "subjects": [list(key) for key in wrong[:MOST_NAMED]]},
        at=now,
    )


def count_figures(force: InForce, evaluation: Evaluation, now: datetime) -> int:
    """Keep the plan's figures as of `now`, whole and by period or group; gives how many indicators had any."""
    found = present(force.plan, evaluation, evaluation.obligations())
    rows = []
    for counted in found:
        figure = counted.figure
        whole = {
            "met": figure.met,
            "total": figure.total,
            "percent": figure.percent,
            "value": figure.value,
            "need": figure.need,
            "held": figure.held,
            "gap": figure.gap,
            "target_met": figure.target_met,
            "parts": dict(figure.parts),
        }
        rows.append(Figure(indicator=counted.indicator.id, part="", as_of=now, values=whole))
        for period in figure.periods:
            names = ("met", "total", "percent", "value", "need", "held", "gap")
            values = {name: getattr(period, name) for name in names}
            rows.append(Figure(indicator=counted.indicator.id, part=period.period[:160], as_of=now, values=values))
    Figure.objects.bulk_create(rows, batch_size=1_000, ignore_conflicts=True)
    return len(found)
