"""One loop of one subject with everything that its explanation reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from lianfang.core.explain.witness import Witness, counts, witnesses
from lianfang.core.facts.vocabulary import Column, Kind
from lianfang.core.language.lower import walk
from lianfang.core.language.measure import Lookup, Measure, Requirement, Selection, Words
from lianfang.core.language.program import NEVER
from lianfang.core.obligations.evaluation import Evaluation
from lianfang.core.obligations.lookups import View
from lianfang.core.obligations.run import Heads, Loops, Result

Row = Mapping[str, Any]
DONE = ("met", "late", "waived")


@dataclass(slots=True)
class Seen:
    """What has been looked up about one subject so far: searching a city's facts once is enough."""

    view: View
    facts: dict[str, tuple[Witness, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Loop:
    """A loop: the version of its measure, its line in the table of loops, the instants of its stages, its obligations.

    `begins` has one more entry than stages (the end of the last); NEVER where it has no end. `inputs` by name, None =
    unknown. `evaluation` holds the loops of this subject only, `number` is the place among them, `rows` are this
    loop's lines of the table of obligations.
    """

    evaluation: Evaluation
    number: int
    code: int
    measure: Measure
    head: Row
    begins: Sequence[int]
    planned: Sequence[int]
    inputs: Mapping[str, int | None]
    rows: Sequence[Row]
    seen: Seen

    @property
    def zone(self) -> int:
        """The plan's distance from UTC in seconds."""
        return self.evaluation.plan.zone

    @property
    def kind(self) -> Kind:
        """The kind of the fact that opened the loop."""
        return self.evaluation.plan.kinds[self.head["fact_kind"]]

    def requirements(self) -> Mapping[str, Requirement]:
        """Requirements by path, parents before their children."""
        return dict(walk(self.measure.requirements))

    def missing(self) -> list[Row]:
        """Obligations the release waits for: gating, and neither discharged nor waived."""
        known = self.requirements()
        return [r for r in self.rows if known[r["requirement"]].gates and r["status"] not in DONE]

    def looked_up(self, look: Lookup) -> Column | None:
        """The column a look-up reads; None if it brings back a count or a fact's own time."""
        kind = self.evaluation.plan.kinds[self.selection(look.kind).kind]
        return None if look.field is None else kind.columns.get(look.field)

    def selection(self, name: str) -> Selection:
        """A selection of the plan by name; a kind's own name stands for all its facts."""
        found = self.evaluation.plan.selections.get(name)
        if found is not None:
            return found
        kind = self.evaluation.plan.kinds[name]
        return Selection(name, name, Words(kind.zh, kind.en))

    def own(self, name: str) -> tuple[Witness, ...]:
        """Visible facts of the selection's kind about this loop's subject, whether they pass or not."""
        kind = self.evaluation.plan.kinds[self.selection(name).kind]
        if kind.id not in self.seen.facts:
            self.seen.facts[kind.id] = witnesses(self.evaluation, kind, self.code)
        return self.seen.facts[kind.id]

    def passing(self, name: str) -> list[Witness]:
        """Facts of a selection about this loop's subject."""
        return [w for w in self.own(name) if counts(self.evaluation, self.selection(name), w)]


def loops_of(evaluation: Evaluation, kind: str, code: int) -> tuple[Loop, ...]:
    """The loops of one subject, in the order the plan takes them. Cost depends on the subject, not on the city."""
    mine = _slice(evaluation, code)
    heads = mine.loops().to_pylist()
    rows: list[list[Row]] = [[] for _ in heads]
    for row in mine.obligations().to_pylist():
        rows[row["loop"]].append(row)
    result, found = mine.result, []
    seen = Seen(View(mine.facts, mine.plan.kinds, mine.plan.selections, mine.as_of, mine.plan.zone))
    for i, head in enumerate(heads):
        number = int(result.loops.measure[i])
        measure = mine.program.measures[number]
        if measure.subject != kind:
            continue
        inputs = {n: _known(int(result.loops.inputs[c, i])) for c, n in enumerate(mine.program.inputs[number])}
        n = len(measure.stages)
        begins = [int(t) for t in result.heads.begins[i, : n + 1]]
        planned = [int(t) for t in result.heads.planned[i, :n]]
        found.append(Loop(mine, i, code, measure, head, begins, planned, inputs, rows[i], seen))
    return tuple(found)


def _known(t: int) -> int | None:
    return None if t >= NEVER else t


def _slice(evaluation: Evaluation, code: int) -> Evaluation:
    """The evaluation with the loops of one subject code only."""
    result = evaluation.result
    a, b = int(result.loops.first[code]), int(result.loops.first[code + 1])
    mine = Result(_loops(result.loops, a, b), _heads(result.heads, a, b), tuple(_block(k, a, b) for k in result.blocks))
    return replace(evaluation, result=mine)


def _loops(loops: Loops, a: int, b: int) -> Loops:
    return replace(
        loops,
        first=np.clip(loops.first - a, 0, b - a),
        measure=loops.measure[a:b],
        opened=loops.opened[a:b],
        day_one=loops.day_one[a:b],
        inputs=loops.inputs[:, a:b],
        truths=loops.truths[a:b],
        fact=loops.fact[a:b],
    )


def _heads(heads: Heads, a: int, b: int) -> Heads:
    names = ("state", "stage", "held_for", "release", "ended", "which", "counts", "begins", "planned")
    by = heads.by[a:b]
    return replace(heads, **{n: getattr(heads, n)[a:b] for n in names}, by=np.where(by >= 0, by - a, by))


def _block(block: tuple[Any, ...], a: int, b: int) -> tuple[Any, ...]:
    keep = (block[0] >= a) & (block[0] < b)
    return (block[0][keep] - a, *(column[keep] for column in block[1:]))
