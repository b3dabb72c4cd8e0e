"""What the documents of a pack refer to by name, and how names and expressions are looked up, with complaints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from lianfang.core.facts.vocabulary import Kind
from lianfang.core.language.book import Book
from lianfang.core.language.document import Branch, Place, Scalar
from lianfang.core.language.kinds import Scope, scope_of
from lianfang.core.language.measure import Calendar, Selection, Words
from lianfang.core.language.plan import Clause, Parameter
from lianfang.core.language.predicate import Expression, PredicateError, Type, parse

LATEST = date.max
"""The day for which the newest value of every parameter holds."""


@dataclass(slots=True)
class Context:
    """One plan while it is being resolved. `selections` and `measures` are still documents, the rest is ready.

    `packs` says which pack an extended file belongs to; its clauses are called `pack:clause`.
    """

    book: Book
    kinds: Mapping[str, Kind]
    clauses: Mapping[str, Clause]
    parameters: Mapping[str, Parameter]
    selections: Mapping[str, Branch]
    measures: Mapping[str, Branch]
    zone: int = 28800
    first_day_counted: bool = True
    calendars: Mapping[str, Calendar] = field(default_factory=dict)
    packs: Mapping[str, str] = field(default_factory=dict)
    used_parameters: set[str] = field(default_factory=set)
    used_selections: set[str] = field(default_factory=set)
    resolved: dict[str, Selection] = field(default_factory=dict)
    _selections: dict[tuple[str, date], Selection | None] = field(default_factory=dict)
    _values: dict[date, Mapping[str, float | int | str]] = field(default_factory=dict)

    def words(self, node: Branch, otherwise: str = "") -> Words:
        """The Chinese and English name of an element."""
        name = node.branch("name")
        zh, en = (name.text("zh"), name.text("en")) if name else (None, None)
        return Words(zh or otherwise, en or otherwise)

    def cited(self, node: Branch) -> tuple[str, ...]:
        """The clauses that an element names; each must exist."""
        return tuple(self.clause(scalar) for scalar in node.scalars("clauses"))

    def clause(self, scalar: Scalar) -> str:
        """The full id of a cited clause; it must exist."""
        pack = self.packs.get(scalar.place.file)
        name = scalar.text if pack is None else f"{pack}:{scalar.text}"
        if name not in self.clauses and scalar.text not in self.clauses:
            self.book.add("pack:unknown-clause", scalar.place, scalar.text, self.clauses)
        return name if name in self.clauses else scalar.text

    def values(self, day: date) -> Mapping[str, float | int | str]:
        """The value of every parameter on a day."""
        if day not in self._values:
            known = {id: parameter for id, parameter in self.parameters.items() if parameter.values}
            self._values[day] = {id: value_on(parameter, day) for id, parameter in known.items()}
        return self._values[day]

    def expression(self, scalar: Scalar, scope: Scope, day: date, wanted: tuple[Type, ...]) -> Expression | None:
        """A written expression, typed; None (with a complaint) if it is wrong."""
        try:
            found = parse(scalar.text, scope.types, self.values(day), scope.choices)
        except PredicateError as error:
            allowed = error.allowed.split(", ") if "unknown" in error.id or "choice" in error.id else error.allowed
            self.book.add(error.id, scalar.at(error.offset), error.found, allowed)
            self.used_parameters.update(_mentioned(scalar.text))
            return None
        self.used_parameters |= found.parameters
        if found.type not in wanted:
            self.book.add("pack:wrong-type", scalar.at(0), found.type, ", ".join(wanted))
            return None
        return found

    def kind(self, scalar: Scalar) -> Kind | None:
        """The kind of fact of that name."""
        if scalar.text not in self.kinds:
            self.book.add("pack:unknown-kind", scalar.place, scalar.text, self.kinds)
        return self.kinds.get(scalar.text)

    def selection(self, name: str, place: Place, day: date) -> Selection | None:
        """The selection of that name (a kind of fact is one, too) with the values in force on a day."""
        if name in self.selections:
            self.used_selections.add(name)
            found = self._selected(name, self.selections[name], day)
        elif name in self.kinds:
            kind = self.kinds[name]
            found = Selection(name, name, Words(kind.zh, kind.en))
        else:
            self.book.add("pack:unknown-selection", place, name, (*self.selections, *self.kinds))
            return None
        if found is not None:
            self.resolved[found.id] = found
        return found

    def every_selection(self) -> Mapping[str, Selection]:
        """All selections: those already asked for, every kind of fact, and the rest with their newest values."""
        for name, kind in self.kinds.items():
            self.resolved.setdefault(name, Selection(name, name, Words(kind.zh, kind.en)))
        for name, node in self.selections.items():
            found = self._selected(name, node, LATEST)
            if found is not None:
                self.resolved[found.id] = found
        return self.resolved

    def _selected(self, name: str, node: Branch, day: date) -> Selection | None:
        if (name, day) not in self._selections:
            self._selections[name, day] = self._read_selection(name, node, day)
        return self._selections[name, day]

    def _read_selection(self, name: str, node: Branch, day: date) -> Selection | None:
        of, where = node.scalar("of"), node.scalar("where")
        kind = self.kind(of) if of is not None else None
        if kind is None:
            return None
        if where is None:
            return Selection(name, kind.id, self.words(node, name))
        condition = self.expression(where, scope_of(kind), day, (Type.FLAG,))
        if condition is None:
            return None
        by_result = bool(condition.columns & kind.known_columns)
        id = name + self._version(condition.parameters, day)
        return Selection(id, kind.id, self.words(node, name), condition, by_result)

    def _version(self, used: frozenset[str], day: date) -> str:
        """A selection whose parameters had other values on that day goes under its own name."""
        since = [start_of_value(self.parameters[id], day) for id in used]
        newest = [start_of_value(self.parameters[id], LATEST) for id in used]
        return "" if since == newest else f"@{max(since).isoformat()}"


def value_on(parameter: Parameter, day: date) -> float | int | str:
    """The value in force on a day; before its first day, the first value."""
    return next((value for since, value in reversed(parameter.values) if since <= day), parameter.values[0][1])


def start_of_value(parameter: Parameter, day: date) -> date:
    """The day from which the value in force on a day holds."""
    return next((since for since, _ in reversed(parameter.values) if since <= day), parameter.values[0][0])


@lru_cache(maxsize=256)
def _mentioned(text: str) -> frozenset[str]:
    """The parameters a faulty expression names, so that they are not reported as unused on top."""
    return frozenset(word.split(" ")[0].strip("()[],") for word in text.split("$")[1:])
