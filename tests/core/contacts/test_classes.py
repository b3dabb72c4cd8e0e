"""Which class an exposure makes: the plan's lines, strictest first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lianfang.core.contacts.classes import Criterion, Exposure, propose

LINES = (
    Criterion("near-15", "close", "5.1", at_least=900, within_metres=1.0, only_unprotected=True),
    Criterion("in-all-60", "close", "5.1", at_least=3600, in_all=True),
    Criterion("same-carriage", "close", "5.2", settings=frozenset({"carriage"})),
    Criterion("of-contact", "secondary", "5.3", degree=2, at_least=900),
    Criterion("general", "general", "5.4", degree=1),
)
RANK = {"close": 2, "secondary": 1, "general": 0, "": -1}

exposure = st.builds(
    Exposure,
    person=st.just("P"),
    source=st.sampled_from(["A", "B"]),
    begin=st.integers(0, 100_000),
    until=st.integers(100_000, 110_000),
    degree=st.sampled_from([1, 2]),
    setting=st.sampled_from(["", "carriage", "shop"]),
    metres=st.none() | st.floats(0, 5),
    protected=st.none() | st.booleans(),
)


@given(st.lists(exposure, min_size=1, max_size=5), exposure)
def test_more_exposure_never_gives_a_weaker_class(listed: list[Exposure], more: Exposure) -> None:
    (before,), (after,) = propose(listed, LINES), propose([*listed, more], LINES)
    assert RANK[after.contact_class] >= RANK[before.contact_class]
    assert len(after.judged) == len(listed) + 1


@given(exposure, st.integers(0, 10_000))
def test_a_longer_exposure_never_gives_a_weaker_class(short: Exposure, longer: int) -> None:
    long = Exposure("P", short.source, short.begin, short.until + longer, short.degree, short.setting)
    plain = Exposure("P", short.source, short.begin, short.until, short.degree, short.setting)
    assert RANK[propose([long], LINES)[0].contact_class] >= RANK[propose([plain], LINES)[0].contact_class]


def test_one_person_exposed_many_times_has_one_class_and_all_exposures() -> None:
    listed = [Exposure("P", "A", 0, 60), Exposure("P", "B", 0, 1200, metres=0.5), Exposure("Q", "A", 0, 60)]
    p, q = propose(listed, LINES)
    assert (p.contact_class, p.because, len(p.judged)) == ("close", listed[1], 2)
    assert (q.contact_class, q.judged[0].lacks[0]) == ("general", ("near-15", "at_least"))


def test_an_unknown_distance_does_not_speak_against_closeness() -> None:
    assert propose([Exposure("P", "A", 0, 900)], LINES)[0].contact_class == "close"
    assert propose([Exposure("P", "A", 0, 900, metres=2.0)], LINES)[0].contact_class == "general"


def test_short_meetings_with_one_source_add_up() -> None:
    listed = [Exposure("P", "A", i * 10_000, i * 10_000 + 600, metres=3.0) for i in range(6)]
    assert propose(listed, LINES)[0].contact_class == "close"
    assert propose(listed[:5], LINES)[0].contact_class == "general"


def test_a_contact_of_a_contact_is_never_a_close_contact_by_these_lines() -> None:
    assert propose([Exposure("P", "C", 0, 90_000, degree=2)], LINES)[0].contact_class == "secondary"
    assert propose([Exposure("P", "C", 0, 60, degree=2)], LINES)[0].contact_class == ""
