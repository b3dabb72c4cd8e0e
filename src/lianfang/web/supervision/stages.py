"""Which of the requirements are inspections, which order or report that something is put right, which recheck."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from django.db.models import Q

from lianfang.acts.evidence import Answer, answer_for
from lianfang.acts.in_force import InForce

PERSON = "person"
STEP = "step"
CHECKED = frozenset({"verified", "failed"})
INSPECTING = ("inspection", "checked_item", "visit")
"""How the vocabulary's kinds of fact about looking at something end."""

MENDING, AGAIN = "rectification", "recheck"
MOST_PLANS = 8


class Stage(StrEnum):
    """Where a matter stands."""

    INSPECT = "inspect"
    RECTIFY = "rectify"
    RECHECK = "recheck"


def stage_of(answer: Answer | None) -> Stage | None:
    """What an answer means: a look, a report that it is put right (or the order), a second look; else nothing here."""
    if answer is None:
        return None
    if answer.kind.endswith(MENDING):
        return Stage.RECHECK if answer.values.get(STEP) in CHECKED else Stage.RECTIFY
    if answer.kind.startswith(AGAIN):
        return Stage.RECHECK
    return Stage.INSPECT if answer.kind.endswith(INSPECTING) else None


_known: dict[str, Mapping[Stage, Q]] = {}


def stages_of(force: InForce) -> Mapping[Stage, Q]:
    """For each stage the condition on obligations; worked out once for each plan."""
    if force.digest not in _known:
        if len(_known) >= MOST_PLANS:
            _known.clear()
        _known[force.digest] = {stage: _condition(force, stage) for stage in Stage}
    return _known[force.digest]


def _condition(force: InForce, stage: Stage) -> Q:
    """The kinds of subject come first: by them the index leaves out everything owed for people."""
    measures: dict[str, list[str]] = {}
    kinds: set[str] = set()
    for (measure, requirement), (declared, _) in force.requirements.items():
        if declared.subject != PERSON and stage_of(answer_for(force, measure, requirement)) is stage:
            measures.setdefault(measure, []).append(requirement)
            kinds.add(declared.subject)
    chosen = Q(pk__in=[])
    for measure, requirements in measures.items():
        chosen |= Q(measure=measure, requirement__in=requirements)
    return Q(subject_kind__in=sorted(kinds)) & chosen
