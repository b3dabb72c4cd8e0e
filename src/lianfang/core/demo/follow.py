"""What was done: the evidence that a diligent, not perfect district would have recorded, read from the plan itself.

The facts so far are evaluated; for every obligation whose window has opened somebody records what the plan asks for, on
time, late or never. New evidence opens new obligations, so this is done a few times over.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from lianfang.core.days.civil import DAY
from lianfang.core.demo.told import Told
from lianfang.core.facts.encode import from_tables
from lianfang.core.facts.facts import Facts
from lianfang.core.facts.vocabulary import Column, ColumnType, Kind
from lianfang.core.language.measure import Measure, Requirement
from lianfang.core.language.plan import Plan
from lianfang.core.obligations.answers import Answer, usual_answer
from lianfang.core.obligations.evaluate import evaluate
from lianfang.core.obligations.evaluation import Evaluation

HOUR = 3_600
ROUNDS = 6


@dataclass(frozen=True, slots=True)
class Habits:
    """Of a hundred obligations, so many are done in time, so many late; the rest never.

    Of what was due more than `patience` days ago, all but one in five hundred was done.
    """

    in_time: float = 95
    late: float = 3
    patience: int = 2

    def in_time_at(self, seconds: int) -> float:
        """So many of a hundred are in time if the due time passed so long ago."""
        return max(self.in_time, 97.8) if seconds > self.patience * DAY and self.in_time else self.in_time

    def done_at(self, seconds: int) -> float:
        """So many of a hundred are done at all."""
        return 99.8 if seconds > self.patience * DAY and self.in_time else self.in_time + self.late


@dataclass(frozen=True, slots=True)
class _Owed:
    """One open obligation as the evaluation gives it."""

    subject: str
    measure: str
    requirement: str
    occurrence: int
    since: int
    due: int | None

    def luck(self, salt: str) -> int:
        """0 to 9,999, always the same for the same obligation."""
        text = f"{salt}|{self.subject}|{self.measure}|{self.requirement}|{self.occurrence}"
        return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") % 10_000


def follow(plan: Plan, told: Sequence[Told], now: int, habits: Habits, rounds: int = ROUNDS) -> list[Told]:
    """The facts with the evidence that was recorded for what they open, up to `now` (seconds since 1970 UTC)."""
    asked = dict(_requirements(plan))
    facts, decided = list(told), set[tuple[str, str, str, int]]()
    for number in range(rounds):
        more = [*_round(plan, facts, now, habits, asked, decided)]
        facts += more
        if not more or number == rounds - 1:
            break
    return facts


def tables_of(plan: Plan, told: Sequence[Told]) -> dict[str, pa.Table]:
    """Made-up facts as one table a kind, with the columns that are used."""
    by_kind: dict[str, list[Told]] = {}
    for fact in told:
        by_kind.setdefault(fact.kind, []).append(fact)
    return {kind: _table(plan.kinds[kind], listed) for kind, listed in by_kind.items()}


def facts_of(plan: Plan, told: Sequence[Told]) -> Facts:
    """Made-up facts as the evaluation reads them. Raises ValueError if they do not fit the plan's kinds of fact."""
    facts, complaints = from_tables(plan.kinds, tables_of(plan, told), plan.zone)
    if facts is None:
        raise ValueError("; ".join(f"{c.file}:{c.line} {c.en}" for c in complaints[:5]))
    return facts


def _table(kind: Kind, listed: Sequence[Told]) -> pa.Table:
    names = sorted({name for fact in listed for name in fact.values})
    columns = {
        kind.subject: pa.array([fact.subject for fact in listed]),
        kind.time: pa.array([fact.at for fact in listed], pa.int64()),
        "recorded_at": pa.array([fact.known for fact in listed], pa.int64()),
    }
    return pa.table({**columns, **{n: pa.array([fact.values.get(n) for fact in listed]) for n in names}})


def _requirements(plan: Plan) -> Iterator[tuple[tuple[str, str], Answer]]:
    for measure in plan.measures:
        yield from _below(plan, measure, measure.requirements, "", None)


