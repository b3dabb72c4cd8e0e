"""Pack text into a checked plan: the passes in order, every complaint collected, nothing thrown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lianfang.core.complaint import Complaint
from lianfang.core.language.adapt import adapt, check_adapt
from lianfang.core.language.book import Book, without_echoes
from lianfang.core.language.check import check
from lianfang.core.language.expand import expand
from lianfang.core.language.expand_release import check_published, published
from lianfang.core.language.expansions import EXPANSIONS
from lianfang.core.language.extend import Library, gather
from lianfang.core.language.plan import Plan
from lianfang.core.language.read import read
from lianfang.core.language.resolve import resolve

VOCABULARY = "vocabulary"


def load(
    files: Mapping[str, str], library: Library, vocabulary: Mapping[str, str]
) -> tuple[Plan | None, tuple[Complaint, ...]]:
    """A plan from the text of its pack, with everything that is wrong with it.

    `files` maps paths inside the pack to text; `library` gives the files of a pack that this one extends, or None;
    `vocabulary` holds the files with the shared kinds of fact. There is a plan unless a complaint is an error; warnings
    come along with it. Never raises for any text.
    """
    book = Book()
    gathered = gather(files, library, book)
    grown, organisation = expand(adapt(gathered), EXPANSIONS, book)
    check_adapt(gathered, grown, book)
    packs = adapt(grown)
    named = {f"{VOCABULARY}/{name}": text for name, text in vocabulary.items()}
    kinds = check(read(VOCABULARY, named, book), book)
    plan = replace(resolve(packs, kinds, book, organisation), organisation=organisation)
    check_published(published(adapt(gathered)), plan.selections, plan.kinds, book)
    return (None if book.refused else plan), without_echoes(book.complaints)
