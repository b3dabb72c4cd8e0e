"""Writes an evaluation for other programs: JSON (schema lianfang.evaluation/1), CSV and Parquet."""

from __future__ import annotations

import io
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as csv
import pyarrow.parquet as pq

from lianfang.core.indicators import Counted, reason
from lianfang.core.language.plan import Plan
from lianfang.core.obligations.evaluation import Evaluation

SCHEMA = "lianfang.evaluation/1"
BOM = b"\xef\xbb\xbf"
ROWS_AT_ONCE = 20_000
FIRST_MISSES = 10
"""How many of those missing from a figure are written with it."""

INSTANTS = frozenset(("opened", "day_one", "release", "ended", "from", "planned_to", "to", "due", "evidence_at"))
"""Columns of the evaluation tables that hold instants, in seconds since 1970 UTC."""


@dataclass(frozen=True, slots=True)
class Results:
    """The tables of one evaluation with what they were made from. Instants in seconds since 1970 UTC."""

    plan: Plan
    as_of: int
    known_at: int
    subject: str | None
    loops: pa.Table
    stages: pa.Table
    obligations: pa.Table
    figures: tuple[Counted, ...] = ()

    @property
    def zone(self) -> int:
        """Seconds east of UTC of the plan."""
        return self.plan.zone

    def tables(self) -> Mapping[str, pa.Table]:
        """The three tables by name."""
        return {"loops": self.loops, "stages": self.stages, "obligations": self.obligations}


def results_from(evaluation: Evaluation, known_at: int, subject: str | None = None) -> Results:
    """The tables of an evaluation, of one subject or of all."""
    tables = (evaluation.loops(), evaluation.stages(), evaluation.obligations())
    if subject is not None:
        loops, stages, obligations = (of_subject(table, subject) for table in tables)
        tables = (loops, stages, obligations)
    return Results(evaluation.plan, evaluation.as_of, known_at, subject, *tables)


def counts(table: pa.Table, column: str) -> dict[str, int]:
    """How many rows have each word of a column, the most frequent first."""
    pairs = pc.value_counts(table[column]).to_pylist()
    return {str(p["values"]): int(p["counts"]) for p in sorted(pairs, key=lambda p: (-p["counts"], str(p["values"])))}


def offset_text(zone: int) -> str:
    """Seconds east of UTC as `+08:00`."""
    sign, minutes = ("-" if zone < 0 else "+"), abs(zone) // 60
    return f"{sign}{minutes // 60:02d}:{minutes % 60:02d}"


def local_text(instants: pa.ChunkedArray | pa.Array, zone: int, offset: str = "") -> pa.ChunkedArray | pa.Array:
    """Instants as local ISO times `2020-06-15T08:00:00`, followed by `offset`; unknown stays null."""
    local = pc.add(instants, pa.scalar(zone, pa.int64())).cast(pa.timestamp("s"))
    return pc.binary_join_element_wise(local.cast(pa.string()), offset, "")


def worded(table: pa.Table, zone: int, offset: str = "") -> pa.Table:
    """The table with every instant as local ISO text."""
    for place, name in enumerate(table.column_names):
        if name in INSTANTS:
            text = local_text(table[name], zone, offset)
            text = pc.replace_substring(text, " ", "T")
            table = table.set_column(place, name, text)
    return table


def write_json(results: Results, out: BinaryIO) -> None:
    """Write the whole evaluation as one JSON object, each row on a line of its own; memory stays small."""
    for piece in json_pieces(results):
        out.write(piece.encode())


def json_pieces(results: Results) -> Iterator[str]:
    """The JSON text, piece by piece."""
    head = _head(results)
    yield json.dumps(head, ensure_ascii=False)[:-1]
    offset = offset_text(results.zone)
    for name, table in results.tables().items():
        yield f',\n"{name}": ['
        for start in range(0, table.num_rows, ROWS_AT_ONCE):
            part = worded(table.slice(start, ROWS_AT_ONCE), results.zone, offset)
            rows = (json.dumps(row, ensure_ascii=False, allow_nan=False) for row in part.to_pylist())
            yield (",\n" if start else "\n") + ",\n".join(rows)
        yield "]"
    yield ',\n"indicators": ['
    rows = (json.dumps(figure_row(results.plan, c), ensure_ascii=False, allow_nan=False) for c in results.figures)
    yield "".join(("\n" if n == 0 else ",\n") + row for n, row in enumerate(rows))
    yield "]}\n"


