"""What a plan leaves out of the packs it builds on (`without`), and what it calls otherwise there (`rename`).

Both are said pack by pack: two plans may mean different things by one word, or order the same thing twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from lianfang.core.language.book import Book
from lianfang.core.language.document import Branch, Document, Listing, Node, Scalar
from lianfang.core.language.extend import Pack
from lianfang.core.language.loops import kinds_asked

ADAPTABLE = (
    *("measure", "parameter", "selection", "indicator", "kind", "form", "calendar"),
    *("unit", "group", "post", "task", "checklist", "resource", "workflow", "release", "round", "register", "report"),
)
RENAMABLE = ("measure", "parameter", "selection", "indicator", "kind", "form")
_TAKES = frozenset({"first", "latest", "count", "highest", "lowest"})
_FACTS = _TAKES | {
    "on",
    "of",
    "over",
    "evidence",
    "after_each",
    "until",
    "cut_by",
    "of_facts",
    "left",
    "hand_in",
    "after",
}
_MEASURES = frozenset(
    {("measure", "supersedes"), ("measure", "to"), ("workflow", "to"), ("plan", "order"), ("indicator", "of")}
)

Change = Callable[[Scalar, str, bool], Scalar]
"""A written value, the key it stands under, and whether it stands in a look-up: what it becomes."""


@dataclass(frozen=True, slots=True)
class _Wishes:
    """What is left out and renamed in one pack, by kind of document."""

    without: Mapping[str, frozenset[str]] = field(default_factory=dict)
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def drops(self, document: Document) -> bool:
        """Whether this document is left out."""
        return document.id in self.without.get(document.kind, ())


def adapt(packs: tuple[Pack, ...]) -> tuple[Pack, ...]:
    """The packs as the plans that build on them want them. Doing it twice changes nothing more."""
    wishes = {pack.name: _wishes(packs, pack.name) for pack in packs}
    if not any(wish.without or wish.names for wish in wishes.values()):
        return packs
    kept = [_adapted(pack, wishes[pack.name]) for pack in packs]
    alive = {document.id for pack in kept for document in pack.documents if document.kind == "measure"}
    gone = {id for wish in wishes.values() for id in wish.without.get("measure", ())} - alive
    return (*(_forget(pack, gone) for pack in kept[:-1]), kept[-1])


def check_adapt(packs: tuple[Pack, ...], grown: tuple[Pack, ...], book: Book) -> None:
    """Complain about a pack that is not extended and an id that it does not have.

    `packs` are the documents as written, `grown` with tasks, rounds … turned into what they stand for.
    """
    have: dict[str, dict[str, list[str]]] = {pack.name: {} for pack in packs[:-1]}
    for pack in (*packs[:-1], *grown[:-1]):
        for document in pack.documents:
            have[pack.name].setdefault(document.kind, []).append(document.id)
    for pack in packs:
        for key, allowed in (("without", ADAPTABLE), ("rename", RENAMABLE)):
            listed = pack.plan.branch(key) if pack.plan else None
            for name, kinds in listed.entries if listed else ():
                if name.text not in have:
                    book.add("pack:adapts-no-pack", name.place, name.text, tuple(have))
                elif isinstance(kinds, Branch):
                    _check_kinds(kinds, allowed, have[name.text], book)


def _check_kinds(kinds: Branch, allowed: tuple[str, ...], have: Mapping[str, list[str]], book: Book) -> None:
    for kind, node in kinds.entries:
        if kind.text not in allowed:
            book.add("pack:unknown-key", kind.place, kind.text, allowed)
            continue
        written = [key for key, _ in node.entries] if isinstance(node, Branch) else list(kinds.scalars(kind.text))
        for scalar in written:
            if scalar.text not in have.get(kind.text, ()):
                book.add(
                    "pack:adapts-nothing", scalar.place, scalar.text, tuple(dict.fromkeys(have.get(kind.text, ())))
                )


def _wishes(packs: tuple[Pack, ...], name: str) -> _Wishes:
    """What all packs that build on this one say about it; the last word counts for a new name."""
    without: dict[str, frozenset[str]] = {}
    names: dict[str, dict[str, str]] = {}
    for pack in packs:
        for kind, ids in _listed(pack, "without", name):
            texts = ids.items if isinstance(ids, Listing) else (ids,)
            without[kind] = without.get(kind, frozenset()) | {s.text for s in texts if isinstance(s, Scalar)}
        for kind, ids in _listed(pack, "rename", name):
            for old, new in ids.entries if isinstance(ids, Branch) else ():
                if isinstance(new, Scalar):
                    names.setdefault(kind, {})[old.text] = new.text
    return _Wishes(without, names)


def _listed(pack: Pack, key: str, name: str) -> Iterator[tuple[str, Node]]:
    packs = pack.plan.branch(key) if pack.plan and pack.name != name else None
    kinds = packs.branch(name) if packs else None
    yield from ((kind.text, node) for kind, node in (kinds.entries if kinds else ()))


def _adapted(pack: Pack, wishes: _Wishes) -> Pack:
    kept = tuple(document for document in pack.documents if not wishes.drops(document))
    return _changed(replace(pack, documents=kept), _renaming(wishes)) if wishes.names else replace(pack, documents=kept)


def _changed(pack: Pack, change: Callable[[Document], Change]) -> Pack:
    documents = tuple(
        document
        if document.kind in ("clauses", "case")
        else replace(document, node=_branch(document.node, change(document)))
        for document in pack.documents
    )
    plans = [document.node for document in documents if document.kind == "plan"]
    return replace(pack, documents=documents, plan=plans[0] if plans else None)


def _branch(branch: Branch, change: Change) -> Branch:
    looks_up = any(key.text in _TAKES for key, _ in branch.entries)
    entries = tuple((key, _node(node, key.text, looks_up, change)) for key, node in branch.entries)
    return replace(branch, entries=entries)


def _node(node: Node, key: str, looks_up: bool, change: Change) -> Node:
    match node:
        case Scalar():
            return change(node, key, looks_up)
        case Listing(items):
            return replace(node, items=tuple(_node(item, key, looks_up, change) for item in items))
        case Branch():
            return _branch(node, change)


def _renaming(wishes: _Wishes) -> Callable[[Document], Change]:
    facts = {**wishes.names.get("kind", {}), **wishes.names.get("form", {}), **wishes.names.get("selection", {})}
    measures, parameters = wishes.names.get("measure", {}), wishes.names.get("parameter", {})

    def of(document: Document) -> Change:
        own = wishes.names.get(document.kind, {})
        asks_loops = any(kinds_asked((document,)))

        def change(scalar: Scalar, key: str, looks_up: bool) -> Scalar:
            text = scalar.text
            if key == document.kind and scalar is document.node.entries[0][1]:
                return replace(scalar, text=own.get(text, text))
            if key in _FACTS and not (looks_up and key == "of"):
                text = _head(text, ".", facts)
            if (document.kind, key) in _MEASURES:
                text = _head(text, "/", measures)
            for old, new in measures.items() if asks_loops else ():
                text = text.replace(f"'{old}'", f"'{new}'")
            for old, new in parameters.items() if "$" in text else ():
                text = re.sub(rf"\${re.escape(old)}(?![\w.])", f"${new}", text)
            return scalar if text == scalar.text else replace(scalar, text=text)

        return change

    return of


def _head(text: str, cut: str, names: Mapping[str, str]) -> str:
    head, sign, rest = text.partition(cut)
    return f"{names.get(head, head)}{sign}{rest}"


def _forget(pack: Pack, gone: set[str]) -> Pack:
    """Lists of what is superseded and in which order no longer speak of measures that are left out."""
    return _changed_lists(pack, gone) if gone else pack


def _changed_lists(pack: Pack, gone: set[str]) -> Pack:
    documents = tuple(
        replace(document, node=_shortened(document.node, gone)) if document.kind in ("measure", "plan") else document
        for document in pack.documents
    )
    plans = [document.node for document in documents if document.kind == "plan"]
    return replace(pack, documents=documents, plan=plans[0] if plans else None)


def _shortened(branch: Branch, gone: set[str]) -> Branch:
    def short(key: str, node: Node) -> Node:
        if key not in ("supersedes", "order") or not isinstance(node, Listing):
            return node
        return replace(node, items=tuple(s for s in node.items if not (isinstance(s, Scalar) and s.text in gone)))

    return replace(branch, entries=tuple((key, short(key.text, node)) for key, node in branch.entries))
