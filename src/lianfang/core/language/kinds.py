"""Kinds of fact: read from vocabulary and forms, and seen as the scope of an expression."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lianfang.core.facts.vocabulary import COMMON, Column, ColumnType, Kind, Mask, subject_column
from lianfang.core.language.book import Book
from lianfang.core.language.document import Branch, Document, Scalar, key_place
from lianfang.core.language.loops import is_loop_kind
from lianfang.core.language.predicate import Type
from lianfang.core.language.predicate_tokens import KEYWORDS
from lianfang.core.language.schema import COLUMN_TYPES, MASKS

TYPES = {
    ColumnType.TIME: Type.TIME,
    ColumnType.NUMBER: Type.NUMBER,
    ColumnType.TEXT: Type.TEXT,
    ColumnType.CHOICE: Type.TEXT,
    ColumnType.REF: Type.TEXT,
    ColumnType.FLAG: Type.FLAG,
}


@dataclass(frozen=True, slots=True)
class Scope:
    """The names an expression may use: their types, and the words those hold that hold only certain words."""

    types: Mapping[str, Type]
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def plus(self, name: str, type_: Type, choices: tuple[str, ...] = ()) -> Scope:
        """The same scope with one name more."""
        more = {name: choices} if choices else {}
        return Scope({**self.types, name: type_}, {**self.choices, **more})

    def within(self, other: Scope, prefix: str) -> Scope:
        """The same scope, and the names of another one behind a prefix."""
        types = {prefix + name: type_ for name, type_ in other.types.items()}
        choices = {prefix + name: words for name, words in other.choices.items()}
        return Scope({**self.types, **types}, {**self.choices, **choices})


def scope_of(kind: Kind) -> Scope:
    """The columns of a kind of fact, and those every kind has."""
    columns = {**COMMON, **kind.columns}
    types = {name: TYPES[column.type] for name, column in columns.items()}
    return Scope(types, {name: words_of(column) for name, column in columns.items() if column.choices})


def words_of(column: Column) -> tuple[str, ...]:
    """The words that a choice column can hold, lowest first."""
    return tuple(value for value, _ in column.choices)


def read_kinds(documents: Iterable[Document], book: Book) -> dict[str, Kind]:
    """The kinds of fact that documents declare, by id."""
    kinds: dict[str, Kind] = {}
    for document in documents:
        if document.id in kinds or is_loop_kind(document.id):
            continue
        kinds[document.id] = _kind(document, book)
    return kinds


def _kind(document: Document, book: Book) -> Kind:
    node = document.node
    subject = node.text("subject") or ""
    columns = {subject: subject_column(subject), **_columns(node)} if subject else _columns(node)
    known = node.branch("known")
    known_columns = frozenset(scalar.text for scalar in known.scalars("columns")) if known else frozenset()
    name = node.branch("name")
    kind = Kind(
        id=document.id,
        zh=(name.text("zh") if name else None) or document.id,
        en=(name.text("en") if name else None) or document.id,
        subject=subject,
        time=node.text("time") or "",
        columns=columns,
        known_at=known.text("at") if known else None,
        known_columns=known_columns,
        period_end=node.text("period_end"),
        until_next=node.flag("until_next", False),
        needed_by=_needed_by(node),
        declared_in=document.id_place.text,
    )
    _check_columns(kind, node, book)
    return kind


def _columns(node: Branch) -> dict[str, Column]:
    columns = node.branch("columns")
    return {
        key.text: _column(key.text, value)
        for key, value in (columns.entries if columns else ())
        if isinstance(value, Branch)
    }


def _column(name: str, node: Branch) -> Column:
    written = node.text("type")
    choices, mask = node.branch("of"), node.text("mask")
    return Column(
        name=name,
        type=ColumnType(written) if written in COLUMN_TYPES else ColumnType.TEXT,
        zh=node.text("zh") or name,
        en=node.text("en") or name,
        required=node.flag("required", False),
        unit=node.text("unit"),
        choices=tuple(
            (key.text, value.text) for key, value in (choices.entries if choices else ()) if isinstance(value, Scalar)
        ),
        to=node.text("to"),
        personal=node.text("personal"),
        mask=Mask(mask) if mask in MASKS else None,
        low=_number(node.text("low")),
        high=_number(node.text("high")),
    )


def _number(text: str | None) -> float | None:
    try:
        return None if text is None else float(text)
    except ValueError:
        return None


def _needed_by(node: Branch) -> Mapping[str, tuple[str, ...]]:
    needed = node.branch("needed_by")
    if needed is None:
        return {}
    return {key.text: tuple(scalar.text for scalar in needed.scalars(key.text)) for key, _ in needed.entries}


def _check_columns(kind: Kind, node: Branch, book: Book) -> None:
    """The columns a kind names must exist, its times be times; a choice lists its words, a ref says what it is to."""
    known = node.branch("known")
    for name, _ in getattr(node.branch("columns"), "entries", ()):
        if name.text in KEYWORDS:
            book.add("pack:taken-name", name.place, name.text)
    times = [node.scalar("time"), node.scalar("period_end"), known.scalar("at") if known else None]
    for scalar in times:
        if scalar is not None and scalar.text not in kind.columns:
            book.add("pack:unknown-column", scalar.place, scalar.text, kind.columns)
        elif scalar is not None and kind.columns[scalar.text].type is not ColumnType.TIME:
            names = [name for name, column in kind.columns.items() if column.type is ColumnType.TIME]
            book.add("pack:kind-time", scalar.place, scalar.text, names)
    for scalar in known.scalars("columns") if known else ():
        if scalar.text not in kind.columns:
            book.add("pack:unknown-column", scalar.place, scalar.text, kind.columns)
    for key, value in getattr(node.branch("columns"), "entries", ()):
        for type_, needed in (("choice", "of"), ("ref", "to")):
            if isinstance(value, Branch) and value.text("type") == type_ and value.get(needed) is None:
                book.add("pack:missing-key", key_place(value, "type"), key.text, needed)
