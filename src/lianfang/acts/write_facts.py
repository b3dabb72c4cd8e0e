"""Facts checked against the vocabulary, added to the ledger, and everybody they touch evaluated at once or soon."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from lianfang.acts.evaluate_subjects import Key, evaluate_subjects, touched_by, who_names
from lianfang.acts.in_force import InForce
from lianfang.acts.reevaluate import JOB
from lianfang.acts.refused import Refused, refuse_complaints
from lianfang.core.access.actor import Actor
from lianfang.core.facts.facts import Facts
from lianfang.core.facts.vocabulary import COMMON, ColumnType, all_columns
from lianfang.ledger import facts as ledger_facts
from lianfang.ledger.fact_values import FactRefused
from lianfang.ledger.facts import NewFact
from lianfang.ledger.models import Mention, Progress
from lianfang.ledger.queue import defer
from lianfang.ledger.state import Changes

AT_ONCE = 200
"""So many touched subjects are evaluated before the act answers; more become a job that blocks nobody."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says happened: a kind of fact about a subject, with its values; `at` None is now."""

    kind: str
    subject_kind: str
    subject: str
    values: Mapping[str, object] = field(default_factory=dict)
    at: datetime | None = None
    corrects: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """The ids of the facts, what changed because of them, and the job (its progress) for those touched besides."""

    facts: tuple[str, ...]
    changes: Changes
    job: int | None = None


def checked(force: InForce, said: Sequence[Said], now: datetime) -> list[NewFact]:
    """The facts in the words of the vocabulary; everything wrong in any of them refuses all."""
    rows = [(one.kind, _row(force, one, now)) for one in said]
    facts, complaints = Facts.from_rows(force.plan.kinds, rows, force.plan.zone)
    refuse_complaints(complaints)
    if facts is None:
        return []
    used: dict[str, int] = {}
    found = []
    for one in said:
        place = used.get(one.kind, 0)
        used[one.kind] = place + 1
        found.append(_fact(force, facts, one, place))
    return found


def _row(force: InForce, said: Said, now: datetime) -> Mapping[str, object]:
    kind = force.plan.kinds.get(said.kind)
    if kind is None:
        raise Refused(f"在用方案没有“{said.kind}”这种事实。", f"The plan in force knows no kind of fact {said.kind!r}.")
    if kind.subject != said.subject_kind:
        raise Refused(
            f"“{kind.zh}”记录的对象是 {kind.subject}，不是 {said.subject_kind}。",
            f"{kind.en} is about a {kind.subject}, not about a {said.subject_kind}.",
        )
    given = {name: value for name, value in said.values.items() if value not in (None, "") and name not in COMMON}
    own = {kind.subject: said.subject, kind.time: given.get(kind.time) or said.at or now}
    return {**{name: _written(value) for name, value in given.items()}, **{k: _written(v) for k, v in own.items()}}


def _written(value: object) -> object:
    """Instants without their fractions of a second: the plan counts whole seconds."""
    if isinstance(value, datetime):
        return value.replace(microsecond=0)
    return value


def _fact(force: InForce, facts: Facts, said: Said, place: int) -> NewFact:
    kind = force.plan.kinds[said.kind]
    table = facts.tables[kind.id]
    row = {name: table[name][place].as_py() for name in table.column_names}
    columns = all_columns(kind)
    values = {
        name: _plain(facts, columns[name].type, columns[name].to, value, force.plan.zone)
        for name, value in row.items()
        if value is not None and name not in COMMON and name not in (kind.subject, kind.time)
    }
    at = datetime.fromtimestamp(row[kind.time], UTC)
    return NewFact(kind.id, kind.subject, said.subject, at, values, corrects=said.corrects)


def _plain(facts: Facts, type_: ColumnType, to: str | None, value: Any, zone: int) -> object:
    """A value as the ledger keeps it: names for references, times with their zone."""
    if type_ is ColumnType.REF:
        return facts.name(to or "", int(value)) if isinstance(value, int) else value
    if type_ is ColumnType.TIME:
        return datetime.fromtimestamp(value, timezone(timedelta(seconds=zone))).isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def write_facts(force: InForce, new: Sequence[NewFact], *, actor: Actor, now: datetime) -> Written:
    """Add the facts and evaluate whom they touch, inside the caller's transaction."""
    said, home = said_by(actor), actor.unit
    try:
        ids = ledger_facts.append(new, plan=force.plan, said_by=said, now=now, named=force.named, home=home)
    except FactRefused as why:
        raise Refused(f"{why.where}：应为{why.zh}。", f"{why.where}: allowed is {why.en}.") from why
    return Written(tuple(ids), *spread(force, [(f.kind, f.subject_kind, f.subject) for f in new], actor, now))


def spread(
    force: InForce, facts: Iterable[tuple[str, str, str]], actor: Actor, now: datetime
) -> tuple[Changes, int | None]:
    """Evaluate the subjects of facts (kind, subject kind, subject) and those who name them: many of these in a job."""
    own, asked = touched_by(facts, force)
    others: list[Key] = who_names(asked, AT_ONCE + 1) if asked is not None else []
    if len(others) <= AT_ONCE:
        return evaluate_subjects({*own, *others}, now=now), None
    total = Mention.objects.filter(asked).values("subject_kind", "subject").distinct().count() if asked else 0
    looked_at = sorted({(kind, subject) for _, kind, subject in facts})
    job = Progress.objects.create(
        job=JOB,
        about=", ".join(f"{kind}:{subject}" for kind, subject in looked_at)[:160],
        total=total,
        cursor={"to": [list(key) for key in looked_at]},
        started_by=actor.account,
        created_at=now,
        changed_at=now,
    )
    defer(JOB, once=f"{JOB}-{job.pk}", progress=job.pk)
    return evaluate_subjects(own, now=now), job.pk


def said_by(actor: Actor) -> str:
    """Who said a fact: the account and, behind the last @, its unit."""
    return f"{actor.account}@{actor.unit}"[:150]


def unit_that_said(text: str) -> str:
    """The unit in `said_by`."""
    return text.rpartition("@")[2]


def account_that_said(text: str) -> str:
    """The account in `said_by`."""
    return text.rpartition("@")[0] or text
