"""The organisation of the plan in force as rows, each with its way down from the root."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection, transaction

from lianfang.core.language.organisation import Organisation
from lianfang.core.language.organisation import Unit as PlannedUnit
from lianfang.ledger.models import Unit

ROOT_KIND = "headquarters"
FIELDS = ("name", "name_en", "kind", "parent", "path", "groups")


@dataclass(frozen=True, slots=True)
class Stored:
    """How many units are new, have changed, and have moved to another place in the tree."""

    new: int
    changed: int
    moved: int


def store_organisation(organisation: Organisation) -> Stored:
    """Bring the units into the ledger; units the plan no longer names stay, because records belong to them.

    A unit without a parent hangs below the headquarters if there is exactly one. When a unit moves, everything that
    belongs to it moves along.
    """
    rows = {unit.id: _row(unit, path) for unit, path in _with_paths(organisation.units)}
    with transaction.atomic():
        known = {unit.id: unit for unit in Unit.objects.select_for_update().filter(id__in=rows).order_by("id")}
        changed = [row for id, row in rows.items() if id in known and _differs(known[id], row)]
        moved = [row for row in changed if known[row.id].path != row.path]
        Unit.objects.bulk_create([row for id, row in rows.items() if id not in known])
        for row in moved:  # paths are unique: out of the way first, so that two units can change places
            Unit.objects.filter(id=row.id).update(path=f"~{row.id}/")
        Unit.objects.bulk_update(changed, FIELDS)
        if moved:
            _move_belongings([row.id for row in moved])
    return Stored(len(rows) - len(known), len(changed), len(moved))


def path_of(unit: str) -> str:
    """The units from the root down to this one, each ended by a slash; nothing for a unit that is not known."""
    return Unit.objects.filter(id=unit).values_list("path", flat=True).first() or ""


def _row(unit: PlannedUnit, path: str) -> Unit:
    return Unit(
        id=unit.id,
        name=unit.words.zh,
        name_en=unit.words.en,
        kind=unit.kind,
        parent=path.split("/")[-3] if path.count("/") > 1 else "",
        path=path,
        groups=list(unit.groups),
    )


def _differs(known: Unit, row: Unit) -> bool:
    return any(getattr(known, name) != getattr(row, name) for name in FIELDS)


def _with_paths(units: Mapping[str, PlannedUnit]) -> list[tuple[PlannedUnit, str]]:
    roots = [unit.id for unit in units.values() if unit.kind == ROOT_KIND and not unit.parent]
    root = roots[0] if len(roots) == 1 else None
    return [(unit, _path(unit.id, units, root, ())) for unit in units.values()]


def _path(id: str, units: Mapping[str, PlannedUnit], root: str | None, below: tuple[str, ...]) -> str:
    """The way down to a unit; units that name each other as parents in a circle begin at the one met twice."""
    parent = units[id].parent or (root if id != root else None)
    if parent is None or parent not in units or parent in below:
        return f"{id}/"
    return f"{_path(parent, units, root, (*below, id))}{id}/"


def _move_belongings(units: list[str]) -> None:
    """Subjects and persons follow their unit; loops and obligations follow their subjects at the next evaluation."""
    with connection.cursor() as cursor:
        for table in ("subject", "person"):
            cursor.execute(
                f"UPDATE {table} r SET path = u.path FROM unit u WHERE u.id = r.unit AND u.id = ANY(%s)",  # noqa: S608
                [units],
            )
        cursor.execute("UPDATE subject SET stale = true WHERE unit = ANY(%s)", [units])
