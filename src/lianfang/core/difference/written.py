"""Differences as JSON text for other programs: schemas lianfang.diff/1 and lianfang.what-if/1."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum

import pyarrow as pa
import pyarrow.compute as pc

from lianfang.core.days.text import show_date, show_instant
from lianfang.core.difference.change import PlanDifference
from lianfang.core.difference.what_if import DAYS_AHEAD, Difference

DIFF_SCHEMA = "lianfang.diff/1"
WHAT_IF_SCHEMA = "lianfang.what-if/1"
DAY = 86_400
ROWS_AT_ONCE = 20_000
INSTANTS = ("opened", "release_before", "release_after")


def diff_json(difference: PlanDifference) -> str:
    """The difference of two plans as one JSON object: both plans, how measures were paired, the changes by clause."""
    groups = [
        {"clause": g.clause, "gist": plain(g.gist), "changes": [_change(plain(c), difference.zone) for c in g.changes]}
        for g in difference.by_clause()
    ]
    body = {
        "schema": DIFF_SCHEMA,
        "before": plain(difference.before),
        "after": plain(difference.after),
        "pairs": plain(difference.pairs),
        "groups": groups,
    }
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def what_if_json(difference: Difference) -> Iterator[str]:
    """What changes for whom as one JSON object, piece by piece: counts first, then every loop and every release."""
    zone = difference.zone
    head = {
        "schema": WHAT_IF_SCHEMA,
        "before": plain(difference.before),
        "after": plain(difference.after),
        "as_of": _instant(difference.as_of, zone),
        "utc_offset": _offset(zone),
        "days": [show_date(difference.first_day + n * DAY, zone) for n in range(DAYS_AHEAD)],
        "pairs": plain(difference.pairs),
        "loop_counts": {"before": difference.loops_before, "after": difference.loops_after},
        "turns": plain(difference.turns.counts),
        "releases_moved": [{"days": days, "loops": loops} for days, loops in difference.releases.histogram],
        "releases_dated": difference.releases.dated,
        "releases_undated": difference.releases.undated,
        "owed_by_evidence": plain(difference.by_evidence()),
        "owed": plain(difference.owed),
        "due_per_day": plain(difference.daily),
        "tubes": plain(difference.tubes),
        "places": plain(difference.places),
        "rooms": plain(difference.rooms),
    }
    yield json.dumps(head, ensure_ascii=False)[:-1]
    for name, table in (("loops", difference.turns.table), ("releases", difference.releases.table)):
        yield f',\n"{name}": ['
        yield from _rows(table, zone)
        yield "]"
    yield "}\n"


def plain(value: object) -> object:
    """A value as JSON knows it: dataclasses by their fields, words of an enumeration, days as text."""
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple | list):
        return [plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def _change(change: object, zone: int) -> object:
    """The bounds of the openings as local times."""
    if not isinstance(change, Mapping):
        return change
    return {k: _instant(v, zone) if k in ("since", "until") and isinstance(v, int) else v for k, v in change.items()}


def _rows(table: pa.Table, zone: int) -> Iterator[str]:
    for start in range(0, table.num_rows, ROWS_AT_ONCE):
        part = table.slice(start, ROWS_AT_ONCE)
        for name in INSTANTS:
            if name in part.column_names:
                part = part.set_column(part.column_names.index(name), name, _texts(part[name], zone))
        rows = (json.dumps(row, ensure_ascii=False) for row in part.to_pylist())
        yield (",\n" if start else "\n") + ",\n".join(rows)


def _texts(column: pa.ChunkedArray, zone: int) -> pa.ChunkedArray:
    """Instants as local times; each different one is written once."""
    words = column.unique()
    texts = pa.array([None if t is None else _instant(t, zone) for t in words.to_pylist()], pa.string())
    return texts.take(pc.index_in(column, words))


def _instant(t: int, zone: int) -> str:
    text = show_instant(t, zone)
    return (text if text.count(":") == 2 else f"{text}:00") + _offset(zone)


def _offset(zone: int) -> str:
    sign, minutes = ("-" if zone < 0 else "+"), abs(zone) // 60
    return f"{sign}{minutes // 60:02d}:{minutes % 60:02d}"
