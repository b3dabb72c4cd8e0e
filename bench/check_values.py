"""The figures both sides compute about one evaluation, and the refusal to time sides that disagree."""

from __future__ import annotations

from dataclasses import asdict, dataclass

STATUS = {
    "upcoming": 0,
    "due": 1,
    "met": 2,
    "late": 3,
    "overdue": 4,
    "cancelled": 5,
    "suspended": 6,
    "superseded": 7,
    "waived": 8,
}
STATE = {"running": 0, "released": 1, "exited": 2, "held": 3}


@dataclass(frozen=True, slots=True)
class CheckValues:
    """What an evaluation of the yardstick came to."""

    rows: int
    weighted_statuses: int  # sum of status x (what + 1)
    overdue: int
    late: int
    loops: int
    loop_states: tuple[int, ...]  # running, released, exited, held
    second_stage: int  # loops that are in their second stage
    evidence: int  # sum of day x status + evidence instant mod 97


class Disagreement(Exception):
    """Two sides came to different figures: nothing may be timed."""


def agree(one: str, first: CheckValues, other: str, second: CheckValues) -> None:
    """Stop with both values if the two sides differ anywhere."""
    if first == second:
        return
    left, right = asdict(first), asdict(second)
    differing = [f"{name}: {one} {left[name]}, {other} {right[name]}" for name in left if left[name] != right[name]]
    raise Disagreement("两边结果不一致，不计时 / the two sides differ, nothing is timed: " + "; ".join(differing))
