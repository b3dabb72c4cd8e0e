"""Measure documents into measures: one version for each stretch of days in which the parameters it uses stand still."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from lianfang.core.days.civil import start_of
from lianfang.core.language.context import Context
from lianfang.core.language.document import Branch, Scalar
from lianfang.core.language.draft import Draft
from lianfang.core.language.measure import Again, Exit, Measure
from lianfang.core.language.openings import resolve_opening
from lianfang.core.language.requirements import resolve_requirements
from lianfang.core.language.stages import resolve_stages

_EPOCH = date(1970, 1, 1)
_AGAIN = {"own": Again.OWN, "restart": Again.RESTART, "absorbed": Again.ABSORBED}


def resolve_measure(context: Context, id: str, node: Branch) -> tuple[Measure, ...]:
    """All versions of one measure, oldest first; none if its opening is unknown."""
    first = _draft(context, id, node, date.min)
    undated = _resolve(first, None, None)
    starts = _changes(context, first.used)
    if undated is None or not starts:
        return () if undated is None else (undated,)
    spans = zip((None, *starts), (*starts, None), strict=True)
    versions = [
        _resolve(_draft(context, id, node, since or date.min), _instant(context, since), _instant(context, until))
        for since, until in spans
    ]
    return tuple(version for version in versions if version is not None)


def _draft(context: Context, id: str, node: Branch, day: date) -> Draft:
    binds = node.text("binds") or ""
    return Draft(context, node, id, day, binds, civil=node.text("clock") != "exact")


def _changes(context: Context, used: set[str]) -> Sequence[date]:
    """The days on which a used parameter takes another value; the first value also holds for all days before."""
    days = set()
    for name in used:
        values = context.parameters[name].values
        days |= {day for (_, before), (day, after) in pairwise(values) if before != after}
    return sorted(days)


def _instant(context: Context, day: date | None) -> int | None:
    return None if day is None else int(start_of((day - _EPOCH).days, context.zone))


def _resolve(draft: Draft, since: int | None, until: int | None) -> Measure | None:
    context, node = draft.context, draft.node
    _check_binds(draft)
    opening = resolve_opening(draft)
    stages = resolve_stages(draft)
    requirements = resolve_requirements(draft)
    exits = tuple(_exit(draft, branch) for branch in node.branches("exits"))
    _check_repeated_exits(draft)
    suspends = node.branch("suspends")
    supersedes = tuple(_measure(draft, scalar.text, scalar) for scalar in node.scalars("supersedes"))
    if opening is None:
        return None
    return Measure(
        id=draft.id,
        words=context.words(node, draft.id),
        subject=draft.subject,
        opening=opening,
        stages=stages,
        requirements=requirements,
        exits=exits,
        clauses=context.cited(node),
        civil=draft.civil,
        holding=node.flag("holding", True),
        stops_clock=suspends is not None and suspends.flag("stops_clock", False),
        suspend_on=draft.selection(suspends.scalar("on"), "suspends/on") if suspends else None,
        clear_on=draft.selection(suspends.scalar("until"), "suspends/until") if suspends else None,
        suspend_clauses=context.cited(suspends) if suspends else (),
        again=_AGAIN.get(node.text("again") or "", Again.OWN if node.flag("gate", False) else Again.ABSORBED),
        supersedes=supersedes,
        gate=node.flag("gate", False),
        released_as=node.text("ends_as") or "released",
        valid_from=since,
        valid_to=until,
        parameters=dict(draft.parameters),
    )


def _check_binds(draft: Draft) -> None:
    """The subject a measure binds must be the subject of some kind of fact."""
    binds = draft.node.scalar("binds")
    subjects = sorted({kind.subject for kind in draft.context.kinds.values() if kind.subject})
    if binds is not None and binds.text not in subjects:
        draft.context.book.add("pack:unknown-subject", binds.place, binds.text, subjects)


def _exit(draft: Draft, node: Branch) -> Exit:
    id = node.text("exit") or ""
    path = f"exits/{id}"
    to = node.scalar("to")
    found = (draft.selection(scalar, f"{path}/on") for scalar in node.scalars("on"))
    return Exit(
        id=id,
        words=draft.context.words(node, id),
        on=tuple(name for name in found if name is not None),
        clauses=draft.context.cited(node),
        to=_measure(draft, to.text, to) if to is not None else None,
        first_stage=draft.stage(node.scalar("from_stage"), 0),
        state=node.text("as") or "exited",
    )


def _check_repeated_exits(draft: Draft) -> None:
    seen: dict[str, str] = {}
    for node in draft.node.branches("exits"):
        key = node.scalar("exit")
        if key is not None and key.text in seen:
            draft.context.book.add("pack:duplicate-id", key.place, key.text, seen[key.text])
        elif key is not None:
            seen[key.text] = key.place.text


def _measure(draft: Draft, name: str, scalar: Scalar) -> str:
    if name not in draft.context.measures:
        draft.context.book.add("pack:unknown-measure", scalar.place, name, draft.context.measures)
    return name
