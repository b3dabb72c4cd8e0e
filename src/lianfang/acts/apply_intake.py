"""Carry an import out as planned, all of it in one transaction; a second run of the same file changes nothing."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction

from lianfang.acts.evaluate_subjects import evaluate_subjects
from lianfang.acts.in_force import InForce, in_force
from lianfang.acts.intake_known import IMPORTED, typed_values
from lianfang.acts.intake_rows import planned_rows
from lianfang.acts.known import PERSON, check, values_of
from lianfang.acts.plan_intake import PLANNED, intake_of, kind_of, register_of
from lianfang.acts.refused import Refused
from lianfang.acts.write_facts import said_by
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import APPLY_IMPORT
from lianfang.core.access.thing import Thing
from lianfang.core.facts.vocabulary import ColumnType, Kind
from lianfang.core.intake.known import Value
from lianfang.core.intake.settle import Write, settle, undecided
from lianfang.ledger import facts as ledger_facts
from lianfang.ledger import journal
from lianfang.ledger.facts import NewFact
from lianfang.ledger.models import Fact, Intake, IntakeRow
from lianfang.ledger.state import Changes

APPLIED = "applied"
Key = tuple[str, str]
Tell = Callable[[int, int], None]
"""Hears how many steps of how many are done."""


@dataclass(frozen=True, slots=True)
class Applied:
    """How many facts were added, about how many subjects, how many persons are new, what changed because of them."""

    facts: int
    subjects: int
    persons: int
    changes: Changes
    keys: tuple[Key, ...] = ()
    """Everybody the facts are about."""


def decide_row(intake: int, row: int, choice: str, *, actor: Actor) -> bool:
    """Decide a conflict: `choice` is the value of one of the row's choices; False if the row offers none such."""
    found = intake_of(intake, actor)
    if found.state != PLANNED:
        raise Refused("这次导入已经执行或取消。", "This import has been applied or cancelled.")
    line = IntakeRow.objects.filter(intake_id=intake, row=row, outcome="conflict").first()
    offered = {one["value"] for problem in (line.problems if line else []) for one in problem.get("choices", [])}
    if line is None or choice not in offered:
        return False
    return IntakeRow.objects.filter(pk=line.pk).update(choice=choice) == 1


def apply_intake(intake: int, *, actor: Actor, now: datetime, tell: Tell = lambda done, total: None) -> Applied:
    """Write everything the plan says. Conflicts nobody decided and refused rows are left out.

    Two who apply it at the same moment: one does, the other is refused. Killed half-way, nothing is done.
    """
    row = intake_of(intake, actor)
    check(actor, APPLY_IMPORT, Thing("import", row.path, row.sender))
    with transaction.atomic():
        taken = Intake.objects.filter(pk=intake, state=PLANNED)
        if not taken.update(state=APPLIED, applied_at=now, applied_by=actor.account):
            raise Refused("这次导入已经执行，或还没有生成计划。", "It has been applied already, or has no plan yet.")
        done = write_intake(row, actor, now, tell)
        details = {"facts": done.facts, "subjects": done.subjects, "persons": done.persons, "digest": row.digest}
        journal.write(actor, APPLY_IMPORT, f"intake:{intake}", now=now, details=details)
    return done


def preview_intake(intake: int, *, actor: Actor, now: datetime) -> Applied:
    """What applying would cause – loops, duties, releases – without leaving any of it behind."""
    row = intake_of(intake, actor)
    with transaction.atomic():
        done = write_intake(row, actor, now, lambda done, total: None)
        transaction.set_rollback(True)
    return done


def undecided_rows(intake: int) -> tuple[int, ...]:
    """The rows in conflict that nobody has decided."""
    rows = list(planned_rows(intake))
    return undecided([row for row, _ in rows], {row.row: choice for row, choice in rows if choice})


