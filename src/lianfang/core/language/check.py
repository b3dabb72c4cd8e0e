"""Second pass: every document against its schema - known keys, required keys, the shape of each value."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lianfang.core.days.text import TimeError, parse_day
from lianfang.core.language.book import Book
from lianfang.core.language.document import Branch, Document, Listing, Node, Scalar
from lianfang.core.language.schema import (
    DOCUMENTS,
    PARTS,
    WORDS,
    EitherWay,
    Free,
    Item,
    Keys,
    Leaf,
    Many,
    Named,
    OneOf,
)
from lianfang.core.language.schema_elements import ELEMENTS

EVERY = {**DOCUMENTS, **ELEMENTS}

_PATTERNS = {
    "id": re.compile(r"\w[\w.-]*"),
    "name": re.compile(r"[^\W\d]\w*"),
    "parameter": re.compile(r"[^\W\d]\w*(\.\w+)*"),
    "plain_number": re.compile(r"-?[0-9]+(\.[0-9]+)?"),
    "number": re.compile(r"-?[0-9]+(\.[0-9]+)?|\$\S+"),
    "whole": re.compile(r"[0-9]{1,9}|\$\S+"),
    "quantity": re.compile(r"[0-9]{1,9}|\$\S+|[^\W\d]\w*"),
    "flag": re.compile(r"true|false"),
}
_ALLOWED = {
    "text": "text",
    "id": "a-z, 0-9, _, -, .",
    "name": "a-z, 0-9, _",
    "parameter": "a-z, 0-9, _, .",
    "plain_number": "14, 97.5",
    "number": "14, 97.5, $parameter",
    "whole": "14, $parameter",
    "quantity": "14, $parameter, input",
    "flag": "true, false",
    "date": "2020-05-21",
}


def check(documents: Iterable[Document], book: Book) -> tuple[Document, ...]:
    """Complain about all that is misspelt, missing or of the wrong shape; pass on the documents of a known kind."""
    known = []
    for document in documents:
        if document.kind not in EVERY:
            book.add("pack:unknown-document", document.key.place, document.kind, EVERY)
            continue
        known.append(document)
        _check(EVERY[document.kind], document.node, book)
    return tuple(known)


def _check(item: Item, node: Node, book: Book) -> None:
    match item:
        case Named(name):
            _check(PARTS[name], node, book)
        case Keys():
            _check_keys(item, node, book)
        case Free():
            _check_free(item, node, book)
        case Many(inner, or_one, some):
            if isinstance(node, Listing) and some and not node.items:
                book.add("pack:empty", node.place, "[]")
            elif isinstance(node, Listing):
                for entry in node.items:
                    _check(inner, entry, book)
            elif or_one and isinstance(node, Scalar):
                _check(inner, node, book)
            else:
                _wrong_shape(node, "list", book)
        case EitherWay(value, mapping):
            _check(value if isinstance(node, Scalar) else mapping, node, book)
        case OneOf(words):
            if not isinstance(node, Scalar):
                _wrong_shape(node, "value", book)
            elif node.text not in words:
                book.add("pack:not-a-choice", node.place, node.text, words)
        case Leaf("anything"):
            pass
        case Leaf(sort):
            _check_leaf(sort, node, book)


def _check_keys(item: Keys, node: Node, book: Book) -> None:
    if not isinstance(node, Branch):
        _wrong_shape(node, "mapping", book)
        return
    for key, value in node.entries:
        if key.text not in item.known and item is WORDS and isinstance(value, Scalar) and value.empty:
            book.add("pack:comma", key.place, key.text, '{zh: …, en: "…, …"}')
        elif key.text not in item.known:
            book.add("pack:unknown-key", key.place, key.text, item.known)
        elif isinstance(value, Scalar) and value.empty:
            book.add("pack:empty", key.place, key.text)
        else:
            _check(item.known[key.text], value, book)
    written = {key.text for key, _ in node.entries}
    for key_ in item.required:
        if key_ not in written:
            place = node.entries[0][0].place if node.entries else node.place
            book.add("pack:missing-key", place, "", key_)


def _check_free(item: Free, node: Node, book: Book) -> None:
    if not isinstance(node, Branch):
        _wrong_shape(node, "mapping", book)
        return
    for key, value in node.entries:
        _check_leaf(item.key.sort, key, book)
        _check(item.item, value, book)


def _check_leaf(sort: str, node: Node, book: Book) -> None:
    if not isinstance(node, Scalar):
        _wrong_shape(node, "value", book)
    elif node.empty:
        book.add("pack:empty", node.place, "")
    elif not _fits(sort, node.text):
        book.add("pack:wrong-value", node.place, node.text, _ALLOWED[sort])


def _fits(sort: str, text: str) -> bool:
    if sort == "date":
        try:
            parse_day(text)
        except TimeError:
            return False
        return True
    return sort not in _PATTERNS or _PATTERNS[sort].fullmatch(text) is not None


def _wrong_shape(node: Node, wanted: str, book: Book) -> None:
    found = {Scalar: "value", Branch: "mapping", Listing: "list"}[type(node)]
    book.add("pack:wrong-shape", node.place, found, wanted)
