"""A resident says herself where she has been and how she is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from lianfang.acts.record_fact import record_said
from lianfang.acts.recorded import Recorded
from lianfang.acts.refused import Refused
from lianfang.acts.write_facts import Said
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import DECLARE

DECLARABLE: Mapping[str, tuple[str, ...]] = {
    "health_check": ("temperature", "symptoms", "symptom_text"),
    "arrival": ("origin", "origin_province", "origin_country", "from_abroad", "transport", "transport_number"),
    "stay": ("left_on", "area", "place"),
    "trip_report": ("planned_arrival", "origin"),
    "onset": ("symptom_text",),
}
"""What may be declared: kinds of fact of the vocabulary, with the columns a resident is asked for."""

ADDED: Mapping[str, Mapping[str, object]] = {"health_check": {"by": "self", "purpose": "self_monitoring"}}
"""What the declaration itself says: who measured."""


def declare(
    kind: str,
    values: Mapping[str, object],
    *,
    at: datetime | None = None,
    actor: Actor,
    now: datetime,
    key: str = "",
) -> Recorded:
    """Record what a resident declares about herself; what follows from it is evaluated before this returns.

    `kind` is one of DECLARABLE, `values` its columns; others are refused.
    """
    if kind not in DECLARABLE:
        allowed = "、".join(DECLARABLE)
        raise Refused(
            f"不能自行申报“{kind}”；可以申报：{allowed}。",
            f"{kind!r} cannot be declared; what can: {', '.join(DECLARABLE)}.",
        )
    if more := sorted(set(values) - set(DECLARABLE[kind])):
        raise Refused(
            f"申报中没有这些项：{'、'.join(more)}。", f"Not part of the declaration: {', '.join(more)}.", more
        )
    said = Said(kind, "person", actor.subject, {**values, **ADDED.get(kind, {})}, at)
    return record_said(said, act=DECLARE, actor=actor, now=now, key=key)