def write_intake(row: Intake, actor: Actor, now: datetime, tell: Tell) -> Applied:
    """Add the facts of a plan and evaluate whom they are about, inside the caller's transaction."""
    force = in_force(now)
    rows = list(planned_rows(row.pk))
    choices = {planned.row: choice for planned, choice in rows if choice}
    writes = list(settle([planned for planned, _ in rows], choices))
    tell(1, 3)
    facts, persons = _facts(force, kind_of(force, row.kind), writes, now)
    ledger_facts.append(facts, plan=force.plan, said_by=said_by(actor), now=now, named=force.named, home=actor.unit)
    tell(2, 3)
    subjects = {(fact.subject_kind, fact.subject) for fact in facts}
    changes = evaluate_subjects(_to_evaluate(force, facts), now=now)
    tell(3, 3)
    return Applied(len(facts), len(subjects), persons, changes, tuple(subjects))


def _to_evaluate(force: InForce, facts: Sequence[NewFact]) -> set[tuple[str, str]]:
    """Everybody the facts are about, without new people about whom nothing is said yet that opens a measure."""
    told: dict[tuple[str, str], bool] = {}
    for fact in facts:
        key = (fact.subject_kind, fact.subject)
        silent = not fact.corrects and fact.kind == fact.subject_kind and not force.opens(fact.kind)
        told[key] = told.get(key, False) or not silent
    return {key for key, matters in told.items() if matters}


def _facts(force: InForce, kind: Kind, writes: Sequence[Write], now: datetime) -> tuple[list[NewFact], int]:
    """The facts to add, each new person registered once before the first fact about them."""
    register = register_of(force, kind)
    old = _replaced(writes)
    people: dict[int, str] = {}
    found: list[NewFact] = []
    for number, write in enumerate(writes):
        subject = write.subject
        if not subject:
            subject = people.get(write.first, "")
            if not subject:
                subject = people[write.first] = f"P-{secrets.token_hex(5)}" if register else f"N-{secrets.token_hex(5)}"
                if register is not None and register.id != kind.id:
                    found.append(_registration(force, register, subject, write, now, number))
        found.append(_fact(force, kind, subject, write, old.get(write.corrects), now, number))
    return found, len(people) if kind.subject == PERSON else 0


def _registration(force: InForce, register: Kind, subject: str, write: Write, now: datetime, number: int) -> NewFact:
    values = _said(register, write.who)
    return NewFact(register.id, register.subject, subject, now, values, id=_id(now, number, "p"))


def _fact(
    force: InForce, kind: Kind, subject: str, write: Write, old: Fact | None, now: datetime, number: int
) -> NewFact:
    """A fact of the sheet; one that replaces another keeps what the sheet leaves blank."""
    given = {**(write.who if kind.id == kind.subject else {}), **write.values}
    if old is not None:
        given = {**typed_values(kind, values_of(old), force.plan.zone), **given}
    at = datetime.fromtimestamp(write.at, UTC) if write.at is not None else (old.at if old else now)
    corrects = write.corrects or None
    return NewFact(kind.id, kind.subject, subject, at, _said(kind, given), id=_id(now, number, "f"), corrects=corrects)


def _id(now: datetime, number: int, what: str) -> str:
    return f"{IMPORTED}{ledger_facts.new_id(now)}{what}{number}"[:80]


def _said(kind: Kind, values: Mapping[str, Value]) -> dict[str, object]:
    """Values for the ledger: instants as times."""
    return {
        name: datetime.fromtimestamp(value, UTC)
        if kind.columns[name].type is ColumnType.TIME and isinstance(value, int)
        else value
        for name, value in values.items()
        if name in kind.columns
    }


def _replaced(writes: Sequence[Write]) -> dict[str, Fact]:
    """The facts that are replaced, by id."""
    ids = sorted({write.corrects for write in writes if write.corrects})
    return {fact.id: fact for part in _parts(ids) for fact in Fact.objects.filter(id__in=part)}


def _parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), 5_000):
        yield ids[start : start + 5_000]
