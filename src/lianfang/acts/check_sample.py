"""Whether what stands agrees with a new evaluation from all facts, for a few subjects of every kind."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from lianfang.acts.evaluate_subjects import Key, standing_at
from lianfang.acts.in_force import in_force
from lianfang.ledger import state
from lianfang.ledger.models import Loop, Subject

SAMPLE = 50


def check_sample(*, now: datetime) -> tuple[int, tuple[Key, ...]]:
    """How many subjects were looked at, and which of them stand otherwise than they should; nothing is changed.

    Those with the newest loops are looked at; whoever waits for an evaluation anyway is left out.
    """
    force, count, wrong = in_force(now), 0, list[Key]()
    for kind in Loop.objects.values_list("subject_kind", flat=True).distinct().order_by("subject_kind"):
        recent = Loop.objects.filter(subject_kind=kind).order_by("-opened", "id").values_list("subject", flat=True)
        rows = Subject.objects.filter(kind=kind, subject__in=list(recent[:SAMPLE]), stale=False)
        paths = dict(rows.exclude(next_change__lte=now).values_list("subject", "path"))
        if not paths:
            continue
        with transaction.atomic():
            odd, _ = state.differing(standing_at(force, kind, paths, now))
            transaction.set_rollback(True)
        count += len(paths)
        wrong += [(kind, subject) for subject in sorted(odd & paths.keys())]
    return count, tuple(wrong)
