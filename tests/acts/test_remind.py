"""Reminding, commenting, waiving: what is said about an obligation outlives every evaluation."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lianfang.acts.comment import comment
from lianfang.acts.in_force import InForce
from lianfang.acts.record_fact import record_fact
from lianfang.acts.refused import Refused
from lianfang.acts.remind import remind
from lianfang.acts.waive_obligation import waive_obligation
from lianfang.ledger.models import Note, Obligation
from tests import cast
from tests.cast import NOON


def test_a_reminder_goes_to_the_unit_that_owes(town: InForce) -> None:
    cast.arrived("P-1")
    owed = cast.owed("P-1", "first-sample")

    assert remind(owed.pk, "今天务必采样", actor=cast.office(), now=NOON)

    note = Note.objects.get(kind="reminder")
    assert (note.to_unit, note.about, note.text) == (owed.owner, str(owed.pk), "今天务必采样")
    assert cast.journalled("remind")[0].details == {"to": owed.owner}


def test_a_second_reminder_within_the_hour_is_not_sent(town: InForce) -> None:
    cast.arrived("P-1")
    number = cast.owed("P-1", "first-sample").pk

    sent = [remind(number, actor=cast.office(), now=NOON + timedelta(minutes=m)) for m in (0, 59, 61)]

    assert sent == [True, False, True]


def test_nobody_is_reminded_of_what_is_done(town: InForce) -> None:
    cast.arrived("P-1", days_ago=1)
    record_fact("health_check", "person", "P-1", {"symptoms": False}, actor=cast.xiao_li(), now=NOON)

    with pytest.raises(Refused, match="不再待办"):
        remind(cast.owed("P-1", "daily-check", 2).pk, actor=cast.office(), now=NOON)


def test_reminders_and_comments_survive_the_next_evaluation(town: InForce) -> None:
    cast.arrived("P-1")
    owed = cast.owed("P-1", "first-sample")
    remind(owed.pk, actor=cast.office(), now=NOON)
    comment(owed.pk, "已联系本人", actor=cast.lao_wang(), now=NOON)

    record_fact("health_check", "person", "P-1", {"symptoms": False}, actor=cast.xiao_li(), now=NOON)

    again = Obligation.objects.get(pk=owed.pk)
    assert again.reminded_at == NOON
    assert Note.objects.filter(about=str(again.pk)).count() == 2


def test_a_comment_needs_words_and_a_reader_of_the_journal_writes_none(town: InForce) -> None:
    cast.arrived("P-1")
    number = cast.owed("P-1", "first-sample").pk

    with pytest.raises(Refused, match="留言"):
        comment(number, "  ", actor=cast.lao_wang(), now=NOON)
    with pytest.raises(Refused) as refused:
        comment(number, "看过", actor=cast.zhao_jie(), now=NOON)
    assert refused.value.forbidden


def test_what_the_plan_lets_be_waived_is_waived_with_a_reason(town: InForce) -> None:
    cast.arrived("P-1")

    waive_obligation(cast.owed("P-1", "negatives").pk, "旧阳恢复期", actor=cast.xiao_li(), now=NOON)

    assert cast.owed("P-1", "negatives").status == "waived"
    assert cast.journalled("waive_obligation")[0].reason == "旧阳恢复期"


def test_what_the_plan_does_not_let_be_waived_is_refused(town: InForce) -> None:
    cast.arrived("P-1")

    with pytest.raises(Refused, match="没有规定"):
        waive_obligation(cast.owed("P-1", "first-sample").pk, "太忙", actor=cast.xiao_li(), now=NOON)


@pytest.mark.parametrize("act", [remind, waive_obligation])
def test_a_grid_worker_neither_reminds_nor_waives(town: InForce, act: object) -> None:
    cast.arrived("P-1")

    with pytest.raises(Refused) as refused:
        act(cast.owed("P-1", "negatives").pk, "请", actor=cast.grid_worker(), now=NOON)  # type: ignore[operator]

    assert refused.value.forbidden
