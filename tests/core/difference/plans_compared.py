"""Two small plans of made-up districts, a made-up city, and ways to change a plan a little."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from lianfang.core.city.city import make_city
from lianfang.core.days.text import parse_instant
from lianfang.core.difference import Change, PlanDifference
from lianfang.core.facts.facts import Facts
from lianfang.core.facts.vocabulary import ColumnType, all_columns
from lianfang.core.language.measure import Measure, Requirement, Stage
from lianfang.core.language.plan import Plan
from lianfang.reach.packs import load_pack

PACKS = Path(__file__).parent / "packs"
ZONE = 28_800
DAY = 86_400


@cache
def plan(name: str) -> Plan:
    """The plan `fourteen` (14 + 7 days) or `seven` (7 + 3 days, one test more, no red codes), or a shipped one."""
    own = PACKS / name
    found, complaints = load_pack(str(own) if own.is_dir() else name)
    assert found is not None, [c.show("en") for c in complaints]
    return found


@cache
def city(persons: int, seed: int) -> Facts:
    """The facts of a made-up city; every subject is a number."""
    kinds = plan("fourteen").kinds
    columns = [c for kind in kinds.values() for c in all_columns(kind).values() if c.type is ColumnType.REF]
    names = {c.to: None for c in columns if c.to is not None}
    return Facts(kinds, dict(make_city(persons, seed)), names)


def at(text: str) -> int:
    """An instant in local time."""
    return parse_instant(text, ZONE)


def with_measure(of: Plan, id: str, change: Callable[[Measure], Measure], **more: Any) -> Plan:
    """The plan with one measure changed (in all its versions)."""
    return replace(of, measures=tuple(change(m) if m.id == id else m for m in of.measures), **more)


def with_days(of: Plan, days: tuple[int, ...], measure: str = "arrival-isolation") -> Plan:
    """The plan with other lengths of the stages of a measure."""

    def changed(m: Measure) -> Measure:
        return replace(m, stages=tuple(replace(s, days=n) for s, n in zip(m.stages, days, strict=True)))

    return with_measure(of, measure, changed)


def with_stage(of: Plan, stage: str, measure: str = "arrival-isolation", **fields: Any) -> Plan:
    """The plan with other fields of one stage."""

    def one(s: Stage) -> Stage:
        return replace(s, **fields) if s.id == stage else s

    return with_measure(of, measure, lambda m: replace(m, stages=tuple(map(one, m.stages))))


def with_requirement(of: Plan, requirement: str, measure: str = "arrival-isolation", **fields: Any) -> Plan:
    """The plan with other fields of one root requirement."""

    def one(r: Requirement) -> Requirement:
        return replace(r, **fields) if r.id == requirement else r

    return with_measure(of, measure, lambda m: replace(m, requirements=tuple(map(one, m.requirements))))


def plus_requirement(of: Plan, added: Requirement, measure: str = "arrival-isolation") -> Plan:
    """The plan with one requirement more."""
    return with_measure(of, measure, lambda m: replace(m, requirements=(*m.requirements, added)))


def change(difference: PlanDifference, id: str) -> Change:
    """The one change of the element with this id."""
    (found,) = [c for c in difference.changes if c.id == id]
    return found


def said(found: Change) -> dict[str, tuple[str, str]]:
    """What a change says in Chinese, by field."""
    return {f.field: (f.before.zh, f.after.zh) for f in found.fields}
