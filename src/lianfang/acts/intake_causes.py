"""What applying an import would cause, found by doing it and taking it back: loops, dues, releases, at once overdue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from lianfang.acts.apply_intake import Key, write_intake
from lianfang.acts.in_force import in_force
from lianfang.acts.plan_intake import intake_of, kind_of
from lianfang.core.access.actor import Actor
from lianfang.ledger.models import IntakeRow, Loop, Obligation

OWED = ("upcoming", "due", "overdue", "held")
MOST_NAMED = 50
STEP = 5_000


@dataclass(frozen=True, slots=True)
class Causes:
    """What would follow: numbers of each, and the first obligations that would be overdue at once.

    `overdue_first`: clause, measure and due (ISO text) of at most 50.
    """

    persons: int
    facts: int
    loops: int
    dues: int
    subjects: int
    releases: int
    overdue: int
    overdue_first: tuple[tuple[str, str, str], ...] = ()

    @property
    def plain(self) -> dict[str, object]:
        """As JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class _Standing:
    """What stands about some subjects: open obligations (id -> clause, measure, due) and releases of loops."""

    dues: dict[str, tuple[str, str, datetime | None]]
    releases: dict[str, datetime | None]


def intake_causes(intake: int, *, actor: Actor, now: datetime) -> Causes:
    """What applying the import as decided so far would cause; nothing of it stays behind."""
    row = intake_of(intake, actor)
    subject_kind = kind_of(in_force(now), row.kind).subject
    known = IntakeRow.objects.filter(intake_id=intake, outcome__in=("new", "changed", "conflict")).exclude(subject="")
    with transaction.atomic():
        before = _standing((subject_kind, id) for id in known.values_list("subject", flat=True).distinct())
        done = write_intake(row, actor, now, lambda done, total: None)
        after = _standing(done.keys)
        transaction.set_rollback(True)
    new = [due for id, due in after.dues.items() if id not in before.dues]
    late = sorted((due for due in new if due[2] is not None and due[2] < now), key=lambda due: str(due[2]))
    moved = sum(before.releases[id] != at for id, at in after.releases.items() if id in before.releases)
    first = tuple((clause, measure, due.isoformat() if due else "") for clause, measure, due in late[:MOST_NAMED])
    opened = len(done.changes.opened)
    return Causes(done.persons, done.facts, opened, len(new), done.subjects, moved, len(late), first)


def _standing(keys: Iterable[Key]) -> _Standing:
    by_kind: dict[str, list[str]] = {}
    for kind, subject in keys:
        by_kind.setdefault(kind, []).append(subject)
    found = _Standing({}, {})
    for kind, subjects in by_kind.items():
        for part in _parts(subjects):
            of = {"subject_kind": kind, "subject__in": part}
            dues = Obligation.objects.filter(**of, status__in=OWED).values_list("id", "clause", "measure", "due")
            found.dues.update({str(id): (clause, measure, due) for id, clause, measure, due in dues})
            found.releases.update({str(id): at for id, at in Loop.objects.filter(**of).values_list("id", "release")})
    return found


def _parts(values: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(values), STEP):
        yield values[start : start + STEP]
