"""The filter and the verdict are one rule: they agree on any actor, any act and any record."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.core.access import acts
from lianfang.core.access.actor import Actor, Duty
from lianfang.core.access.filter import (
    AnyOf,
    Everything,
    Filter,
    IsSubject,
    Nothing,
    OfFacts,
    OfKinds,
    OfSubjects,
    OwnedBy,
    PathUnder,
    SupervisedBy,
    any_of,
    matches,
)
from lianfang.core.access.may import may
from lianfang.core.access.scope import scope
from lianfang.core.access.thing import KINDS, Thing
from tests.core.access.cast import CDC, CELL_PATH, GRID, HEALTH, ROOT, TOWN, TOWN_PATH

UNITS = ("", "a", "b", "ab", "c")
PATHS = st.lists(st.sampled_from(("a", "b", "ab")), max_size=3).map(lambda units: "".join(f"{u}/" for u in units))
THINGS = st.builds(
    Thing,
    kind=st.sampled_from(sorted(KINDS)),
    path=PATHS,
    owner=st.sampled_from(UNITS),
    supervisor=st.sampled_from(UNITS),
    subject_kind=st.sampled_from(("", "person", "place", "area")),
    subject=st.sampled_from(("", "P-1", "P-2")),
    fact=st.sampled_from(("", "test", "placement")),
)
ACTORS = st.builds(
    Actor,
    account=st.just("someone"),
    name=st.just("某"),
    post=st.just("post"),
    unit=st.sampled_from(UNITS),
    path=PATHS,
    duties=st.frozensets(st.sampled_from(list(Duty)), max_size=3),
    subject=st.sampled_from(("", "P-1")),
)


@settings(max_examples=400, deadline=None)
@given(actor=ACTORS, things=st.lists(THINGS, min_size=1, max_size=6))
def test_a_list_shows_exactly_what_may_be_opened(actor: Actor, things: list[Thing]) -> None:
    for act in acts.ACTS:
        listed = scope(actor, act)
        assert [matches(listed, thing) for thing in things] == [bool(may(actor, act, thing)) for thing in things]


@settings(max_examples=200, deadline=None)
@given(actor=ACTORS, thing=THINGS, more=st.sampled_from(list(Duty)))
def test_another_duty_never_takes_something_away(actor: Actor, thing: Thing, more: Duty) -> None:
    with_more = Actor("someone", "某", "post", actor.unit, actor.path, actor.duties | {more}, subject=actor.subject)
    for act in acts.ACTS:
        assert bool(may(actor, act, thing)) <= bool(may(with_more, act, thing))


LEAVES = st.one_of(
    st.just(Everything()),
    st.just(Nothing()),
    PATHS.filter(bool).map(PathUnder),
    st.builds(OwnedBy, st.frozensets(st.sampled_from(UNITS)), PATHS),
    st.builds(SupervisedBy, st.sampled_from(UNITS), PATHS),
    st.builds(IsSubject, st.just("person"), st.sampled_from(("P-1", "P-2")), PATHS),
)
PARTS = st.one_of(
    LEAVES,
    st.builds(OfKinds, st.frozensets(st.sampled_from(sorted(KINDS))), LEAVES),
    st.builds(OfSubjects, st.frozensets(st.sampled_from(("person", "place"))), LEAVES),
    st.builds(OfFacts, st.frozensets(st.sampled_from(("test", "placement"))), LEAVES),
)


@settings(max_examples=400, deadline=None)
@given(parts=st.lists(PARTS, max_size=5), thing=THINGS)
def test_saying_a_filter_more_simply_changes_no_list(parts: list[Filter], thing: Thing) -> None:
    assert matches(any_of(parts), thing) == any(matches(part, thing) for part in parts)


def test_a_jurisdiction_is_one_range_of_paths() -> None:
    assert scope(CDC, acts.SEE_SUBJECT) == PathUnder(ROOT)
    assert scope(TOWN, acts.SEE_REGISTERS) == PathUnder(TOWN_PATH)


def test_a_department_asks_for_what_it_owes_or_supervises() -> None:
    owed, supervised = OwnedBy(frozenset({"health"}), ROOT), SupervisedBy("health", ROOT)
    assert scope(HEALTH, acts.SEE_TODAY) == AnyOf((owed, supervised))


def test_a_part_inside_another_is_not_asked_for_twice() -> None:
    inside = OfKinds(frozenset({"task"}), PathUnder(CELL_PATH))
    assert any_of([PathUnder(CELL_PATH), inside, PathUnder(TOWN_PATH)]) == PathUnder(TOWN_PATH)


def test_an_act_that_is_not_of_the_post_lists_nothing() -> None:
    assert scope(GRID, acts.EXPORT) == Nothing()


def test_a_path_that_is_not_one_is_refused() -> None:
    for path in ("", "a", "a//b/", "/a/"):
        with pytest.raises(ValueError, match="允许"):
            PathUnder(path)
