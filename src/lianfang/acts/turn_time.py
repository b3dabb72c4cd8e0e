"""Evaluate the subjects whose time has come: a window begins, a due time has passed, a stage has ended."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from lianfang.acts.reevaluate import JOB, STEP, evaluate_safely
from lianfang.ledger.models import Progress, Subject
from lianfang.ledger.queue import defer

ABANDONED = timedelta(minutes=2)


def turn_time(*, now: datetime) -> int:
    """One step: the subjects that change first among those due; gives how many there were (0: all is up to date).

    Two that work at the same time take different subjects.
    """
    with transaction.atomic():
        due = Subject.objects.filter(Q(next_change__lte=now) | Q(stale=True))
        held = due.order_by("next_change").select_for_update(skip_locked=True)
        keys = list(held.values_list("kind", "subject")[:STEP])
        if keys:
            evaluate_safely(keys, now=now)
    return len(keys)


def take_up_again(*, now: datetime) -> int:
    """Put long jobs back into the queue whose worker has gone away; gives how many."""
    left = Progress.objects.filter(job=JOB, state__in=("waiting", "running"), changed_at__lt=now - ABANDONED)
    numbers = list(left.values_list("pk", flat=True))
    return sum(defer(JOB, once=f"{JOB}-{number}", progress=number) for number in numbers)
