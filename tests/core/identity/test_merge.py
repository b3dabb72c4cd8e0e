"""Merging two records and taking it back: nothing is lost, nothing is doubled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.core.identity.merge import (
    Belonging,
    Standing,
    in_the_way,
    merge,
    plan_merge,
    stands_for,
    unmerge,
    which_stays,
)

ROWS = st.dictionaries(
    st.tuples(st.sampled_from(["fact", "placement", "paper"]), st.integers(0, 40).map(str)),
    st.sampled_from(["P-1", "P-2", "P-3"]),
    max_size=20,
).map(lambda rows: frozenset(Belonging(table, row, person) for (table, row), person in rows.items()))
STANDINGS = st.builds(
    Standing, st.sampled_from(["P-1", "P-2", "P-3"]), st.booleans(), st.integers(0, 3), st.integers(0, 3)
)


@given(rows=ROWS)
def test_a_merge_taken_back_leaves_everything_as_it_was(rows: frozenset[Belonging]) -> None:
    plan = plan_merge("P-1", "P-2", rows)
    assert unmerge(plan, merge(plan, rows)) == rows


@given(rows=ROWS)
def test_a_merge_moves_every_row_and_changes_no_other_person(rows: frozenset[Belonging]) -> None:
    after = merge(plan_merge("P-1", "P-2", rows), rows)
    assert {(item.table, item.row) for item in after} == {(item.table, item.row) for item in rows}
    assert not any(item.person == "P-2" for item in after)
    assert {i for i in after if i.person == "P-3"} == {i for i in rows if i.person == "P-3"}


@given(rows=ROWS, more=st.integers(0, 5))
def test_what_was_recorded_after_the_merge_stays_with_the_record_that_stayed(
    rows: frozenset[Belonging], more: int
) -> None:
    plan = plan_merge("P-1", "P-2", rows)
    since = frozenset(Belonging("fact", f"new-{n}", "P-1") for n in range(more))
    assert unmerge(plan, merge(plan, rows) | since) == rows | since


@given(rows=ROWS)
def test_two_merges_are_taken_back_in_the_reverse_order(rows: frozenset[Belonging]) -> None:
    first = plan_merge("P-1", "P-2", rows)
    once = merge(first, rows)
    second = plan_merge("P-3", "P-1", once)
    twice = merge(second, once)
    assert unmerge(first, unmerge(second, twice)) == rows


def test_a_row_that_went_on_to_another_record_stands_in_the_way() -> None:
    rows = frozenset({Belonging("fact", "1", "P-2"), Belonging("fact", "2", "P-1")})
    first = plan_merge("P-1", "P-2", rows)
    once = merge(first, rows)
    assert in_the_way(first, once) == frozenset()
    twice = merge(plan_merge("P-3", "P-1", once), once)
    assert in_the_way(first, twice) == {Belonging("fact", "1", "P-3")}
    assert unmerge(first, twice) == twice


def test_a_record_is_not_merged_with_itself() -> None:
    with pytest.raises(ValueError, match="允许"):
        plan_merge("P-1", "P-1", ())


@given(a=STANDINGS, b=STANDINGS)
def test_it_does_not_matter_which_record_is_named_first(a: Standing, b: Standing) -> None:
    assert set(which_stays(a, b)) == {a.person, b.person}
    assert which_stays(a, b) == which_stays(b, a) or a.person == b.person


def test_the_record_with_a_valid_document_stays_then_the_fuller_then_the_older() -> None:
    checked = Standing("P-9", True, 1, 900)
    full, old, young = Standing("P-3", False, 5, 500), Standing("P-2", False, 2, 100), Standing("P-1", False, 2, 200)
    assert which_stays(full, checked) == ("P-9", "P-3")
    assert which_stays(old, full) == ("P-3", "P-2")
    assert which_stays(young, old) == ("P-2", "P-1")


def test_a_merged_number_leads_to_the_record_that_stands_now() -> None:
    into = {"P-2": "P-1", "P-1": "P-3", "P-7": ""}
    assert stands_for("P-2", into) == "P-3"
    assert stands_for("P-3", into) == "P-3"
    assert stands_for("P-7", into) == "P-7"


def test_a_circle_of_merges_does_not_go_round_for_ever() -> None:
    assert stands_for("P-1", {"P-1": "P-2", "P-2": "P-1"}) in {"P-1", "P-2"}
