"""Worked examples (`case:`): facts, an instant, what must then be true. Names are checked here, values later."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lianfang.core.days.text import INSTANT_FORMS, TimeError, parse_instant
from lianfang.core.facts.vocabulary import COMMON, ColumnType, Kind
from lianfang.core.language.book import Book
from lianfang.core.language.context import Context
from lianfang.core.language.document import Branch, Document, Listing, Node, Scalar
from lianfang.core.language.duties import requirement_paths
from lianfang.core.language.plan import Case, Step

TIMES = "times"
_CONVERTED = (ColumnType.NUMBER, ColumnType.FLAG)
_UNKNOWN = {
    "requirement": "pack:unknown-requirement",
    "waits_for": "pack:unknown-requirement",
    "stage": "pack:unknown-stage",
    "exit": "pack:unknown-exit",
}
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,15})(\.[0-9]{1,9})?")


@dataclass(frozen=True, slots=True)
class Expectable:
    """What a case may name: indicators, and for each field of a line the names that each measure knows."""

    indicators: tuple[str, ...]
    names: Mapping[str, Mapping[str, tuple[str, ...]]]


def expectable(measures: Mapping[str, Branch], indicators: Iterable[str]) -> Expectable:
    """Gather once what the cases of a plan may name."""
    fields = {"requirement": _requirements, "waits_for": _waited_for, "stage": _stages, "exit": _exits}
    names = {key: {id: tuple(known(node)) for id, node in measures.items()} for key, known in fields.items()}
    return Expectable(tuple(indicators), names)


def resolve_case(context: Context, document: Document, known: Expectable) -> Case:
    """One case: its first look and those under `then`."""
    node = document.node
    steps = (_step(context, branch, known) for branch in (node, *node.branches("then")))
    return Case(
        id=document.id,
        clauses=context.cited(node),
        steps=tuple(step for step in steps if step is not None),
        place=document.id_place.text,
    )


def _step(context: Context, node: Branch, known: Expectable) -> Step | None:
    given = tuple(_given(context, branch) for branch in node.branches("given"))
    expect = node.branch("expect")
    if expect is not None:
        _check_expected(context, expect, known)
    as_of = _instant(context, node.scalar("as_of"))
    if as_of is None or expect is None:
        return None
    return Step(given, as_of, plain(expect), node.place.text)


def plain(node: Node) -> Any:
    """A node as Python values: mapping, list, text, whole number, number or flag; dates stay text."""
    if isinstance(node, Branch):
        return {key.text: plain(value) for key, value in node.entries}
    if isinstance(node, Listing):
        return [plain(item) for item in node.items]
    if node.quote:
        return node.text
    if node.empty:
        return None
    if node.text in ("true", "false"):
        return node.text == "true"
    if _NUMBER.fullmatch(node.text):
        return float(node.text) if "." in node.text else int(node.text)
    return node.text


def _instant(context: Context, scalar: Scalar | None) -> int | None:
    if scalar is None:
        return None
    try:
        return parse_instant(scalar.text, context.zone)
    except TimeError:
        context.book.add("pack:not-an-instant", scalar.place, scalar.text, INSTANT_FORMS)
        return None


def _given(context: Context, node: Branch) -> Mapping[str, Any]:
    """A fact as {kind: columns}; kind, columns and choices must exist."""
    for key, value in node.entries:
        kind = context.kinds.get(key.text)
        if kind is None:
            context.book.add("pack:unknown-kind", key.place, key.text, context.kinds)
        elif not isinstance(value, Branch):
            context.book.add("pack:wrong-shape", value.place, "value", "mapping")
        else:
            _check_columns(context.book, kind, value)
    return {key.text: _columns(context.kinds.get(key.text), value) for key, value in node.entries}


def _columns(kind: Kind | None, node: Node) -> Any:
    """Numbers and flags as such; every other column keeps its text as written (`1.10` stays `1.10`)."""
    if kind is None or not isinstance(node, Branch):
        return plain(node)
    converted = {name for name, column in kind.columns.items() if column.type in _CONVERTED} | {TIMES}
    return {
        key.text: value.text
        if isinstance(value, Scalar) and key.text not in converted and not value.empty
        else plain(value)
        for key, value in node.entries
    }


def _check_columns(book: Book, kind: Kind, node: Branch) -> None:
    for key, value in node.entries:
        column = kind.columns.get(key.text)
        if column is None and key.text not in (*COMMON, "at", TIMES):
            book.add("pack:unknown-column", key.place, key.text, (*kind.columns, "at", TIMES, *COMMON))
        elif not isinstance(value, Scalar):
            book.add("pack:wrong-shape", value.place, "list", "value")
        elif column is not None and column.choices and not value.empty:
            words = [word for pair in column.choices for word in pair]
            if value.text not in words:
                book.add("pack:not-a-choice", value.place, value.text, words)


def _check_expected(context: Context, node: Branch, known: Expectable) -> None:
    """What is expected must name measures, stages, requirements and indicators that exist."""
    book, measures = context.book, context.measures
    for section in ("loops", "stages", "obligations"):
        for line in node.branches(section):
            _check_line(context, line, known)
    for line in node.branches("indicators"):
        scalar = line.scalar("indicator")
        if scalar is not None and scalar.text not in known.indicators:
            book.add("pack:unknown-indicator", scalar.place, scalar.text, known.indicators)
    for scalar in _absent(node):
        if scalar.text not in measures:
            book.add("pack:unknown-measure", scalar.place, scalar.text, measures)


def _absent(node: Branch) -> Iterator[Scalar]:
    yield from node.scalars("no_loops")
    for branch in node.branches("no_loops"):
        measure = branch.scalar("measure")
        if measure is not None:
            yield measure


def _check_line(context: Context, line: Branch, known: Expectable) -> None:
    book, measures = context.book, context.measures
    for key in ("measure", "superseded_by"):
        name = line.scalar(key)
        if name is not None and name.text not in measures:
            book.add("pack:unknown-measure", name.place, name.text, measures)
    measure = line.text("measure")
    for key, by_measure in known.names.items():
        scalar = line.scalar(key)
        among = [names for id, names in by_measure.items() if measure in (None, id)] if scalar is not None else []
        if scalar is not None and among and not any(scalar.text in names for names in among):
            book.add(_UNKNOWN[key], scalar.place, scalar.text, [name for names in among for name in names])


def _requirements(node: Branch) -> list[str]:
    paths = requirement_paths(node)
    return [*paths, *(path.rpartition("/")[2] for path in paths)]


def _waited_for(node: Branch) -> list[str]:
    return [*_requirements(node), "order"]


def _stages(node: Branch) -> list[str]:
    return [branch.text("stage") or "" for branch in node.branches("stages")] or ["handling"]


def _exits(node: Branch) -> list[str]:
    return [branch.text("exit") or "" for branch in node.branches("exits")]
