"""The facts of a case: `at` is the kind's own time, `times` repeats a fact for made-up subjects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lianfang.core.facts.vocabulary import Kind

TIMES = "times"
MOST_TIMES = 100_000

Fact = tuple[str, Mapping[str, Any]]


@dataclass(slots=True)
class Naming:
    """Counts the subjects made up so far in one case, so that every unnamed one is somebody else."""

    used: dict[str, int] = field(default_factory=dict)

    def next(self, subject: str) -> str:
        """A name nobody in this case has yet, such as `person-3`."""
        self.used[subject] = self.used.get(subject, 0) + 1
        return f"{subject}-{self.used[subject]}"


def facts_given(given: tuple[Mapping[str, Any], ...], kinds: Mapping[str, Kind], naming: Naming) -> Iterator[Fact]:
    """Every fact of a step as (kind, columns), repeated ones written out; what is unknown passes through."""
    for item in given:
        for kind_id, columns in item.items():
            kind = kinds.get(kind_id)
            if kind is None or not isinstance(columns, Mapping):
                yield kind_id, columns if isinstance(columns, Mapping) else {}
            else:
                yield from _written_out(kind, dict(columns), naming)


def can_repeat(times: object) -> bool:
    """Whether `times` is a number of repetitions that a case may ask for."""
    return isinstance(times, int) and not isinstance(times, bool) and 1 <= times <= MOST_TIMES


def _written_out(kind: Kind, columns: dict[str, Any], naming: Naming) -> Iterator[Fact]:
    if "at" in columns and "at" not in kind.columns:
        columns[kind.time] = columns.pop("at")
    if TIMES in kind.columns or not can_repeat(columns.get(TIMES)):
        yield kind.id, columns
        return
    times, named = columns.pop(TIMES), columns.get(kind.subject)
    for i in range(1, times + 1):
        subject = naming.next(kind.subject) if named is None else f"{named}-{i}"
        yield kind.id, {**columns, kind.subject: subject, **_own_id(columns, i)}


def _own_id(columns: Mapping[str, Any], i: int) -> Mapping[str, Any]:
    return {name: f"{columns[name]}-{i}" for name in ("id", "corrects") if name in columns}
