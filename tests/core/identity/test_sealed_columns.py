"""The vocabulary decides what is encrypted at rest and what the screen hides."""

from __future__ import annotations

import pytest

from lianfang.core.facts.vocabulary import Column, ColumnType, Kind, Mask
from lianfang.core.identity.sealed_columns import masked_columns, sealed_columns
from lianfang.core.language.predicate_tree import Column as PredicateColumn
from lianfang.core.language.predicate_tree import Node, Operation
from lianfang.reach.packs import PACKS, load_pack, plan_ids


@pytest.fixture(scope="module")
def kinds() -> dict[str, Kind]:
    """The kinds of fact of a shipped plan: the whole vocabulary and the plan's own forms."""
    plan, _ = load_pack(PACKS / "jianou-subdistrict-2020-autumn")
    assert plan is not None
    return dict(plan.kinds)


def test_number_telephone_and_address_of_a_person_are_sealed_and_the_name_is_only_masked(
    kinds: dict[str, Kind],
) -> None:
    assert sealed_columns(kinds["person"]) == {"id_number", "phone", "address"}
    assert masked_columns(kinds["person"]) == {"id_number", "phone", "address", "name"}


def test_no_text_that_is_a_contact_is_left_open_unless_the_vocabulary_says_so(kinds: dict[str, Kind]) -> None:
    contacts = {
        f"{kind.id}.{column.name}"
        for kind in kinds.values()
        for column in kind.columns.values()
        if column.type is ColumnType.TEXT and column.personal == "contact"
    }
    sealed = {f"{kind.id}.{name}" for kind in kinds.values() for name in sealed_columns(kind)}
    assert contacts - sealed == {"person.household"}


@pytest.mark.parametrize("pack", plan_ids())
def test_no_plan_asks_more_of_a_sealed_column_than_whether_it_is_known(pack: str) -> None:
    plan, _ = load_pack(PACKS / pack)
    assert plan is not None
    asked = {
        f"{selection.id}: {column}"
        for selection in plan.selections.values()
        if selection.where is not None and selection.kind in plan.kinds
        for column in compared(selection.where.tree) & sealed_columns(plan.kinds[selection.kind])
    }
    assert asked == set()


def compared(tree: Node) -> frozenset[str]:
    """The columns whose value a predicate reads; asking whether one is known does not read it."""
    if isinstance(tree, Operation) and tree.name != "is_known":
        return frozenset().union(*(compared(operand) for operand in tree.operands))
    return frozenset((tree.name,)) if isinstance(tree, PredicateColumn) else frozenset()


def test_a_result_is_not_sealed(kinds: dict[str, Kind]) -> None:
    assert sealed_columns(kinds["test"]) == frozenset()


def test_a_contact_without_a_word_about_it_is_sealed() -> None:
    column = Column("wechat", ColumnType.TEXT, "微信", "chat", personal="contact")
    kind = Kind("k", "类", "kind", "person", "at", {"wechat": column})
    assert sealed_columns(kind) == {"wechat"}


def test_only_text_is_sealed() -> None:
    column = Column("born_on", ColumnType.TIME, "生日", "born", personal="identity", mask=Mask.NUMBER)
    assert sealed_columns(Kind("k", "类", "kind", "person", "at", {"born_on": column})) == frozenset()
