"""The parameters of a plan: every number once, with its dates, its unit and the clause it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext

from lianfang.core.explain.speech import amount
from lianfang.core.language.plan import Parameter, Plan
from lianfang.web.parts.said import said
from lianfang.web.plan.earlier import civil_day

SIZE = 60


@dataclass(frozen=True, slots=True)
class Row:
    """One parameter: what holds today and the values before and after."""

    id: str
    name: str
    now: str
    since: date | None
    others: tuple[tuple[date, str], ...]
    clause: str
    source: str


@dataclass(frozen=True, slots=True)
class Rows:
    """A page of them, and the id after which the next one starts."""

    rows: tuple[Row, ...]
    next: str


def parameter_rows(plan: Plan, q: str, now: datetime, after: str) -> Rows:
    """A page of the parameters whose name, id or clause has the words, by clause and id."""
    today = civil_day(now, plan.zone)
    every = sorted(plan.parameters.values(), key=lambda one: (one.clause, one.id))
    wanted = [one for one in every if q in one.words.zh or q in one.words.en or q in one.id or q in one.clause]
    start = next((place + 1 for place, one in enumerate(wanted) if one.id == after), 0)
    shown = wanted[start : start + SIZE]
    more = shown[-1].id if len(wanted) > start + SIZE else ""
    return Rows(tuple(_row(one, today) for one in shown), more)


def _row(one: Parameter, today: date) -> Row:
    holding = [(day, value) for day, value in one.values if day <= today]
    day, value = holding[-1] if holding else (None, None)
    others = tuple((when, said(amount(other, one.unit))) for when, other in one.values if when != day)
    source = gettext("原文") if one.from_text else one.why or gettext("补充")
    now = said(amount(value, one.unit)) if value is not None else gettext("还没有生效")
    return Row(one.id, said(one.words), now, day, others, one.clause, source)
