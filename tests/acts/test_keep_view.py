"""Keeping a list under a name: the same name again takes the new filters, there is a bound, and it is one's own."""

from __future__ import annotations

import pytest

from lianfang.acts.in_force import InForce
from lianfang.acts.keep_view import MOST, forget_view, keep_view
from lianfang.acts.refused import Refused
from lianfang.core.access.actor import Actor
from lianfang.ledger.models import Account, SavedView
from tests import cast


@pytest.fixture
def li(town: InForce) -> Actor:
    """小李 with an account."""
    actor = cast.xiao_li()
    Account.objects.create(username=actor.account)
    return actor


def test_the_same_name_again_takes_the_new_filters(li: Actor) -> None:
    keep_view("person", "重点", "measure=a", actor=li)
    keep_view("person", "重点", "measure=b", actor=li)

    assert SavedView.objects.get().query == "measure=b"


@pytest.mark.parametrize("name", ["", "一" * 21])
def test_a_name_has_one_to_twenty_characters(li: Actor, name: str) -> None:
    with pytest.raises(Refused, match="20"):
        keep_view("person", name, "measure=a", actor=li)


def test_there_is_a_bound(li: Actor) -> None:
    for number in range(MOST):
        keep_view("person", f"第{number}", "q=1", actor=li)

    with pytest.raises(Refused, match=str(MOST)):
        keep_view("person", "又一个", "q=1", actor=li)


def test_nobody_deletes_the_view_of_somebody_else(li: Actor) -> None:
    keep_view("person", "重点", "measure=a", actor=li)

    assert not forget_view(SavedView.objects.get().pk, actor=cast.lao_wang())
    assert forget_view(SavedView.objects.get().pk, actor=li)
