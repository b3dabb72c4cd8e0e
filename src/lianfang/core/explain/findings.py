"""What the look-ups of an opening brought back: the other facts that made it open."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa

from lianfang.core.explain.loop import Loop
from lianfang.core.explain.questions import questions
from lianfang.core.explain.speech import both, listing, moment
from lianfang.core.facts.vocabulary import ColumnType
from lianfang.core.language.measure import Lookup, Take, Words
from lianfang.core.obligations.lookups import instants
from lianfang.core.obligations.openings import Rows, answer_lookups

MOST_FINDINGS = 4
"""More look-ups than this are listed only where they found something."""

_NAME = re.compile(r"[^\W\d]\w*")


def findings(loop: Loop, texts: tuple[str, ...]) -> Words:
    """The value of every look-up that one of the texts names, as found at the opening."""
    named = {name for text in texts for name in _NAME.findall(text)}
    wanted = [look for look in loop.measure.opening.lookups if look.name in named]
    if not wanted:
        return both("")
    rows, asked = _answered(loop), questions(loop)
    if len(wanted) > MOST_FINDINGS:  # a long list says only what there was
        wanted = [look for look in wanted if rows.answers[look.name].column[0].is_valid]
    said = listing(_finding(loop, rows, look, asked[look.name]) for look in wanted)
    return Words(f"查得 {said.zh}", f"found: {said.en}")


def _answered(loop: Loop) -> Rows:
    evaluation = loop.evaluation
    row = evaluation.result.loops.fact[loop.number : loop.number + 1]
    t = instants(evaluation.facts.column(loop.kind.id, loop.kind.time).take(pa.array(row)))
    return answer_lookups(Rows(loop.seen.view, loop.kind, t, np.asarray(row, np.int64)), loop.measure.opening.lookups)


def _finding(loop: Loop, rows: Rows, look: Lookup, asked: Words) -> Words:
    found = rows.answers[look.name].column[0].as_py()
    shown = Words("无", "none") if found is None else _value(loop, look, found)
    return Words(f"{asked.zh} = {shown.zh}", f"{asked.en} = {shown.en}")


def _value(loop: Loop, look: Lookup, found: object) -> Words:
    column = loop.looked_up(look)
    is_time = look.take != Take.COUNT and (column is None or column.type == ColumnType.TIME)
    if is_time and isinstance(found, int):
        return moment(found, loop.zone)
    if column is not None and column.type == ColumnType.CHOICE:
        return Words(dict(column.choices).get(str(found), str(found)), str(found).replace("_", " "))
    if isinstance(found, bool):
        return Words("是", "yes") if found else Words("否", "no")
    return both(f"{found:g}" if isinstance(found, float) else str(found))
