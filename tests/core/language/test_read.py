"""Reading YAML: every node keeps its place and its text, whichever parser is at hand."""

from __future__ import annotations

import pytest
import yaml

from lianfang.core.language import read as reading
from lianfang.core.language.book import Book
from lianfang.core.language.document import Branch, Document, Listing, Node, Place, Scalar
from lianfang.core.language.load import load
from lianfang.core.language.read import read
from tests.core.language.pack_fuzz import FIXTURES, KINDS, text_of, vocabulary_of


def documents_of(text: str) -> tuple[Document, ...]:
    book = Book()
    found = read("pack", {"a.yaml": text}, book)
    assert book.complaints == ()
    return found


def nodes_of(node: Node) -> list[Scalar]:
    if isinstance(node, Scalar):
        return [node]
    if isinstance(node, Branch):
        return [scalar for key, value in node.entries for scalar in (key, *nodes_of(value))]
    return [scalar for item in node.items for scalar in nodes_of(item)]


def test_a_file_may_hold_several_documents() -> None:
    found = documents_of("# 说明\nselection: a\n---\n\nselection: b\nof: test\n---\n")
    assert [(d.kind, d.id, d.id_place.text) for d in found] == [
        ("selection", "a", "a.yaml:2:12"),
        ("selection", "b", "a.yaml:5:12"),
    ]


def test_every_value_knows_its_line_and_column() -> None:
    (document,) = documents_of("measure: 隔离\nname: {zh: 高风险, en: 'high risk'}\nstages:\n  - stage: 集中\n")
    places = {scalar.text: (scalar.place.line, scalar.place.column) for scalar in nodes_of(document.node)}
    assert places["隔离"] == (1, 10)
    assert places["高风险"] == (2, 12)
    assert places["high risk"] == (2, 21)
    assert places["集中"] == (4, 12)


@pytest.mark.parametrize(
    ("written", "offset", "column"),
    [
        ("level == 'high'", 9, 17),
        ('"level == x"', 9, 18),
        ("'level == ''high'''", 9, 18),
        ("'level == ''high'' or x'", 19, 30),
    ],
)
def test_a_character_of_an_expression_is_found_again_behind_quotes(written: str, offset: int, column: int) -> None:
    (document,) = documents_of(f"where: {written}\n")
    where = document.node.scalar("where")
    assert where is not None
    assert where.at(offset) == Place("a.yaml", 1, column)


def test_a_block_of_lines_is_placed_at_its_beginning() -> None:
    (document,) = documents_of("where: >\n  level ==\n  'high'\n")
    where = document.node.scalar("where")
    assert where is not None
    assert where.text == "level == 'high'\n"
    assert where.at(3) == where.place == Place("a.yaml", 1, 8)


def test_nothing_is_converted() -> None:
    (document,) = documents_of("a: NO\nb: 1.10\nc: 010\nd: 2020-05-21\ne: 12:30\nf: 2020-05-21T14:00\ng: ~\nh: ''\n")
    texts = [document.node.text(key) for key in "abcdefgh"]
    assert texts == ["NO", "1.10", "010", "2020-05-21", "12:30", "2020-05-21T14:00", None, ""]


def test_times_stand_plainly_in_braces() -> None:
    (document,) = documents_of("given: [{arrival: {at: 2020-05-25T14:00, person: 甲}}]\n")
    assert [scalar.text for scalar in nodes_of(document.node)][-4:] == ["at", "2020-05-25T14:00", "person", "甲"]


def test_what_comes_before_a_fault_of_writing_is_still_read() -> None:
    book = Book()
    found = read("pack", {"a.yaml": "selection: a\n---\nselection: [b\n---\nselection: c\n"}, book)
    assert [document.id for document in found] == ["a"]
    assert [complaint.id for complaint in book.complaints] == ["yaml:syntax"]


def test_an_empty_list_and_an_empty_mapping_are_not_nothing() -> None:
    (document,) = documents_of("a: []\nb: {}\n")
    assert isinstance(document.node.get("a"), Listing)
    assert isinstance(document.node.get("b"), Branch)


def test_both_parsers_read_the_same_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    files, vocabulary = text_of(FIXTURES / "packs" / "demo"), vocabulary_of(KINDS)
    fast = load(files, lambda name: None, vocabulary)
    monkeypatch.setattr(reading, "_Parser", yaml.Loader)
    assert load(files, lambda name: None, vocabulary) == fast
    assert fast[0] is not None
