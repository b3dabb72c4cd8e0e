"""Inspect a place or a unit: the items of a checklist, what was found, and whether all was in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

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

ITEM, VISIT = "checked_item", "inspection"
PLACE = "place"
"""Kinds of fact about places have plain names; those about other subjects begin with the subject's."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found at one item: in order or not, a measured value, a note (also the name of a photo)."""

    item: str
    ok: bool | None = None
    value: float | None = None
    note: str = ""
    critical: bool | None = None


def inspect(
    subject_kind: str,
    subject: str,
    found: Sequence[Found],
    *,
    checklist: str = "",
    what: str = "",
    actor: Actor,
    now: datetime,
    key: str = "",
) -> Recorded:
    """Record an inspection: one fact for each item, one for the visit. Items are called `checklist/item` by the plan.

    Whatever is not in order opens what the plan wants done about it.
    """
    row = subject_of(subject_kind, subject)
    check(actor, INSPECT, thing_of(row, now))
    force = in_force(now)
    said = [_item(force, subject_kind, subject, checklist, one) for one in found]
    said += _visit(force, subject_kind, subject, checklist, what, found, actor)
    if not said:
        raise Refused("请填写检查结果。", "Enter what was found.")
    new = checked(force, said, now)

    def do() -> Mapping[str, object]:
        answer = recorded(write_facts(force, new, actor=actor, now=now))
        details = {"facts": list(answer.facts), "checklist": checklist}
        journal.write(actor, INSPECT, about(subject_kind, subject), now=now, details=details)
        return answer.plain()

    with transaction.atomic():
        return Recorded.again(once(actor, key, INSPECT, do, now=now))


def about_kind(force: InForce, subject_kind: str, name: str) -> Kind | None:
    """The kind of fact of that name for a kind of subject: `checked_item`, `unit_checked_item` …"""
    return force.plan.kinds.get(name if subject_kind == PLACE else f"{subject_kind}_{name}")


def _item(force: InForce, subject_kind: str, subject: str, checklist: str, one: Found) -> Said:
    kind = about_kind(force, subject_kind, ITEM)
    if kind is None:
        raise Refused(
            f"在用方案没有针对 {subject_kind} 的检查表。", f"The plan in force has no checklist for a {subject_kind}."
        )
    item = f"{checklist}/{one.item}" if checklist and "/" not in one.item else one.item
    values = {"item": item, "ok": one.ok, "value": one.value, "note": one.note, "critical": one.critical}
    return Said(kind.id, subject_kind, subject, {name: v for name, v in values.items() if name in kind.columns})


def _visit(
    force: InForce,
    subject_kind: str,
    subject: str,
    checklist: str,
    what: str,
    found: Sequence[Found],
    actor: Actor,
) -> list[Said]:
    kind = about_kind(force, subject_kind, VISIT)
    if kind is None:
        return []
    failed = sum(one.ok is False for one in found)
    values: dict[str, object] = {
        "what": what or None,
        "checklist": checklist or None,
        "items": len(found),
        "passed": len(found) - failed,
        "failed": failed,
        "critical": sum(bool(one.critical) and one.ok is False for one in found),
        "ok": failed == 0,
        "by": actor.unit,
        "inspector": actor.name,
    }
    return [Said(kind.id, subject_kind, subject, {name: v for name, v in values.items() if name in kind.columns})]
