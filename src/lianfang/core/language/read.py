"""YAML text into documents. Nothing is converted, every node keeps its place, size and depth are bounded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from yaml import parse
from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from lianfang.core.language.book import Book
from lianfang.core.language.document import Branch, Document, Listing, Node, Place, Scalar

try:  # libyaml, twenty times faster. Only its events are used: what a value means is decided here and by the plan
    from yaml import CLoader as _Parser
except ImportError:
    from yaml import Loader as _Parser  # type: ignore[assignment]

MOST_CHARACTERS = 2_000_000
MOST_LEVELS = 24
_CONTROL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""What YAML does not allow in a text (and the byte order mark, which `reach` takes off)."""


def read(pack: str, files: Mapping[str, str], book: Book) -> tuple[Document, ...]:
    """All documents of a pack, in order of file name and position; what cannot be read is complained about."""
    return tuple(document for name in sorted(files) for document in read_file(pack, name, files[name], book))


def read_file(pack: str, name: str, text: str, book: Book) -> Iterator[Document]:
    """The documents of one file."""
    if len(text) > MOST_CHARACTERS:
        book.add("yaml:too-big", Place(name), str(len(text)), str(MOST_CHARACTERS))
        return
    control = _CONTROL.search(text)
    if control is not None:
        line, column = _line_and_column(text, control.start())
        book.add("yaml:control-character", Place(name, line, column), f"U+{ord(control.group()):04X}")
        return
    for node in _nodes(name, text, book):
        if isinstance(node, Branch) and node.entries:
            yield Document(pack, node.entries[0][0].text, node)
        elif not (isinstance(node, Scalar) and node.empty):
            book.add("yaml:not-a-mapping", node.place, _sort(node))


def _sort(node: Node) -> str:
    return {Scalar: "value", Branch: "mapping", Listing: "list"}[type(node)]


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not come yet."""

    place: Place
    mapping: bool
    items: list[Node] = field(default_factory=list)

    def close(self, book: Book) -> Node:
        if not self.mapping:
            return Listing(tuple(self.items), self.place)
        pairs = zip(self.items[::2], self.items[1::2], strict=True)
        entries: dict[str, tuple[Scalar, Node]] = {}
        for key, value in pairs:
            if not isinstance(key, Scalar):
                book.add("yaml:key-not-text", key.place, _sort(key))
            elif key.text in entries:
                book.add("yaml:duplicate-key", key.place, key.text, entries[key.text][0].place.text)
            else:
                entries[key.text] = (key, value)
        return Branch(tuple(entries.values()), self.place)


class _Stop(Exception):
    """The rest of this file is not read."""


def _nodes(name: str, text: str, book: Book) -> Iterator[Node]:
    """The root node of each document, up to the first place where the text is no YAML."""
    open_: list[_Open] = []
    root: list[Node] = []
    try:
        for event in parse(text, Loader=_Parser):
            if isinstance(event, DocumentStartEvent):
                root.clear()
            elif isinstance(event, DocumentEndEvent):
                yield from root
            else:
                _grow(event, name, open_, root, book)
    except _Stop:
        return
    except MarkedYAMLError as error:
        _complain_of_syntax(error, name, text, book)
    except (YAMLError, ValueError, OverflowError, IndexError) as error:
        book.add("yaml:syntax", Place(name), str(error).splitlines()[0] if str(error) else type(error).__name__)


def _grow(event: Any, name: str, open_: list[_Open], root: list[Node], book: Book) -> None:
    """Take one event into the tree."""
    place = Place(name, event.start_mark.line + 1, event.start_mark.column + 1)
    if isinstance(event, AliasEvent):
        book.add("yaml:anchor", place, f"*{event.anchor}")
        raise _Stop
    if getattr(event, "anchor", None):
        book.add("yaml:anchor", place, f"&{event.anchor}")
    if getattr(event, "tag", None) is not None:
        book.add("yaml:tag", place, str(event.tag))
    node: Node
    if isinstance(event, MappingStartEvent | SequenceStartEvent):
        if len(open_) == MOST_LEVELS:
            book.add("yaml:too-deep", place, str(len(open_) + 1), str(MOST_LEVELS))
            raise _Stop
        open_.append(_Open(place, isinstance(event, MappingStartEvent)))
        return
    if isinstance(event, ScalarEvent):
        one_line = event.start_mark.line == event.end_mark.line  # type: ignore[union-attr]  # a parsed event has marks
        node = Scalar(event.value, (event.style or "").strip(), place, one_line)
    elif isinstance(event, MappingEndEvent | SequenceEndEvent):
        node = open_.pop().close(book)
    else:
        return
    (open_[-1].items if open_ else root).append(node)


def _complain_of_syntax(error: MarkedYAMLError, name: str, text: str, book: Book) -> None:
    mark = error.problem_mark or error.context_mark
    place = Place(name, mark.line + 1, mark.column + 1) if mark is not None else Place(name)
    lines = text.splitlines()
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    if "\t" in line[: len(line) - len(line.lstrip())] or line[place.column - 1 : place.column] == "\t":
        book.add("yaml:tab", place, "\\t")
    else:
        book.add("yaml:syntax", place, (error.problem or error.context or "").strip())


def _line_and_column(text: str, position: int) -> tuple[int, int]:
    before = text[:position]
    return before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1
