"""Document trees grown from an author's own lines: every node stands where the author wrote what it comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lianfang.core.language.document import Branch, Document, Listing, Node, Place, Scalar

Grown = Node | str | None | Mapping[str, "Grown"] | Sequence["Grown"]


def grow(written: Grown, place: Place) -> Node:
    """A tree from mappings, lists, texts and the author's nodes; keys and list items that are None are left out."""
    if isinstance(written, Scalar | Branch | Listing):
        return written
    if isinstance(written, str) or written is None:
        return word(written or "", place)
    if isinstance(written, Mapping):
        kept = {key: value for key, value in written.items() if value is not None}
        return Branch(tuple((word(key, place), grow(value, place)) for key, value in kept.items()), place)
    return Listing(tuple(grow(item, place) for item in written if item is not None), place)


def word(text: str, place: Place) -> Scalar:
    """A single value of our own making, at a place of the author's."""
    return Scalar(text, "", place, one_line=False)


def document(source: Document, kind: str, id: str, written: Mapping[str, Grown]) -> Document:
    """A document of another kind that an author's document stands for; it is named where the author named his."""
    node = grow({kind: word(id, source.id_place), **written}, source.id_place)
    branch = node if isinstance(node, Branch) else Branch((), source.id_place)
    return Document(source.pack, kind, branch, source.made_from or source.kind)


def said(zh: str, en: str) -> Grown:
    """A name in both languages."""
    return {"zh": zh, "en": en}


def quoted(text: str) -> str:
    """A text as it stands in an expression; quotes, which no text in an expression can hold, are dropped."""
    return "'" + text.replace("'", "") + "'"


def listed(texts: Sequence[str]) -> str:
    """A list of texts as it stands in an expression."""
    return "[" + ", ".join(quoted(text) for text in texts) + "]"
