"""The kinds of fact that come with the program, whatever the plan."""

from __future__ import annotations

from collections.abc import Mapping

from lianfang.core.complaint import Complaint
from lianfang.core.facts.vocabulary import Kind
from lianfang.core.language.book import Book
from lianfang.core.language.check import check
from lianfang.core.language.kinds import read_kinds
from lianfang.core.language.read import read
from lianfang.reach.packs import PACKS, VOCABULARY, read_pack


def load_vocabulary() -> tuple[Mapping[str, Kind], tuple[Complaint, ...]]:
    """Every shared kind of fact by its id, with what is wrong in the vocabulary's files."""
    files, unread = read_pack(PACKS / VOCABULARY)
    book = Book()
    kinds = read_kinds(check(read(VOCABULARY, files, book), book), book)
    return kinds, (*unread, *book.complaints)
