"""Unmasking: the reason stands in the journal before anything is shown; not for every post, not for every town."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lianfang.acts.in_force import InForce
from lianfang.acts.refused import Refused
from lianfang.acts.unmask import unmask
from tests import cast
from tests.cast import NOON


def test_it_lasts_ten_minutes_and_is_journalled(town: InForce) -> None:
    cast.resident("P-1")

    until = unmask("P-1", "call", "首次采样", actor=cast.lao_wang(), now=NOON)

    assert until == NOON + timedelta(minutes=10)
    (line,) = cast.journalled("unmask")
    assert (line.about, line.reason) == ("person:P-1", "打电话通知本人：首次采样")


@pytest.mark.parametrize("who", ["grid_worker", "office", "site_manager", "xiao_chen"])
def test_posts_without_the_right_are_refused(town: InForce, who: str) -> None:
    cast.resident("P-1")

    with pytest.raises(Refused):
        unmask("P-1", "call", "首次采样", actor=getattr(cast, who)(), now=NOON)
    assert not cast.journalled("unmask")


@pytest.mark.parametrize(("reason", "matter", "missing"), [("", "采样", "理由"), ("call", " ", "与哪件事有关")])
def test_what_is_missing_is_named(town: InForce, reason: str, matter: str, missing: str) -> None:
    cast.resident("P-1")

    with pytest.raises(Refused) as refused:
        unmask("P-1", reason, matter, actor=cast.xiao_li(), now=NOON)
    assert refused.value.missing == (missing,)
