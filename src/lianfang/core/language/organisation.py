"""Who a plan speaks to: its units, groups of units and posts, and how they are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lianfang.core.language.book import Book
from lianfang.core.language.document import Branch, Document, Scalar
from lianfang.core.language.measure import Words


@dataclass(frozen=True, slots=True)
class Unit:
    """A department, town, village or site that a plan gives something to do. `groups` names all it belongs to."""

    id: str
    words: Words
    aliases: tuple[str, ...] = ()
    kind: str = "department"
    parent: str | None = None
    groups: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Everything the unit is called, its Chinese name first."""
        return (self.words.zh, self.id, self.words.en, *self.aliases)


@dataclass(frozen=True, slots=True)
class Group:
    """Units that are spoken to together. `members` are units, those of groups inside it included."""

    id: str
    words: Words
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Post:
    """A post in a unit; who holds it, and since when, is a fact (`post_holder`)."""

    id: str
    words: Words
    unit: str
    deputy_of: str | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """The units, groups and posts of a plan, by id."""

    units: Mapping[str, Unit] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    posts: Mapping[str, Post] = field(default_factory=dict)

    @property
    def everybody(self) -> tuple[Unit | Group | Post, ...]:
        """Units, then groups, then posts."""
        return (*self.units.values(), *self.groups.values(), *self.posts.values())

    def named(self, name: str) -> Unit | Group | Post | None:
        """The unit, group or post of that id, Chinese name, English name or alias."""
        for found in self.everybody:
            names = found.names if isinstance(found, Unit) else (found.id, found.words.zh, found.words.en)
            if name in names:
                return found
        return None

    @property
    def names(self) -> tuple[str, ...]:
        """All names that `named` knows, ids first."""
        every = self.everybody
        called = [name for unit in self.units.values() for name in unit.names]
        called += [words for found in every for words in (found.words.zh, found.words.en)]
        return tuple(dict.fromkeys([*(found.id for found in every), *called]))


@dataclass(frozen=True, slots=True)
class _Papers:
    """The documents that make up an organisation, and where to complain."""

    book: Book
    units: Mapping[str, Branch]
    groups: Mapping[str, Branch]
    posts: Mapping[str, Branch]

    def by_name(self, scalar: Scalar) -> str | None:
        """The id of the unit or group that is meant; a name that nothing has is complained about."""
        if scalar.text in self.units or scalar.text in self.groups:
            return scalar.text
        for id, node in (*self.units.items(), *self.groups.items()):
            if scalar.text in _names(node):
                return id
        every = [name for node in (*self.units.values(), *self.groups.values()) for name in _names(node)]
        self.book.add("pack:unknown-unit", scalar.place, scalar.text, (*self.units, *self.groups, *every))
        return None


def read_organisation(documents: Iterable[Document], book: Book) -> Organisation:
    """The organisation that `unit`, `group` and `post` documents describe; names that nothing has are refused."""
    found: dict[str, dict[str, Branch]] = {"unit": {}, "group": {}, "post": {}}
    places: dict[str, str] = {}
    for document in documents:
        if document.kind not in found or not document.id:
            continue
        if document.id in places:
            book.add("pack:duplicate-id", document.id_place, document.id, places[document.id])
            continue
        places[document.id] = document.id_place.text
        found[document.kind][document.id] = document.node
    papers = _Papers(book, found["unit"], found["group"], found["post"])
    members = {id: _members(papers, id, ()) for id in papers.groups}
    units = {id: _unit(papers, id, node, members) for id, node in papers.units.items()}
    groups = {id: Group(id, _words(node, id), members[id]) for id, node in papers.groups.items()}
    return Organisation(units, groups, {id: _post(papers, id, node) for id, node in papers.posts.items()})


def _unit(papers: _Papers, id: str, node: Branch, members: Mapping[str, tuple[str, ...]]) -> Unit:
    parent = node.scalar("parent")
    return Unit(
        id,
        _words(node, id),
        tuple(scalar.text for scalar in node.scalars("aliases")),
        node.text("kind") or "department",
        papers.by_name(parent) if parent is not None else None,
        tuple(group for group, inside in members.items() if id in inside),
    )


def _members(papers: _Papers, group: str, above: tuple[str, ...]) -> tuple[str, ...]:
    """The units of a group, those of groups inside it included; a group inside itself is refused."""
    found: list[str] = []
    for scalar in papers.groups[group].scalars("members"):
        id = papers.by_name(scalar)
        if id in (*above, group):
            papers.book.add("pack:group-circle", scalar.place, " → ".join((*above, group, id or "")))
        elif id in papers.groups:
            found += _members(papers, id or "", (*above, group))
        elif id is not None:
            found.append(id)
    return tuple(dict.fromkeys(found))


def _post(papers: _Papers, id: str, node: Branch) -> Post:
    unit, deputy = node.scalar("unit"), node.scalar("deputy_of")
    if deputy is not None and deputy.text not in papers.posts:
        papers.book.add("pack:unknown-unit", deputy.place, deputy.text, papers.posts)
    of = papers.by_name(unit) if unit is not None else None
    return Post(id, _words(node, id), of or "", deputy.text if deputy is not None else None)


def _words(node: Branch, otherwise: str) -> Words:
    name = node.branch("name")
    return Words((name.text("zh") if name else "") or otherwise, (name.text("en") if name else "") or otherwise)


def _names(node: Branch) -> tuple[str, ...]:
    words = _words(node, "")
    return tuple(name for name in (words.zh, words.en, *(s.text for s in node.scalars("aliases"))) if name)
