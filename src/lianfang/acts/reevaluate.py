"""Evaluate many subjects step by step, each step a transaction of its own: nobody is blocked, and it can be resumed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction
from django.db.models import Q

from lianfang.acts.evaluate_subjects import Key, evaluate_subjects
from lianfang.acts.refused import Refused
from lianfang.core.days.calendar import UnknownYear
from lianfang.ledger.models import Alert, Mention, Progress, Subject
from lianfang.ledger.queue import defer

JOB = "reevaluate"
STEP = 500
"""So many subjects are evaluated, and held, at a time: about a second."""

EVERYBODY = "everybody"
LATER = timedelta(hours=1)
FAULTS = (Refused, UnknownYear, DatabaseError, ValueError)


def reevaluate_step(progress: int, *, now: datetime) -> bool:
    """One step of a job: the next subjects after its cursor; False when there is nothing left to do.

    The cursor moves in the same transaction, so that a job that is killed goes on where it was.
    """
    with transaction.atomic():
        row = Progress.objects.select_for_update().filter(pk=progress).first()
        if row is None or row.state not in ("waiting", "running"):
            return False
        keys = _next(row.cursor)
        if keys:
            evaluate_safely(keys, now=now)
            row.cursor = {**row.cursor, "after": list(keys[-1])}
        row.done += len(keys)
        row.total = max(row.total, row.done)
        row.state = "running" if keys else "done"
        row.changed_at = now
        row.save(update_fields=["cursor", "done", "total", "state", "changed_at"])
    return bool(keys)


def _next(cursor: dict[str, object]) -> list[Key]:
    after = cursor.get("after")
    to = cursor.get("to")
    if to == EVERYBODY or not isinstance(to, list):
        rows = Subject.objects.order_by("kind", "subject")
        if isinstance(after, list):
            rows = rows.filter(Q(kind__gt=after[0]) | Q(kind=after[0], subject__gt=after[1]))
        return list(rows.values_list("kind", "subject")[:STEP])
    asked = Q(pk__in=[])
    for kind, subject in to:
        asked |= Q(to_kind=kind, to_subject=subject)
    named = Mention.objects.filter(asked).order_by("subject_kind", "subject").distinct()
    if isinstance(after, list):
        named = named.filter(Q(subject_kind__gt=after[0]) | Q(subject_kind=after[0], subject__gt=after[1]))
    return list(named.values_list("subject_kind", "subject")[:STEP])


def evaluate_safely(keys: Sequence[Key], *, now: datetime) -> None:
    """Evaluate subjects; if that fails, one by one, so that one bad record holds up nobody else.

    What fails becomes an alert and is tried again in an hour.
    """
    try:
        with transaction.atomic():
            evaluate_subjects(keys, now=now)
    except FAULTS as fault:
        if len(keys) > 1:
            for key in keys:
                evaluate_safely([key], now=now)
            return
        _put_off(keys[0], fault, now)


def _put_off(key: Key, fault: Exception, now: datetime) -> None:
    kind, subject = key
    Subject.objects.filter(kind=kind, subject=subject).update(next_change=now + LATER, stale=False)
    known = Alert.objects.filter(kind="evaluation-failed", details__subject=subject, closed_at=None).exists()
    if not known:
        Alert.objects.create(
            kind="evaluation-failed",
            text=f"对象 {kind}:{subject} 不能评估：{fault}"[:2000],
            details={"subject_kind": kind, "subject": subject, "fault": type(fault).__name__},
            at=now,
        )


def reevaluate_everybody(started_by: str, about: str, *, now: datetime) -> int:
    """Start a job that evaluates every subject anew, as when another plan comes into force; gives its progress."""
    row = Progress.objects.create(
        job=JOB,
        about=about[:160],
        total=Subject.objects.count(),
        cursor={"to": EVERYBODY},
        started_by=started_by,
        created_at=now,
        changed_at=now,
    )
    defer(JOB, once=f"{JOB}-{row.pk}", progress=row.pk)
    return int(row.pk)
