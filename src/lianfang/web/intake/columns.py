"""The columns of a sheet as the mapping page shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lianfang.acts.in_force import InForce
from lianfang.acts.plan_intake import kind_of, register_of
from lianfang.core.intake import mapping
from lianfang.ledger.models import Intake
from lianfang.web.parts.said import one_of


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """One column of the sheet: its letter and head, what it is taken for, how surely (0-100) and why."""

    letter: str
    head: str
    column: str
    name: str
    confidence: int
    why: str


@dataclass(frozen=True, slots=True)
class ColumnRows:
    """Every column of a sheet, the columns they may be (id, name, required), and the required ones that lack."""

    rows: tuple[ColumnRow, ...]
    targets: tuple[tuple[str, str, bool], ...]
    missing: tuple[str, ...]
    remembered: bool


def column_rows(force: InForce, row: Intake) -> ColumnRows:
    """What the mapping of an import says, for the page."""
    kind = kind_of(force, row.kind)
    register = register_of(force, kind)
    today = kind.time if kind == register else None  # when somebody was registered is today if the sheet does not say
    found = mapping.targets(kind, register)
    names = {name: one_of(column.zh, column.en) for name, column in found.items()}
    targets = tuple((name, names[name], found[name].required and name not in (today, kind.subject)) for name in found)
    rows = tuple(_row(head, names) for head in row.mapping.get("heads", ()))
    missing = tuple(names.get(name, name) for name in row.mapping.get("missing", ()) if name != today)
    return ColumnRows(rows, targets, missing, any(one.why == "remembered" for one in rows))


def _row(head: Mapping[str, object], names: Mapping[str, str]) -> ColumnRow:
    column = str(head.get("column") or "")
    group, text = str(head.get("group") or ""), str(head["text"])
    words = f"{group} · {text}" if group and group != text else text
    surely = round(100 * float(str(head.get("confidence") or 0)))
    return ColumnRow(str(head["letter"]), words, column, names.get(column, ""), min(surely, 100), str(head.get("why")))


def letters_of(row: Intake, sent: Mapping[str, str]) -> dict[str, str | None]:
    """What was chosen: letter -> column, None for not imported; a letter that was not sent stays as proposed."""
    letters: dict[str, str | None] = row.mapping.get("letters", {})
    return {letter: sent.get(f"c-{letter}", column or "") or None for letter, column in letters.items()}
