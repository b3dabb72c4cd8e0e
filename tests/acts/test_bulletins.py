"""Bulletins: numbers only, drafted by one, released by another; verifying the journal is itself journalled."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lianfang.acts.draft_bulletin import draft_bulletin
from lianfang.acts.in_force import InForce
from lianfang.acts.read_bulletins import released_bulletins, waiting_bulletins
from lianfang.acts.refused import Refused
from lianfang.acts.release_bulletin import release_bulletin
from lianfang.acts.verify_journal import verify_journal
from lianfang.core.access.actor import Actor, Duty
from lianfang.ledger.models import Note
from tests import cast
from tests.cast import NOON


def second_person() -> Actor:
    return cast.officer("laozheng", "headquarters", Duty.COMMAND, name="老郑")


def drafted() -> int:
    return draft_bulletin("第1期", ["戴口罩", "", "勤洗手"], actor=cast.office(), now=NOON)


def test_a_draft_is_not_public(town: InForce) -> None:
    drafted()

    assert released_bulletins(5) == ()
    assert [one.title for one in waiting_bulletins()] == ["第1期"]


def test_whoever_drafted_does_not_release(town: InForce) -> None:
    number = drafted()

    with pytest.raises(Refused, match="另一人"):
        release_bulletin(number, actor=cast.office(), now=NOON)

    assert released_bulletins(5) == ()


def test_a_released_bulletin_has_the_numbers_of_the_last_whole_day(town: InForce) -> None:
    cast.arrived("P-1", days_ago=3)
    number = drafted()

    assert release_bulletin(number, actor=second_person(), now=NOON)
    assert not release_bulletin(number, actor=second_person(), now=NOON)

    (one,) = released_bulletins(5)
    assert (one.day.isoformat(), one.persons, one.guidance) == ("2021-01-09", 1, ("戴口罩", "勤洗手"))
    assert waiting_bulletins() == ()


def test_no_name_or_number_of_anybody_is_in_a_bulletin(town: InForce) -> None:
    cast.arrived("P-1")
    drafted()

    text = Note.objects.get(kind="bulletin").text
    assert "测试甲" not in text
    assert "P-1" not in text


def test_a_draft_that_was_turned_down_is_never_released(town: InForce) -> None:
    number = drafted()

    release_bulletin(number, actor=second_person(), now=NOON, turn_down="数字要再核")

    assert not release_bulletin(number, actor=second_person(), now=NOON + timedelta(hours=1))
    assert released_bulletins(5) == ()


@pytest.mark.parametrize("who", ["xiao_li", "lao_wang", "zhao_jie"])
def test_others_draft_nothing(town: InForce, who: str) -> None:
    with pytest.raises(Refused) as refused:
        draft_bulletin("第1期", [], actor=getattr(cast, who)(), now=NOON)

    assert refused.value.forbidden


def test_audit_verifies_the_journal_and_that_is_a_line_too(town: InForce) -> None:
    cast.arrived("P-1")

    checked = verify_journal(actor=cast.zhao_jie(), now=NOON)

    assert checked.broken is None
    assert cast.journalled("verify_journal")[0].details["lines"] == checked.lines


def test_an_officer_does_not_verify_the_journal(town: InForce) -> None:
    with pytest.raises(Refused):
        verify_journal(actor=cast.lao_wang(), now=NOON)
