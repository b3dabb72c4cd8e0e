"""A pack and the packs it builds on as one set of documents; conflicts are reported, never silently merged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lianfang.core.language.book import Book
from lianfang.core.language.check import check
from lianfang.core.language.document import Branch, Document, Place, Scalar
from lianfang.core.language.read import read

Library = Callable[[str], Mapping[str, str] | None]
OVERRIDABLE = ("measure", "parameter", "selection", "indicator", "kind", "form", "calendar")


@dataclass(frozen=True, slots=True)
class Pack:
    """The checked documents of one pack; `plan` is None if it has no plan document."""

    name: str
    plan: Branch | None
    documents: tuple[Document, ...]

    def overrides(self, kind: str, id: str) -> bool:
        """Whether this pack says that it replaces something on purpose."""
        listed = self.plan.branch("overrides") if self.plan else None
        return listed is not None and any(scalar.text == id for scalar in listed.scalars(kind))


def gather(files: Mapping[str, str], library: Library, book: Book) -> tuple[Pack, ...]:
    """The pack with everything it builds on, those it builds on first. Files of other packs are named `pack/file`."""
    return _gather("", files, library, book, (), set())


def _gather(
    name: str, files: Mapping[str, str], library: Library, book: Book, above: tuple[str, ...], done: set[str]
) -> tuple[Pack, ...]:
    named = {f"{name}/{file}" if above else file: text for file, text in files.items()}
    documents = check(read(name, named, book), book)
    plans = [document for document in documents if document.kind == "plan"]
    if not plans:
        book.add("pack:no-plan", Place(f"{name}/plan.yaml" if above else "plan.yaml"))
    for extra in plans[1:]:
        book.add("pack:two-plans", extra.key.place, extra.id, plans[0].key.place.text)
    plan = plans[0].node if plans else None
    own = plans[0].id if plans and not above else name
    packs: list[Pack] = []
    for scalar in plan.scalars("extends") if plan else ():
        packs += _extended(scalar, library, book, (*above, own), done)
    return (*packs, Pack(own, plan, documents))


def _extended(scalar: Scalar, library: Library, book: Book, above: tuple[str, ...], done: set[str]) -> tuple[Pack, ...]:
    name = scalar.text
    if name in above:
        book.add("pack:circle", scalar.place, " → ".join((*above, name)))
        return ()
    if name in done:
        return ()
    done.add(name)
    files = library(name)
    if files is None:
        book.add("pack:unknown-pack", scalar.place, name)
        return ()
    return _gather(name, files, library, book, above, done)


def merge(packs: tuple[Pack, ...], book: Book) -> dict[tuple[str, str], Document]:
    """The documents that hold, by kind and id; forms count as kinds. Clauses, cases and plans are not merged."""
    found: dict[tuple[str, str], Document] = {}
    for pack in packs:
        before = dict(found)
        _check_overrides(pack, before, book)
        for document in pack.documents:
            if document.kind not in OVERRIDABLE or not document.id:
                continue
            key = (_merged_kind(document.kind), document.id)
            earlier = found.get(key)
            if earlier is None or _replaces(pack, packs[-1], key, earlier, before):
                found[key] = document
            elif key in before and found[key] is before[key]:
                book.add("pack:conflict", document.id_place, document.id, earlier.id_place.text)
            else:
                book.add("pack:duplicate-id", document.id_place, document.id, earlier.id_place.text)
    return found


def _merged_kind(kind: str) -> str:
    return "kind" if kind == "form" else kind


def _replaces(
    pack: Pack, root: Pack, key: tuple[str, str], earlier: Document, before: dict[tuple[str, str], Document]
) -> bool:
    kinds = ("kind", "form") if key[0] == "kind" else (key[0],)
    meant = any(p.overrides(kind, key[1]) for p in (pack, root) for kind in kinds)
    return meant and before.get(key) is earlier


def _check_overrides(pack: Pack, before: dict[tuple[str, str], Document], book: Book) -> None:
    listed = pack.plan.branch("overrides") if pack.plan else None
    for kind, _ in listed.entries if listed else ():
        if kind.text not in OVERRIDABLE:
            book.add("pack:unknown-key", kind.place, kind.text, OVERRIDABLE)
            continue
        names = [id for other, id in before if other == _merged_kind(kind.text)]
        for scalar in listed.scalars(kind.text) if listed else ():
            if scalar.text not in names:
                book.add("pack:override-nothing", scalar.place, scalar.text, names)
