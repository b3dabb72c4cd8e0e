"""Facts with the built-in kinds: `addressee` for every unit the plan is issued to, and who left a register when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import pyarrow as pa

from lianfang.core.days.civil import DAY
from lianfang.core.facts.facts import Facts
from lianfang.core.language.addressees import ADDRESSEE, REGISTER, in_group
from lianfang.core.language.leaving import LEFT, leavable
from lianfang.core.language.organisation import Organisation, Unit
from lianfang.core.language.plan import Plan
from lianfang.core.obligations.lookups import texts

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class _Row:
    """One unit the plan is issued to; `called` is its name in the facts."""

    called: str
    unit_id: str
    name: str
    level: str
    parent: str | None
    groups: str
    at: int


def with_built_in(plan: Plan, facts: Facts) -> Facts:
    """The facts with what evaluation itself knows: units addressed, and members of registers leaving them."""
    return _with_leavers(plan, addressed(plan, facts))


def _with_leavers(plan: Plan, facts: Facts) -> Facts:
    """For kinds such as `place_target_left`: the facts of the register whose period has an end, at that end."""
    asked = [id for id in plan.kinds if id.endswith(LEFT) and id not in facts.tables]
    registers = leavable({base: plan.kinds[base] for id in asked if (base := id.removesuffix(LEFT)) in plan.kinds})
    tables = {
        id: table.filter(facts.column(base, plan.kinds[id].time).is_valid())
        for base, id in registers.items()
        if (table := facts.tables.get(base)) is not None
    }
    kinds = {id: plan.kinds[id] for id in tables}
    return replace(facts, kinds={**facts.kinds, **kinds}, tables={**facts.tables, **tables}) if tables else facts


def addressed(plan: Plan, facts: Facts) -> Facts:
    """The facts with an `addressee` for each unit, at the plan's issue or, if that is later, the unit's registration.

    A unit of the facts is one of the plan's if it has its id, its name or an alias. Facts that have addressees already,
    and plans without units, are left as they are.
    """
    kind = plan.kinds.get(ADDRESSEE)
    if kind is None or not plan.organisation.units or ADDRESSEE in facts.tables:
        return facts
    names = _names(facts)
    place = {name: code for code, name in enumerate(names)}
    rows = list(_rows(plan, facts, place))
    for row in rows:
        if row.called not in place:
            place[row.called] = len(names)
            names.append(row.called)
    table = pa.table(
        {
            "id": pa.array([f"{ADDRESSEE}-{row.unit_id}" for row in rows], pa.string()),
            kind.subject: pa.array([place[row.called] for row in rows], pa.int64()),
            "at": pa.array([row.at for row in rows], pa.int64()),
            **{name: pa.array([getattr(row, name) for row in rows], pa.string()) for name in _TEXTS},
        }
    )
    return replace(
        facts,
        kinds={**facts.kinds, ADDRESSEE: kind},
        tables={**facts.tables, ADDRESSEE: table},
        names={**facts.names, kind.subject: pa.array(names, pa.string())},
    )


_TEXTS = ("unit_id", "name", "level", "parent", "groups")


def _names(facts: Facts) -> list[str]:
    names = facts.names.get(REGISTER)
    known = names.to_pylist() if names is not None else [str(code) for code in range(facts.size(REGISTER))]
    return [str(name) for name in known]


def _rows(plan: Plan, facts: Facts, place: dict[str, int]) -> Iterator[_Row]:
    issued = (plan.issued - _EPOCH).days * DAY - plan.zone
    taken = set()
    for unit in plan.organisation.units.values():
        called = next((name for name in unit.names if name in place), unit.words.zh)
        taken |= {called, *unit.names}
        yield _Row(called, unit.id, unit.words.zh, unit.kind, unit.parent, _grouped(unit.groups), issued)
    yield from (_Row(r.called, *_rest(r, issued)) for r in _registered(plan, facts) if r.called not in taken)


def _rest(row: _Row, issued: int) -> tuple[str, str, str, str | None, str, int]:
    return row.unit_id, row.name, row.level, row.parent, row.groups, max(row.at, issued)


def _registered(plan: Plan, facts: Facts) -> Iterator[_Row]:
    """The units that the facts register, the newest registration of each."""
    kind = plan.kinds.get(REGISTER)
    if kind is None or facts.rows(REGISTER) == 0:
        return
    columns = {
        name: texts(facts, kind, name, facts.column(REGISTER, name)).to_pylist()
        for name in (kind.subject, kind.time, "name", "unit_type", "parent", "group")
        if name in kind.columns
    }
    newest: dict[str, _Row] = {}
    for number in range(facts.rows(REGISTER)):
        row = {name: values[number] for name, values in columns.items()}
        called, at = row.get(kind.subject), row.get(kind.time)
        if called is None or at is None or (called in newest and newest[called].at > at):
            continue
        groups = _groups_of(plan.organisation, row.get("group"))
        newest[called] = _Row(
            called, called, row.get("name") or called, row.get("unit_type") or "", row.get("parent"), groups, at
        )
    yield from newest.values()


def _groups_of(organisation: Organisation, text: str | None) -> str:
    """The plan's groups that a register names, by id or name; other words stay as they are."""
    words = [word for word in (text or "").replace(",", "、").replace("，", "、").split("、") if word]
    found = (organisation.named(word) for word in words)
    return _grouped(
        tuple(
            word if group is None or isinstance(group, Unit) else group.id
            for word, group in zip(words, found, strict=True)
        )
    )


def _grouped(groups: tuple[str, ...]) -> str:
    return "".join(dict.fromkeys(in_group(group) for group in groups)).replace("、、", "、")
