"""Inspecting a place by the plan's checklist: what is not in order is put right and checked by somebody else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lianfang.acts.in_force import InForce
from lianfang.acts.inspect import Checked, inspect
from lianfang.acts.recheck import recheck
from lianfang.acts.rectify import rectify
from lianfang.acts.refused import Refused
from lianfang.acts.write_facts import Said, checked, write_facts
from lianfang.ledger.models import Attachment, Fact, Loop
from tests import cast
from tests.cast import NOON

ITEMS = [
    Checked("cold-store/records", ok=False, note="缺十二月"),
    Checked("cold-store/temperature", value=-20.0),
    Checked("cold-store/exit-photo", note="exit.png"),
]
PNG = b"\x89PNG made up"


def found(key: str = "") -> None:
    """老王 inspects it."""
    inspect(
        "place", "N-1", ITEMS, kind="inspection", files=[("exit.png", PNG)], actor=cast.lao_wang(), now=NOON, key=key
    )


@pytest.fixture
def cold_store(town: InForce) -> InForce:
    """The town with a cold store that belongs to the officer's town."""
    said = [Said("place", "place", "N-1", {"name": "东镇冷库"}, NOON)]
    write_facts(town, checked(town, said, NOON), actor=cast.lao_wang(), now=NOON)
    return town


def test_what_is_not_in_order_opens_its_rectification(cold_store: InForce) -> None:
    found()

    assert [loop.measure for loop in Loop.objects.filter(subject="N-1")] == ["cold-store-records"]
    assert cast.owed("N-1", "rectified").status == "due"
    visit = Fact.objects.get(kind="inspection")
    assert (visit.values["items"], visit.values["failed"], visit.values["ok"]) == (3, 1, False)
    assert Attachment.objects.get().about == "place:N-1"


def test_what_was_put_right_is_checked_by_another_person(cold_store: InForce) -> None:
    found()
    rectify(cast.owed("N-1", "rectified").pk, "补齐台账", actor=cast.lao_wang(), now=NOON)
    second = cast.owed("N-1", "rectified/rechecked").pk

    with pytest.raises(Refused, match="两个人"):
        recheck(second, True, actor=cast.lao_wang(), now=NOON)
    recheck(second, True, "台账齐全", actor=cast.xiao_li(), now=NOON)

    assert cast.owed("N-1", "rectified/verified").status == "met"
    assert cast.loop("N-1", "cold-store-records").state == "released"


def test_what_fails_again_is_owed_again(cold_store: InForce) -> None:
    found()
    rectify(cast.owed("N-1", "rectified").pk, actor=cast.lao_wang(), now=NOON)

    later = NOON + timedelta(hours=1)
    recheck(cast.owed("N-1", "rectified/rechecked").pk, False, actor=cast.xiao_li(), now=later)

    assert cast.owed("N-1", "rectified-again").status == "due"
    assert cast.loop("N-1", "cold-store-records").state == "held"


def test_an_inspection_sent_twice_is_recorded_once_and_journalled(cold_store: InForce) -> None:
    found("k")
    found("k")

    assert Fact.objects.filter(kind="checked_item").count() == 3
    assert len(cast.journalled("inspect")) == 1


def test_a_grid_worker_does_not_inspect(cold_store: InForce) -> None:
    with pytest.raises(Refused) as refused:
        inspect("place", "N-1", ITEMS, actor=cast.grid_worker(), now=NOON)

    assert refused.value.forbidden
