"""The last pass: resolved measures into tables of whole numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from lianfang.core.language.measure import (
    Anchor,
    Calendar,
    Fixed,
    Input,
    Measure,
    Offset,
    Requirement,
    Selection,
    Stage,
)
from lianfang.core.language.program import FIRST_INPUT, M, Origin, Program, R, S, Table, X

MOST_CONDITIONS = 62
"""Truth bits that fit beside one opening."""


class TooManyConditions(ValueError):
    """A measure has more `applies` and `check` conditions than an opening can carry."""

    def __init__(self, measure: str, found: int) -> None:
        super().__init__(
            f"措施 {measure} 的条件共 {found} 个，最多 {MOST_CONDITIONS} 个，请拆成两个措施。"
            f" / Measure {measure} has {found} conditions; at most {MOST_CONDITIONS}; split it into two measures."
        )


@dataclass(slots=True)
class _Draft:
    """Tables while they are being filled."""

    stream: Mapping[str, int]
    calendars: tuple[Calendar, ...]
    measures: list[list[int]] = field(default_factory=list)
    stages: list[list[int]] = field(default_factory=list)
    requirements: list[list[int]] = field(default_factory=list)
    exits: list[list[int]] = field(default_factory=list)
    exit_streams: list[int] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)
    inputs: list[tuple[str, ...]] = field(default_factory=list)
    conditions: list[tuple[tuple[int, bool], ...]] = field(default_factory=list)


def lower(
    measures: Sequence[Measure], selections: Mapping[str, Selection], known_kinds: Iterable[str] | None = None
) -> Program:
    """Turn measures into the tables of the kernel.

    `known_kinds` are the kinds whose facts have a known time beside their own (None: all may have). Raises
    TooManyConditions.
    """
    known = {s.kind for s in selections.values()} if known_kinds is None else frozenset(known_kinds)
    used = sorted(_streams(measures), key=lambda s: (selections[s].kind not in known, s))
    draft = _Draft({name: e for e, name in enumerate(used)}, _calendars(measures))
    ids = list(dict.fromkeys(m.id for m in measures))
    for number, measure in enumerate(measures):
        _lower_measure(draft, number, measure, ids.index(measure.id))
    for number, measure in enumerate(measures):
        _lower_children(draft, number, measure)
    return Program(
        measures=tuple(measures),
        streams=tuple(selections[name] for name in used),
        known_streams=sum(selections[name].kind in known for name in used),
        by_result=np.array([selections[name].by_result for name in used], np.int8),
        measure_table=_table(draft.measures, len(M)),
        stage_table=_table(draft.stages, len(S)),
        requirement_table=_table(draft.requirements, len(R)),
        exit_table=_table(draft.exits, len(X)),
        exit_streams=np.array(draft.exit_streams, np.int64),
        beats=_beats(measures, ids),
        origins=tuple(draft.origins),
        inputs=tuple(draft.inputs),
        conditions=tuple(draft.conditions),
        stream_index=dict(draft.stream),
        calendars=draft.calendars,
    )


def walk(requirements: Iterable[Requirement], above: str = "") -> Iterable[tuple[str, Requirement]]:
    """Every requirement with its path, parents before children."""
    for requirement in requirements:
        path = f"{above}/{requirement.id}" if above else requirement.id
        yield path, requirement
        yield from walk(requirement.then, path)


def _streams(measures: Sequence[Measure]) -> set[str]:
    names: set[str | None] = set()
    for m in measures:
        names |= {m.suspend_on, m.clear_on, *(s.cut_by for s in m.stages), *(name for x in m.exits for name in x.on)}
        for _, r in walk(m.requirements):
            names |= {r.evidence, r.trigger, r.waiver}
    return {name for name in names if name is not None}


def _calendars(measures: Sequence[Measure]) -> tuple[Calendar, ...]:
    named = (r.calendar for m in measures for _, r in walk(m.requirements))
    return tuple(dict.fromkeys(calendar for calendar in named if calendar is not None))


def _table(rows: list[list[int]], columns: int) -> Table:
    return np.array(rows, np.int64).reshape(len(rows), columns)


def _beats(measures: Sequence[Measure], ids: list[str]) -> np.ndarray[tuple[int, int], np.dtype[np.int8]]:
    out = np.zeros((len(ids), len(ids)), np.int8)
    for m in measures:
        for other in m.supersedes:
            if other in ids and other != m.id:
                out[ids.index(m.id), ids.index(other)] = 1
    return out


def _lower_measure(draft: _Draft, number: int, m: Measure, identity: int) -> None:
    inputs = tuple(m.opening.inputs)
    stage_from, root_from, exit_from = len(draft.stages), len(draft.requirements), len(draft.exits)
    draft.stages += [_stage_row(draft, s, inputs) for s in m.stages]
    bits: list[tuple[int, bool]] = []
    for r in m.requirements:
        _add(draft, number, r.id, r, r, inputs, bits, parent=-1)
    for x in m.exits:
        at = len(draft.exit_streams)
        draft.exit_streams += [draft.stream[name] for name in x.on]
        draft.exits.append([at, len(draft.exit_streams), x.first_stage])
    binding = max((i + 1 for i, s in enumerate(m.stages) if s.binding), default=0)
    draft.measures.append(
        [
            identity,
            stage_from,
            len(draft.stages),
            binding,
            root_from,
            len(draft.requirements),
            exit_from,
            len(draft.exits),
            m.civil,
            m.holding,
            m.stops_clock,
            _stream(draft, m.suspend_on),
            _stream(draft, m.clear_on),
            m.again,
        ]
    )
    draft.inputs.append(inputs)
    draft.conditions.append(tuple(bits))


def _lower_children(draft: _Draft, number: int, m: Measure) -> None:
    bits = list(draft.conditions[number])
    first = draft.measures[number][M.REQ_FROM]
    for i, root in enumerate(m.requirements):
        start = len(draft.requirements)
        place: dict[str, int] = {}
        for path, r in walk(root.then, root.id):
            place[path] = len(draft.requirements) - start
            parent = place.get(path.rpartition("/")[0], -1)
            _add(draft, number, path, r, root, draft.inputs[number], bits, parent)
        row = draft.requirements[first + i]
        row[R.CHILD_FROM], row[R.CHILD_TO] = start, len(draft.requirements)
        row[R.GATES_ANY] = root.gates or any(r.gates for _, r in walk(root.then))
    if len(bits) > MOST_CONDITIONS:
        raise TooManyConditions(m.id, len(bits))
    draft.conditions[number] = tuple(bits)


def _stream(draft: _Draft, name: str | None) -> int:
    return -1 if name is None else draft.stream[name]


def _anchor(anchor: Anchor, inputs: tuple[str, ...]) -> int:
    return FIRST_INPUT + inputs.index(anchor.name) if isinstance(anchor, Input) else int(anchor)


def _number(value: int | Input | None, inputs: tuple[str, ...]) -> int:
    if isinstance(value, Input):
        return -1 - inputs.index(value.name)
    return 0 if value is None else value


def _stage_row(draft: _Draft, s: Stage, inputs: tuple[str, ...]) -> list[int]:
    return [
        _number(s.days, inputs),
        s.days is None,
        s.months,
        _anchor(s.counted_from, inputs),
        _stream(draft, s.cut_by),
    ]


def _offset(offset: Offset | None) -> list[int]:
    return [0, 0, 0, 0] if offset is None else [1, offset.months, offset.seconds, offset.mode]


def _bit(bits: list[tuple[int, bool]], row: int, present: bool, applies: bool) -> int:
    if not present:
        return -1
    bits.append((row, applies))
    return len(bits) - 1


def _add(
    draft: _Draft,
    number: int,
    path: str,
    r: Requirement,
    root: Requirement,
    inputs: tuple[str, ...],
    bits: list[tuple[int, bool]],
    parent: int,
) -> None:
    row = len(draft.requirements)
    every = r.every or Offset()
    draft.requirements.append(
        [
            r.shape,
            _stream(draft, r.evidence),
            root.first_stage,
            root.last_stage,
            _anchor(r.anchor, inputs) if parent < 0 and r is root else Fixed.STAGE_START,
            r.floor,
            *_offset(r.start),
            *_offset(r.due),
            *_offset(r.until),
            _number(r.times, inputs),
            r.to_stage_end,
            every.months,
            every.seconds,
            r.gap,
            r.gates,
            r.gates,
            r.ends_with_exit,
            r.carries,
            _stream(draft, r.trigger),
            _bit(bits, row, r.applies is not None, applies=True),
            _bit(bits, row, r.condition is not None, applies=False),
            _stream(draft, r.waiver),
            0,
            0,
            parent,
            -1 if r.calendar is None else draft.calendars.index(r.calendar),
        ]
    )
    draft.origins.append(Origin(number, path, r))
