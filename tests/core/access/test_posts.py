"""Posts are held by people with dates; deputies act while the holder is away."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lianfang.core.access.posts import Absence, Holding, held_posts

HEAD = Holding("head", "zhao", 100, 200)
DEPUTY = Holding("head", "qian", 100, deputy=True)
BOTH = (HEAD, DEPUTY)


def test_a_post_is_held_from_its_first_to_before_its_last_instant() -> None:
    held = {now: held_posts(BOTH, "zhao", now) for now in (99, 100, 199, 200)}
    assert held == {99: (), 100: (HEAD,), 199: (HEAD,), 200: ()}


def test_a_deputy_acts_only_while_the_holder_is_away() -> None:
    away = (Absence("head", 120, 130),)
    held = {now: held_posts(BOTH, "qian", now, away) for now in (119, 120, 129, 130)}
    assert held == {119: (), 120: (DEPUTY,), 129: (DEPUTY,), 130: ()}


def test_a_holder_who_is_away_keeps_the_post() -> None:
    assert held_posts(BOTH, "zhao", 125, (Absence("head", 120),)) == (HEAD,)


def test_a_deputy_acts_while_nobody_holds_the_post() -> None:
    assert held_posts(BOTH, "qian", 250) == (DEPUTY,)


def test_an_absence_from_another_post_brings_no_deputy() -> None:
    assert held_posts(BOTH, "qian", 125, (Absence("other", 120),)) == ()


@given(now=st.integers(0, 300), since=st.integers(0, 300), length=st.integers(0, 100))
def test_somebody_acts_in_every_post_that_has_a_holder_or_a_deputy(now: int, since: int, length: int) -> None:
    away = (Absence("head", since, since + length),)
    acting = [account for account in ("zhao", "qian") if held_posts(BOTH, account, now, away)]
    assert bool(acting) == (now >= 100)
