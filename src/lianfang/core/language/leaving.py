"""Registers with a leaving date: for `place_target` there is `place_target_left`, a fact at the time of leaving."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lianfang.core.facts.vocabulary import Kind

LEFT = "_left"


def leavable(kinds: Mapping[str, Kind]) -> Mapping[str, str]:
    """Kind -> the kind of its leaving facts, for those whose facts have an end of their own."""
    return {id: id + LEFT for id, kind in kinds.items() if kind.period_end is not None and not kind.until_next}


def left_kind(kind: Kind) -> Kind:
    """The same columns, but the fact's time is the end of the period."""
    return replace(
        kind,
        id=kind.id + LEFT,
        zh=f"{kind.zh}（移出）",
        en=f"{kind.en}, left",
        time=kind.period_end or kind.time,
        period_end=None,
    )
