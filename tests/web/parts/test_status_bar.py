"""One bar, one definition: met from the left, overdue at the right end, and nothing that exists is invisible."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import pytest
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from lianfang.web.parts.bar import counted, parts, share


@dataclass(frozen=True)
class Counts:
    """What a bar counts."""

    met: int = 0
    due: int = 0
    held: int = 0
    overdue: int = 0


some = st.builds(Counts, *[st.integers(0, 5_000)] * 4)


@given(some)
def test_the_parts_fill_the_bar_and_do_not_overlap(counts: Counts) -> None:
    drawn = parts(counts)
    assert all(a.x + a.width <= b.x + 0.02 for a, b in pairwise(drawn))
    assert not drawn or drawn[-1].x + drawn[-1].width == pytest.approx(100, abs=0.05)


@given(some)
def test_what_is_overdue_stands_at_the_right_end(counts: Counts) -> None:
    order = [part.status for part in parts(counts)]
    assert order == [s for s in ("met", "due", "held", "overdue") if getattr(counts, s)]


@given(some)
def test_a_single_one_among_thousands_can_be_seen(counts: Counts) -> None:
    assert all(part.width > 1 for part in parts(counts))


def test_more_overdue_is_never_a_shorter_red_part() -> None:
    red = [parts(Counts(met=500, due=20, overdue=n))[-1].width for n in range(1, 200, 7)]
    assert red == sorted(red)


def test_nothing_owed_is_an_empty_bar_and_not_a_green_one() -> None:
    assert parts(Counts()) == ()
    assert counted(Counts()) == 0
    assert share(Counts()) == 100.0


def rendered(counts: Counts) -> str:
    return engines["django"].from_string("{% barred counts %}").render({"counts": counts})


def test_beside_the_bar_stands_the_count_while_something_is_overdue() -> None:
    assert "97.0%" not in rendered(Counts(met=97, overdue=3))
    assert ">3</span>" in rendered(Counts(met=97, overdue=3))


def test_beside_the_bar_stands_the_percentage_otherwise() -> None:
    assert "80.0%" in rendered(Counts(met=8, due=1, held=1))


def test_the_bar_says_its_numbers_to_whoever_cannot_see_it() -> None:
    assert 'aria-label="已办 8，应办 1，待补 2，逾期 3"' in rendered(Counts(8, 1, 2, 3))
