"""A task: handed in by the unit that leads, returned, handed in again, accepted; help asked for from above."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from lianfang.acts.accept_task import accept_task
from lianfang.acts.escalate_task import escalate_task
from lianfang.acts.hand_in_task import hand_in_task
from lianfang.acts.in_force import InForce
from lianfang.acts.refused import Refused
from lianfang.acts.return_task import return_task
from lianfang.ledger.models import Attachment, Note, Obligation
from tests import cast
from tests.cast import NOON

MEASURE = "task-cold-stores"
PDF = b"%PDF-1.7 made up"


def task(unit: str = "east", requirement: str = "hand-in") -> Obligation:
    """The obligation of a unit in the task that the towns lead."""
    return Obligation.objects.get(measure=MEASURE, subject=unit, requirement=requirement)


def hand_in(now: datetime = NOON, key: str = "") -> None:
    """East Town hands in."""
    hand_in_task(task().pk, "冷库已逐一排查", files=[("名单.pdf", PDF)], actor=cast.lao_wang(), now=now, key=key)


def test_each_town_owes_the_task_for_itself(town: InForce) -> None:
    assert {(row.subject, row.owner) for row in Obligation.objects.filter(measure=MEASURE)} == {
        ("east", "east"),
        ("west", "west"),
    }
    assert task().status == "overdue"


def test_what_is_handed_in_waits_for_the_bureau_that_accepts(town: InForce) -> None:
    hand_in()

    assert task().status == "late"
    assert (task(requirement="hand-in/answered").status, task(requirement="hand-in/answered").owner) == (
        "due",
        "health",
    )
    assert task(requirement="hand-in/accepted").status == "held"
    assert Attachment.objects.get(about=str(task().pk)).name == "名单.pdf"
    assert task("west").status == "overdue"


def test_accepting_ends_the_task(town: InForce) -> None:
    hand_in()

    done = accept_task(task().pk, "齐全", actor=cast.office(), now=NOON + timedelta(hours=1))

    assert cast.loop("east", MEASURE).state == "released"
    assert len(done.released) == 1
    assert cast.journalled("accept_task")[0].reason == "齐全"


def test_a_returned_task_is_owed_again_and_its_unit_reads_why(town: InForce) -> None:
    hand_in()

    later = NOON + timedelta(hours=1)
    return_task(task(requirement="hand-in/answered").pk, "缺西区冷库", actor=cast.office(), now=later)

    assert task(requirement="hand-in-again").status == "due"
    note = Note.objects.get(kind="return")
    assert (note.text, note.to_unit) == ("缺西区冷库", "east")


def test_it_cannot_be_accepted_before_it_is_handed_in(town: InForce) -> None:
    with pytest.raises(Refused, match="还没有上报"):
        accept_task(task().pk, actor=cast.office(), now=NOON)


def test_returning_without_a_reason_is_refused(town: InForce) -> None:
    hand_in()

    with pytest.raises(Refused, match="理由"):
        return_task(task().pk, " ", actor=cast.office(), now=NOON)


def test_a_town_hands_in_only_for_itself_and_accepts_nothing(town: InForce) -> None:
    hand_in()

    with pytest.raises(Refused) as foreign:
        hand_in_task(task("west").pk, "代报", actor=cast.lao_wang(), now=NOON)
    with pytest.raises(Refused) as accepting:
        accept_task(task().pk, actor=cast.lao_wang(), now=NOON)

    assert foreign.value.forbidden
    assert accepting.value.forbidden


def test_a_report_sent_twice_is_handed_in_once(town: InForce) -> None:
    hand_in(key="phone-7")
    hand_in(key="phone-7")

    assert len(cast.journalled("hand_in_task")) == 1
    assert Attachment.objects.count() == 1


def test_a_file_that_is_not_what_its_name_says_stops_everything(town: InForce) -> None:
    with pytest.raises(Refused, match="类型"):
        hand_in_task(task().pk, "冷库", files=[("名单.pdf", b"MZ not a pdf")], actor=cast.lao_wang(), now=NOON)

    assert task().status == "overdue"


def test_help_is_asked_for_from_the_unit_above(town: InForce) -> None:
    assert escalate_task(task().pk, "缺制冷技师", actor=cast.lao_wang(), now=NOON) == "headquarters"

    note = Note.objects.get(kind="escalation")
    assert (note.to_unit, note.text, note.about) == ("headquarters", "缺制冷技师", str(task().pk))
    assert len(cast.journalled("escalate_task")) == 1
