"""Between check and resolve: tasks, checklists, resources … become the measures and indicators they stand for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from lianfang.core.language.addressees import in_group
from lianfang.core.language.book import Book
from lianfang.core.language.document import Branch, Document, Scalar
from lianfang.core.language.extend import Pack
from lianfang.core.language.growth import quoted
from lianfang.core.language.organisation import Group, Organisation, Post, Unit, read_organisation


@dataclass(frozen=True, slots=True)
class Desk:
    """What an expansion needs beside its own document: who there is, when the plan was issued, where to complain."""

    organisation: Organisation
    issued: date | None
    book: Book

    def named(self, scalar: Scalar | None) -> Unit | Group | Post | None:
        """The unit, group or post that is meant; a name that nothing has is complained about."""
        if scalar is None:
            return None
        found = self.organisation.named(scalar.text)
        if found is None:
            self.book.add("pack:unknown-unit", scalar.place, scalar.text, self.organisation.names)
        return found

    def leads(self, scalar: Scalar | None) -> str:
        """The condition that the unit addressed is the one named, or belongs to the group named."""
        found = self.named(scalar)
        if isinstance(found, Group):
            return f"contains(groups, {quoted(in_group(found.id))})"
        if isinstance(found, Unit):
            return f"unit_id == {quoted(found.id)}"
        if found is not None and scalar is not None:
            known = (*self.organisation.units, *self.organisation.groups)
            self.book.add("pack:not-a-unit", scalar.place, scalar.text, known)
        return "false"


Expansion = Callable[[Document, Desk], Iterable[Document]]


def expand(
    packs: tuple[Pack, ...], expansions: Mapping[str, Expansion], book: Book
) -> tuple[tuple[Pack, ...], Organisation]:
    """The packs with each document replaced by what it stands for, and the organisation they speak to.

    Complaints about what came out point at the author's own lines, because its nodes stand there.
    """
    organisation = read_organisation((document for pack in packs for document in pack.documents), book)
    desk = Desk(organisation, _issued(packs[-1].plan), book)
    return tuple(
        replace(pack, documents=tuple(_expanded(pack.documents, expansions, desk))) for pack in packs
    ), organisation


def _expanded(documents: Iterable[Document], expansions: Mapping[str, Expansion], desk: Desk) -> Iterator[Document]:
    for document in documents:
        if document.kind in expansions:
            yield from expansions[document.kind](document, desk) if document.id else ()
        elif document.kind not in ("unit", "group"):
            yield document


def _issued(plan: Branch | None) -> date | None:
    try:
        return date.fromisoformat((plan.text("issued") if plan else None) or "")
    except ValueError:
        return None
