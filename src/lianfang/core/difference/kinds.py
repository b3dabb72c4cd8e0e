"""The kinds of fact two plans read, so that one set of facts serves both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lianfang.core.complaint import Complaint
from lianfang.core.facts.vocabulary import Column, Kind
from lianfang.core.language.plan import Plan


def kinds_of_both(first: Plan, second: Plan) -> tuple[Mapping[str, Kind], tuple[Complaint, ...]]:
    """The kinds of both plans; a form that both declare has the columns of both.

    Complaints name (as their `column`) every kind that the plans cannot read from one file: another subject, time or
    type of column. Such a kind is given as the first plan has it, which does no harm while there are no facts of it.
    """
    kinds, complaints = dict(first.kinds), []
    for id, kind in second.kinds.items():
        mine = kinds.get(id)
        if mine is None or mine == kind:
            kinds[id] = kind
            continue
        clash = _clash(mine, kind)
        if clash is None:
            kinds[id] = replace(mine, columns=_columns(mine, kind))
        else:
            complaints.append(_complaint(first, second, id, *clash))
    return kinds, tuple(complaints)


def _columns(a: Kind, b: Kind) -> Mapping[str, Column]:
    both = {name: _column(c, b.columns.get(name)) for name, c in a.columns.items()}
    more = {name: replace(c, required=False) for name, c in b.columns.items() if name not in both}
    return {**both, **more}


def _column(mine: Column, other: Column | None) -> Column:
    """A column that both plans can fill: required if both require it, with the choices and the range of both."""
    if other is None:
        return replace(mine, required=False)
    choices = tuple(dict([*other.choices, *mine.choices]).items()) if mine.choices != other.choices else mine.choices
    low = None if mine.low is None or other.low is None else min(mine.low, other.low)
    high = None if mine.high is None or other.high is None else max(mine.high, other.high)
    return replace(mine, required=mine.required and other.required, choices=choices, low=low, high=high)


def _clash(a: Kind, b: Kind) -> tuple[str, str] | None:
    """Where two kinds with one id cannot be one, as each has it."""
    if (a.subject, a.time) != (b.subject, b.time):
        return f"{a.subject}, {a.time}", f"{b.subject}, {b.time}"
    for name, column in a.columns.items():
        other = b.columns.get(name)
        if other is not None and (column.type, column.to) != (other.type, other.to):
            return f"{name}: {column.type}", f"{name}: {other.type}"
    return None


def _complaint(first: Plan, second: Plan, kind: str, mine: str, other: str) -> Complaint:
    return Complaint(
        id="difference:kinds",
        file=f"{first.id} + {second.id}",
        column=kind,
        zh="两份预案对同一类事实的规定不同，无法用同一批事实推演",
        en="the two plans declare this kind of fact differently, so one set of facts cannot serve both",
        found=f"{first.id}: {mine}; {second.id}: {other}",
        allowed=f"{first.id}: {mine}",
        do_zh="让两份预案对这一类事实的写法一致",
        do_en="declare the kind alike in both packs",
    )
