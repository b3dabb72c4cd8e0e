"""How an obligation is answered: by one tap, by a form with the fields left open, or by a result that comes in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lianfang.core.facts.vocabulary import COMMON, Column, ColumnType, Kind
from lianfang.core.language.measure import Requirement, Shape, Words
from lianfang.core.language.plan import Plan
from lianfang.core.obligations.fitting import Fitting, fitting

Values = Mapping[str, object]
FIT = "ok"
"""The column of an inspection that says whether all was in order."""

DONE, SAMPLED, RESULT = Words("已办", "done"), Words("已采样", "sampled"), Words("填报结果", "enter the result")
NORMAL, ABNORMAL = Words("正常", "normal"), Words("异常", "abnormal")
IN_ORDER, NOT_IN_ORDER = Words("合格", "in order"), Words("不合格", "not in order")


@dataclass(frozen=True, slots=True)
class Answer:
    """One way to answer an obligation: a fact of `kind` with `values`.

    `fields` must still be filled in by a person, `more` may be; without `fields` one tap is enough. `quiet` is the
    other, rarer answer (abnormal, not in order). `completes`: the result of a fact that is there is asked for, so
    that fact is corrected instead of adding one.
    """

    kind: str
    values: Values
    verb: Words
    fields: tuple[Column, ...] = ()
    more: tuple[Column, ...] = ()
    quiet: Answer | None = None
    completes: bool = False

    @property
    def one_tap(self) -> bool:
        """Whether nothing more is asked."""
        return not self.fields and not self.completes


def usual_answer(plan: Plan, requirement: Requirement, parent: Requirement | None) -> Answer | None:
    """How the requirement is usually discharged; None if no fact can (a condition that held or did not at the opening).

    `parent` is the requirement it is chained under, which a result needs to know.
    """
    if requirement.shape is Shape.RESULT:
        return _result(plan, parent) if parent is not None else None
    return None if requirement.evidence is None else answer_with(plan, requirement.evidence)


def answer_with(plan: Plan, selection: str) -> Answer:
    """The fact that a selection (or a kind of that name) accepts, with everything that the plan itself fixes."""
    fit = fitting(plan, selection)
    kind, asked = fit.kind, set(fit.asked)
    if kind.known_at is not None and kind.known_columns & (fit.values.keys() | asked):
        asked.add(kind.known_at)
    fields = tuple(column for column in kind.columns.values() if column.name in asked)
    plain = Answer(kind.id, fit.values, _verb(kind, fit.values), fields, _more(fit, asked))
    return _with_quiet(plan, kind, plain)


def _result(plan: Plan, parent: Requirement) -> Answer | None:
    """The result of what the parent's evidence took."""
    if parent.evidence is None:
        return None
    chosen = plan.selections.get(parent.evidence)
    kind = plan.kinds[parent.evidence if chosen is None else chosen.kind]
    wanted = {kind.known_at, *kind.known_columns}
    fields = tuple(column for column in kind.columns.values() if column.name in wanted)
    return Answer(kind.id, {}, RESULT, fields, completes=True) if fields else None


def _more(fit: Fitting, asked: set[str]) -> tuple[Column, ...]:
    kind = fit.kind
    known = {kind.subject, kind.time, kind.known_at, *kind.known_columns, *fit.values, *COMMON, *asked}
    return tuple(column for column in kind.columns.values() if column.name not in known)


def _verb(kind: Kind, values: Values) -> Words:
    """What the button says: the choice that is made, otherwise that it is done."""
    if kind.known_at is not None and not kind.known_columns & values.keys():
        return SAMPLED
    for name in ("step", "what", "result", "outcome"):
        column = kind.columns.get(name)
        for value, zh in column.choices if column else ():
            if values.get(name) == value:
                return Words(zh, value.replace("_", " "))
    return DONE


def _with_quiet(plan: Plan, kind: Kind, answer: Answer) -> Answer:
    """Where things may be found not as they should be: the usual answer says that they are, the quiet one asks more."""
    bad = [name for name in _complaints(plan, kind) if name not in answer.values]
    if bad:
        about = tuple(c for c in answer.more if c.personal == "health" and c.name not in bad)
        rest = tuple(column for column in answer.more if column.name not in bad)
        quiet = replace(answer, values={**answer.values, **dict.fromkeys(bad, True)}, verb=ABNORMAL, more=about)
        normal = {**answer.values, **dict.fromkeys(bad, False)}
        return replace(answer, values=normal, verb=NORMAL, more=rest, quiet=quiet)
    if FIT in kind.columns and FIT not in answer.values and kind.columns[FIT].type is ColumnType.FLAG:
        rest = tuple(column for column in answer.more if column.name != FIT)
        quiet = replace(answer, values={**answer.values, FIT: False}, verb=NOT_IN_ORDER, more=rest)
        return replace(answer, values={**answer.values, FIT: True}, verb=IN_ORDER, more=rest, quiet=quiet)
    return answer


def _complaints(plan: Plan, kind: Kind) -> list[str]:
    """Yes-or-no columns about somebody's health that the plan looks for in facts of this kind."""
    asked: set[str] = set()
    for selection in plan.selections.values():
        if selection.kind == kind.id and selection.where is not None:
            asked |= selection.where.columns
    flags = (c for c in kind.columns.values() if c.type is ColumnType.FLAG and c.personal == "health")
    return [column.name for column in flags if column.name in asked]