def figure_row(plan: Plan, counted: Counted) -> dict[str, object]:
    """A figure under the names of the JSON page."""
    why = reason(plan, counted.indicator, counted.figure)
    words, figure = counted.indicator.words, counted.figure
    numbers = ("value", "met", "total", "percent", "excused", "need", "held", "gap")
    of_period = ("period", "value", "met", "total", "percent", "need", "held", "gap")
    return {
        "indicator": figure.indicator,
        "zh": words.zh,
        "en": words.en,
        **{name: _finite(getattr(figure, name)) for name in numbers},
        "target": None if figure.target is None else asdict(figure.target),
        "target_met": figure.target_met,
        "parts": {name: _finite(amount) for name, amount in figure.parts},
        "missed": figure.missed,
        "misses": [asdict(miss) for miss in figure.misses[:FIRST_MISSES]],
        "reason": None if why is None else asdict(why),
        "periods": [{name: _finite(getattr(p, name)) for name in of_period} for p in figure.periods],
    }


def _finite(value: object) -> object:
    """JSON has no word for what a division by zero gives."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _head(results: Results) -> dict[str, object]:
    offset, plan = offset_text(results.zone), results.plan

    def local(instant: int) -> object:
        return worded(pa.table({"from": pa.array([instant], pa.int64())}), results.zone, offset)["from"][0].as_py()

    return {
        "schema": SCHEMA,
        "plan": {"id": plan.id, "zh": plan.words.zh, "en": plan.words.en, "issued": plan.issued.isoformat()},
        "utc_offset": offset,
        "as_of": local(results.as_of),
        "known_at": local(results.known_at),
        "subject": results.subject,
        "counts": {
            "loops": counts(results.loops, "state"),
            "obligations": counts(results.obligations, "status"),
        },
    }


def write_csv(table: pa.Table, zone: int, out: BinaryIO, *, for_excel: bool = False) -> None:
    """Write one table as CSV with local times.

    `for_excel` puts the byte order mark in front, and an apostrophe before text that a spreadsheet would take for
    a formula.
    """
    if for_excel:
        out.write(BOM)
    options = csv.WriteOptions(quoting_style="needed")
    for start in range(0, max(table.num_rows, 1), ROWS_AT_ONCE):
        part = worded(table.slice(start, ROWS_AT_ONCE), zone)
        if for_excel:
            part = _without_formulas(part)
        options.include_header = start == 0
        block = io.BytesIO()
        csv.write_csv(part, block, options)
        out.write(block.getvalue())


def _without_formulas(table: pa.Table) -> pa.Table:
    for place, field in enumerate(table.schema):
        if pa.types.is_string(field.type):
            text = table[field.name]
            risky = pc.match_substring_regex(text, r"^[=+\-@\t\r]")
            safe = pc.if_else(risky, pc.binary_join_element_wise("'", text, ""), text)
            table = table.set_column(place, field.name, safe)
    return table


def write_parquet(results: Results, table: pa.Table, out: BinaryIO) -> None:
    """Write one table as Parquet: instants as timestamps in the plan's zone, the head as metadata under `lianfang`."""
    zone = offset_text(results.zone)
    for place, name in enumerate(table.column_names):
        if name in INSTANTS:
            table = table.set_column(place, name, table[name].cast(pa.timestamp("s")).cast(pa.timestamp("ms", tz=zone)))
    head = json.dumps(_head(results), ensure_ascii=False).encode()
    pq.write_table(table.replace_schema_metadata({b"lianfang": head}), out, compression="zstd")


def of_subject(table: pa.Table, subject: str) -> pa.Table:
    """The rows of one subject."""
    return table.filter(pc.equal(table["subject"], subject))


def most_urgent_first(obligations: pa.Table, order: Sequence[str]) -> pa.Table:
    """Obligations in the order of their statuses in `order`, then by due time; those without a due time last."""
    rank = pc.index_in(obligations["status"], pa.array(list(order)))
    keyed = obligations.append_column("rank", rank)
    keys = [("rank", "ascending"), ("due", "ascending"), ("subject", "ascending"), ("requirement", "ascending")]
    return keyed.take(pc.sort_indices(keyed, sort_keys=keys)).drop_columns("rank")
