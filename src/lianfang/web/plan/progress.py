"""How far each unit has come with a clause: bars rolled up to the units below the one looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lianfang.ledger.bar import Bar
from lianfang.web.parts.bar import counted, share
from lianfang.web.plan.standing import together


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One line of the table: a unit with everything below it. `deeper` tells whether there is more to open below."""

    path: str
    name: str
    subjects: int
    bar: Bar
    deeper: bool

    @property
    def share(self) -> str:
        """Met as a percentage, a dash when nothing is owed."""
        return f"{share(self.bar):.1f}%" if counted(self.bar) else "—"


def below(path: str, base: str) -> str:
    """The unit directly under `base` that a path lies in; `base` itself for what belongs to it directly.

    >>> below("a/b/c/", "a/"), below("a/", "a/")
    ('a/b/', 'a/')
    """
    rest = path[len(base) :]
    return base + rest[: rest.find("/") + 1]


def unit_rows(
    bars: Mapping[str, Bar], subjects: Mapping[str, int], names: Mapping[str, str], base: str
) -> tuple[UnitRow, ...]:
    """The units directly below `base`, those with the most overdue first."""
    inside = [path for path in {*bars, *subjects} if path.startswith(base)]
    found: dict[str, list[str]] = {}
    for path in inside:
        found.setdefault(below(path, base), []).append(path)
    rows = [_row(unit, paths, bars, subjects, names, base) for unit, paths in found.items()]
    return tuple(sorted(rows, key=lambda row: (-row.bar.overdue, -counted(row.bar), row.path)))


def _row(
    unit: str,
    paths: Iterable[str],
    bars: Mapping[str, Bar],
    subjects: Mapping[str, int],
    names: Mapping[str, str],
    base: str,
) -> UnitRow:
    paths = tuple(paths)
    return UnitRow(
        unit,
        names.get(unit, unit.rstrip("/").rpartition("/")[2]),
        sum(subjects.get(path, 0) for path in paths),
        together(bars[path] for path in paths if path in bars),
        unit != base and any(path != unit for path in paths),
    )
