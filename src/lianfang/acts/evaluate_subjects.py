"""Evaluate subjects from the facts of the ledger and store what stands, inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db.models import Q

from lianfang.acts.in_force import InForce, in_force
from lianfang.acts.read_facts import UNIT, read_facts
from lianfang.core.days.civil import DAY
from lianfang.core.language.addressees import ADDRESSEE
from lianfang.core.language.leaving import LEFT
from lianfang.core.language.loops import is_loop_kind
from lianfang.core.language.program import NEVER
from lianfang.core.obligations.evaluate import evaluate
from lianfang.core.obligations.evaluation import Evaluation
from lianfang.core.obligations.owed import Standing, standing_of
from lianfang.ledger import state
from lianfang.ledger.models import Fact, Mention, Subject, Unit
from lianfang.ledger.state import Changes

Key = tuple[str, str]
"""Kind and id of a subject."""

BATCH = 5_000
"""So many subjects are evaluated together."""

ALL_KNOWN = NEVER - 1
MOST_ROUNDS = 4
"""How often subjects that ask about the loops of others are looked at again."""


def evaluate_subjects(keys: Iterable[Key], *, now: datetime) -> Changes:
    """Evaluate the subjects at `now` and store the result; what else changes at the same time waits for it.

    Returns which loops opened, closed and were released by it. Subjects whose measures ask how many loops of others are
    still running are evaluated after those.
    """
    force, total, done = in_force(now), Changes(), set[Key]()
    wanted = set(keys)
    for _ in range(MOST_ROUNDS):
        changes = _evaluate_all(force, wanted, now)
        total, done = total + changes, done | wanted
        wanted = _who_asks_for_loops(force, changes) - done
        if not wanted:
            break
    return total


def _evaluate_all(force: InForce, keys: Iterable[Key], now: datetime) -> Changes:
    total = Changes()
    for kind, subjects in _by_kind(keys):
        for start in range(0, len(subjects), BATCH):
            total = total + _evaluate(force, kind, subjects[start : start + BATCH], now)
    return total


def _who_asks_for_loops(force: InForce, changes: Changes) -> set[Key]:
    """The subjects whose measures look at loops of others, if any such loop has opened or ended."""
    moved = {change.subject_kind for change in (*changes.opened, *changes.closed, *changes.released)}
    asked = {kind for kind in force.asked_everywhere if is_loop_kind(kind) and force.plan.kinds[kind].subject in moved}
    return askers(force, asked)


def askers(force: InForce, kinds: Iterable[str]) -> set[Key]:
    """The subjects with facts that open a measure which looks at all facts of one of these kinds."""
    openings = sorted(frozenset().union(*(force.asked_everywhere.get(kind, frozenset()) for kind in kinds)))
    if not openings:
        return set()
    return set(Fact.objects.filter(kind__in=openings).values_list("subject_kind", "subject").distinct())


def _evaluate(force: InForce, kind: str, subjects: Sequence[str], now: datetime) -> Changes:
    paths = _paths(kind, subjects)
    if not paths:
        return Changes()
    return state.store(standing_at(force, kind, paths, now), plan=force.plan.id, now=now)


def standing_at(force: InForce, kind: str, paths: Mapping[str, str], now: datetime) -> Standing:
    """What stands for subjects of one kind, named with their paths, at an instant; nothing is stored."""
    evaluation = evaluation_of(force, kind, tuple(paths), int(now.timestamp()))
    keep = int(settings.LIANFANG_CLOSED_DAYS) * DAY
    return standing_of(evaluation, kind, paths, force.responsible.unit, keep)


def evaluation_of(
    force: InForce, kind: str, subjects: Sequence[str], as_of: int, known_at: int = ALL_KNOWN
) -> Evaluation:
    """The evaluation of subjects of one kind at an instant (seconds), from what was known at another (default: now)."""
    facts = read_facts(force, kind, subjects)
    known = frozenset(facts.tables)
    left = frozenset(f"{name}{LEFT}" for name in known) & force.plan.kinds.keys()
    opening = known | left if kind == UNIT else (known | left) - {ADDRESSEE}
    return evaluate(force.plan, facts, as_of, known_at, program=force.program(kind, opening))


def _by_kind(keys: Iterable[Key]) -> Iterator[tuple[str, list[str]]]:
    """Subjects of each kind, always in the same order, so that two transactions never wait for each other."""
    found: dict[str, set[str]] = {}
    for kind, subject in keys:
        found.setdefault(kind, set()).add(subject)
    for kind in sorted(found):
        yield kind, sorted(found[kind])


def _paths(kind: str, subjects: Sequence[str]) -> dict[str, str]:
    """The path of each subject that the ledger knows; its row is held until the transaction ends."""
    rows = Subject.objects.select_for_update().filter(kind=kind, subject__in=subjects).order_by("subject")
    paths = dict(rows.values_list("subject", "path"))
    if kind == UNIT:
        paths |= dict(Unit.objects.filter(id__in=paths).values_list("id", "path"))
    return paths


def touched_by(facts: Iterable[tuple[str, str, str]], force: InForce) -> tuple[set[Key], Q | None]:
    """Whom new facts, given as (kind, subject kind, subject), concern: their own subjects, and who asks about those.

    The second part asks the ledger for the others who name the subjects; None if no measure looks at such facts.
    """
    own: set[Key] = set()
    naming: set[Key] = set()
    looked_at: dict[str, set[str]] = {}
    given = list(facts)
    for kind, subject_kind, subject in given:
        own.add((subject_kind, subject))
        if kind in force.through:
            naming.add((subject_kind, subject))
        if kind in force.looked_up.get(subject_kind, frozenset()):
            looked_at.setdefault(subject_kind, set()).add(subject)
    asked: Q | None = None
    for subject_kind, subjects in looked_at.items():
        part = Q(to_kind=subject_kind, to_subject__in=sorted(subjects))
        asked = part if asked is None else asked | part
    return own | _named_by(naming) | askers(force, {kind for kind, _, _ in given}), asked


def _named_by(keys: Iterable[Key]) -> set[Key]:
    """The subjects that facts of these name, now or before they were corrected."""
    named: set[Key] = set()
    for kind, subject in keys:
        rows = Mention.objects.filter(subject_kind=kind, subject=subject)
        named |= set(rows.values_list("to_kind", "to_subject"))
    return named


def who_names(asked: Q, most: int) -> list[Key]:
    """The subjects that name those asked for, in order of kind and id, at most so many."""
    rows = Mention.objects.filter(asked).order_by("subject_kind", "subject").distinct()
    return list(rows.values_list("subject_kind", "subject")[:most])
