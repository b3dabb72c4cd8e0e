"""Inspect a place or a unit: the items of a checklist, what was found, and whether all was in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from lianfang.acts.attach import attach
from lianfang.acts.in_force import InForce, in_force
from lianfang.acts.known import about, check, subject_of, thing_of
from lianfang.acts.recorded import Recorded, recorded
from lianfang.acts.refused import Refused
from lianfang.acts.write_facts import Said, checked, write_facts
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import INSPECT
from lianfang.core.facts.vocabulary import Kind
from lianfang.ledger import journal
from lianfang.ledger.sent import once

ITEM = "checked_item"
PLACE = "place"
"""Kinds of fact about places have plain names; those about other subjects begin with the subject's."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found at one item: in order or not, a measured value, a note (also the name of a photo)."""

    item: str
    ok: bool | None = None
    value: float | None = None
    note: str = ""
    critical: bool | None = None


def inspect(
    subject_kind: str,
    subject: str,
    items: Sequence[Checked],
    *,
    kind: str = "",
    values: Mapping[str, object] | None = None,
    files: Sequence[tuple[str, bytes]] = (),
    actor: Actor,
    now: datetime,
    key: str = "",
) -> Recorded:
    """Record an inspection: one fact for each item, one of `kind` for the visit with the items counted.

    Items are called `checklist/item` as in the plan; `values` are further columns of the visit, `files` (name, bytes)
    its photos. Whatever is not in order opens what the plan wants done about it.
    """
    row = subject_of(subject_kind, subject)
    check(actor, INSPECT, thing_of(row, now))
    force = in_force(now)
    said = [_item(force, subject_kind, subject, one) for one in items]
    if kind:
        said.append(_visit(force, subject_kind, subject, kind, {**_counted(items, actor), **(values or {})}))
    if not said:
        raise Refused("请填写检查结果。", "Enter what was found.")
    new = checked(force, said, now)

    def do() -> Mapping[str, object]:
        for name, content in files:
            attach(about(subject_kind, subject), name, content, actor=actor, now=now)
        answer = recorded(write_facts(force, new, actor=actor, now=now))
        journal.write(actor, INSPECT, about(subject_kind, subject), now=now, details={"facts": list(answer.facts)})
        return answer.plain()

    with transaction.atomic():
        return Recorded.again(once(actor, key, INSPECT, do, now=now))


def item_kind(force: InForce, subject_kind: str) -> Kind | None:
    """The kind of fact for one item of a checklist about a kind of subject."""
    return force.plan.kinds.get(ITEM if subject_kind == PLACE else f"{subject_kind}_{ITEM}")


def _item(force: InForce, subject_kind: str, subject: str, one: Checked) -> Said:
    kind = item_kind(force, subject_kind)
    if kind is None:
        raise Refused(
            f"在用方案没有针对 {subject_kind} 的检查表。", f"The plan in force has no checklist for a {subject_kind}."
        )
    values = {"item": one.item, "ok": one.ok, "value": one.value, "note": one.note, "critical": one.critical}
    return Said(kind.id, subject_kind, subject, {name: v for name, v in values.items() if name in kind.columns})


def _visit(force: InForce, subject_kind: str, subject: str, kind: str, values: Mapping[str, object]) -> Said:
    declared = force.plan.kinds.get(kind)
    columns = declared.columns if declared is not None else {}
    return Said(kind, subject_kind, subject, {name: value for name, value in values.items() if name in columns})


def _counted(items: Sequence[Checked], actor: Actor) -> dict[str, object]:
    failed = [one for one in items if one.ok is False]
    counts: dict[str, object] = {
        "items": len(items),
        "passed": len(items) - len(failed),
        "failed": len(failed),
        "critical": sum(bool(one.critical) for one in failed),
    }
    return {**(counts if items else {}), "ok": not failed, "by": actor.unit, "inspector": actor.name}
