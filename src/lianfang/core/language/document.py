"""The text of a pack as a tree that remembers the place of everything: scalars, mappings, lists, documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands; lines and columns count from 1."""

    file: str
    line: int = 1
    column: int = 1

    @property
    def text(self) -> str:
        """The place as `measures/arrival.yaml:3:5`."""
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Scalar:
    """One written value, unconverted: `1.10` stays apart from `1.1`. `quote` is empty for plain text."""

    text: str
    quote: str
    place: Place
    one_line: bool = True

    @property
    def empty(self) -> bool:
        """Nothing is written here (`key:` and no more, or null)."""
        return not self.quote and self.text in ("", "~", "null")

    def at(self, offset: int) -> Place:
        """The place of the character `offset` of the text, as near as quoting lets us know."""
        if not self.one_line or self.quote in ("|", ">"):
            return self.place
        doubled = self.text[:offset].count("'") if self.quote == "'" else 0
        return Place(self.place.file, self.place.line, self.place.column + len(self.quote) + offset + doubled)


@dataclass(frozen=True, slots=True)
class Branch:
    """A mapping: keys with their values, in the order written."""

    entries: tuple[tuple[Scalar, Node], ...]
    place: Place

    def get(self, key: str) -> Node | None:
        """The value under a key; None if it is not written or empty."""
        for name, value in self.entries:
            if name.text == key:
                return None if isinstance(value, Scalar) and value.empty else value
        return None

    def text(self, key: str) -> str | None:
        """The single value under a key as text; None if it is absent or not a single value."""
        value = self.get(key)
        return value.text if isinstance(value, Scalar) else None

    def scalar(self, key: str) -> Scalar | None:
        """The single value under a key, with its place."""
        value = self.get(key)
        return value if isinstance(value, Scalar) else None

    def branch(self, key: str) -> Branch | None:
        """The mapping under a key."""
        value = self.get(key)
        return value if isinstance(value, Branch) else None

    def branches(self, key: str) -> Iterator[Branch]:
        """The mappings of the list under a key."""
        value = self.get(key)
        if isinstance(value, Listing):
            yield from (item for item in value.items if isinstance(item, Branch))

    def scalars(self, key: str) -> Iterator[Scalar]:
        """The single values under a key, whether one is written or a list of them."""
        value = self.get(key)
        for item in value.items if isinstance(value, Listing) else (value,):
            if isinstance(item, Scalar):
                yield item

    def flag(self, key: str, otherwise: bool) -> bool:
        """A yes or no under a key."""
        return {"true": True, "false": False}.get(self.text(key) or "", otherwise)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of values."""

    items: tuple[Node, ...]
    place: Place


Node = Scalar | Branch | Listing


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a pack: its first key says what it is, and the value of that key how it is called.

    `made_from`: the kind of document that stands for this one (`task`), empty for what an author wrote himself.
    """

    pack: str
    kind: str
    node: Branch
    made_from: str = ""

    @property
    def key(self) -> Scalar:
        """The first key."""
        return self.node.entries[0][0]

    @property
    def id(self) -> str:
        """The value of the first key; empty if that is not a single value."""
        return self.node.text(self.kind) or ""

    @property
    def id_place(self) -> Place:
        """Where the name stands."""
        return self.node.entries[0][1].place


def key_place(node: Branch, key: str) -> Place:
    """Where a key stands; the mapping itself if the key is not written."""
    return next((name.place for name, _ in node.entries if name.text == key), node.place)