def _below(
    plan: Plan, measure: Measure, requirements: Sequence[Requirement], path: str, parent: Requirement | None
) -> Iterator[tuple[tuple[str, str], Answer]]:
    for requirement in requirements:
        own = f"{path}{requirement.id}"
        answer = usual_answer(plan, requirement, parent)
        if answer is not None and not answer.completes:
            yield (measure.id, own), answer
        yield from _below(plan, measure, requirement.then, f"{own}/", requirement)


def _round(
    plan: Plan,
    facts: Sequence[Told],
    now: int,
    habits: Habits,
    asked: Mapping[tuple[str, str], Answer],
    decided: set[tuple[str, str, str, int]],
) -> Iterator[Told]:
    done: Counter[tuple[str, str, int]] = Counter()
    for owed in _open(evaluate(plan, facts_of(plan, facts), now)):
        key = (owed.subject, owed.measure, owed.requirement, owed.occurrence)
        answer = asked.get((owed.measure, owed.requirement))
        if key in decided or answer is None:
            continue
        decided.add(key)
        at = _when(owed, now, habits)
        if at is not None and not done[owed.subject, answer.kind, at // HOUR]:
            done[owed.subject, answer.kind, at // HOUR] += 1  # one visit serves several obligations
            yield _fact(plan, answer, owed, at, now)


def _open(evaluation: Evaluation) -> Iterator[_Owed]:
    table = evaluation.obligations()
    names = ("subject", "measure", "requirement", "occurrence", "from", "due", "status")
    for subject, measure, requirement, occurrence, since, due, status in zip(
        *(table.column(name).to_pylist() for name in names), strict=True
    ):
        if status in ("due", "overdue"):
            yield _Owed(subject, measure, requirement, occurrence, since or evaluation.as_of - DAY, due)


def _when(owed: _Owed, now: int, habits: Habits) -> int | None:
    """When it was done: somewhere in its window by day, late, or not at all; None: not yet, or never."""
    luck, where = owed.luck("done") / 100, owed.luck("when") / 10_000
    end = owed.due if owed.due is not None else owed.since + 5 * DAY
    if luck < habits.in_time_at(now - end):
        at = owed.since + int((end - owed.since) * (0.1 + 0.75 * where))
    elif luck < habits.done_at(now - end):
        at = end + int((2 + 20 * where) * HOUR)
    else:
        return None
    return at if at <= now - 600 else None


def _fact(plan: Plan, answer: Answer, owed: _Owed, at: int, now: int) -> Told:
    kind = plan.kinds[answer.kind]
    values = {**answer.values, **{column.name: _filled(column, at, owed) for column in answer.fields}}
    if kind.known_at is not None:
        values |= _result(kind, values, at, owed, now)
    return Told(answer.kind, owed.subject, at, {n: v for n, v in values.items() if v is not None}, at + 300)


def _result(kind: Kind, values: Mapping[str, object], at: int, owed: _Owed, now: int) -> dict[str, object]:
    """A result some hours after the sample, if that has passed; usually negative."""
    known = at + int((3 + 9 * owed.luck("result") / 10_000) * HOUR)
    if known > now - 600:
        return dict.fromkeys((*kind.known_columns, str(kind.known_at)))
    out: dict[str, object] = {str(kind.known_at): known}
    column = kind.columns.get("result")
    if column is not None and "result" not in values:
        out["result"] = "negative"
    return out


def _filled(column: Column, at: int, owed: _Owed) -> object:
    """Something plausible in a column that people fill in."""
    if column.name == "temperature":
        return round(36.2 + owed.luck("warm") / 12_500, 1)
    if column.type == ColumnType.CHOICE:
        return column.choices[0][0]
    if column.type == ColumnType.NUMBER:
        return float(column.low or 1)
    if column.type == ColumnType.FLAG:
        return True
    return at if column.type == ColumnType.TIME else "演示"
