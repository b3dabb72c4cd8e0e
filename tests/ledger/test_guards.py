"""What the database itself refuses, whoever asks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from psycopg.types.range import TimestamptzRange

from lianfang.ledger.models import Fact, Intake, JournalEntry, Obligation, Placement, PlanVersion, Progress, Room
from tests.ledger.world import NOW, add, checked, room

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("district")]
DAY = timedelta(days=1)


def run(statement: str, **setting: str) -> None:
    """One statement in a transaction of its own, with settings for it."""
    with transaction.atomic(), connection.cursor() as cursor:
        for name, value in setting.items():
            cursor.execute("SELECT set_config(%s, %s, true)", [f"lianfang.{name}", value])
        cursor.execute(statement)


def placed(person: str, where: Room, first: int, last: int | None) -> None:
    end = None if last is None else NOW + last * DAY
    with transaction.atomic():
        Placement.objects.create(
            person=person,
            room=where,
            single=True,
            during=TimestamptzRange(NOW + first * DAY, end),
            fact="f",
        )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE fact SET at = at + interval '1 day'",
        "UPDATE fact SET \"values\" = '{}'",
        "UPDATE fact SET subject = 'P-2'",
        "UPDATE fact SET sealed = '\\x00'",
        "DELETE FROM fact",
    ],
)
def test_a_fact_is_neither_changed_nor_deleted(statement: str) -> None:
    add(checked("P-1"))
    with pytest.raises(IntegrityError, match="只能追加"):
        run(statement)
    assert Fact.objects.get().subject == "P-1"


def test_only_the_retention_run_deletes_facts_and_it_changes_none() -> None:
    add(checked("P-1"))
    with pytest.raises(IntegrityError):
        run("UPDATE fact SET subject = 'P-2'", retention="on")
    run("DELETE FROM fact", retention="on")
    assert not Fact.objects.exists()


def test_a_change_of_key_touches_what_is_sealed_and_nothing_else() -> None:
    add(checked("P-1"))
    run("UPDATE fact SET sealed = '\\x00'", rekey="on")
    with pytest.raises(IntegrityError):
        run("UPDATE fact SET sealed = '\\x01', subject = 'P-2'", rekey="on")
    with pytest.raises(IntegrityError):
        run("DELETE FROM fact", rekey="on")


@pytest.mark.parametrize("statement", ["UPDATE journal SET reason = 'other'", "DELETE FROM journal"])
def test_a_journal_line_is_never_changed_not_even_by_the_retention_run(statement: str) -> None:
    JournalEntry.objects.create(no=1, at=NOW, account="a", act="x", before=b"", digest=b"")
    with pytest.raises(IntegrityError, match="不可更改"):
        run(statement, retention="on", rekey="on")


def test_nobody_is_in_two_rooms_at_once() -> None:
    placed("P-1", room("301"), 0, None)
    with pytest.raises(IntegrityError, match="placement_one_a_person"):
        placed("P-1", room("302"), 3, 4)
    placed("P-1", room("303"), -3, 0)


def test_a_single_room_never_holds_two() -> None:
    single = room(single=True, beds=2)
    placed("P-1", single, 0, 14)
    with pytest.raises(IntegrityError, match="placement_alone_in_single"):
        placed("P-2", single, 13, None)
    placed("P-2", single, 14, None)


def test_a_room_holds_no_more_people_than_beds_at_any_moment() -> None:
    shared = room(single=False, beds=2)
    placed("P-1", shared, 0, 5)
    placed("P-2", shared, 5, 10)
    placed("P-3", shared, 0, None)
    for first, last in ((4, 6), (0, 1), (7, None), (-5, 1)):
        with pytest.raises(IntegrityError, match="床已满"):
            placed("P-4", shared, first, last)
    placed("P-4", shared, 10, None)
    placed("P-5", shared, -5, 0)


def test_two_single_travellers_make_no_room_single_by_saying_so() -> None:
    shared = room(single=False, beds=2)
    placed("P-1", shared, 0, None)
    placed("P-2", shared, 0, None)
    assert not Placement.objects.filter(single=True).exists()


def test_a_room_with_two_people_does_not_become_a_single_room() -> None:
    shared = room(single=False, beds=2)
    placed("P-1", shared, 0, None)
    placed("P-2", shared, 0, None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Room.objects.filter(pk=shared.pk).update(single=True)


def test_a_placement_has_a_beginning_and_lasts() -> None:
    with pytest.raises(IntegrityError):
        placed("P-1", room("301"), 3, 3)
    with pytest.raises(IntegrityError), transaction.atomic():
        Placement.objects.create(
            person="P-1", room=room("302"), single=True, during=TimestamptzRange(None, NOW), fact="f"
        )


def version(plan: str = "p", confirmed_by: str = "b", first: int = 0, last: int | None = None) -> None:
    with transaction.atomic():
        PlanVersion.objects.create(
            plan=plan,
            digest="d",
            name="n",
            proposed_by="a",
            proposed_at=NOW,
            confirmed_by=confirmed_by,
            in_force_from=NOW + first * DAY,
            in_force_until=None if last is None else NOW + last * DAY,
        )


@pytest.mark.parametrize("second", ["", "a"])
def test_a_plan_comes_into_force_by_two_people(second: str) -> None:
    with pytest.raises(IntegrityError, match="two_people"):
        version(confirmed_by=second)


def test_one_version_of_a_plan_is_in_force_at_a_time() -> None:
    version(first=0, last=5)
    version(first=5)
    version(plan="q", first=0)
    with pytest.raises(IntegrityError, match="one_in_force"):
        version(first=4, last=5)


def test_only_words_that_mean_something_are_kept() -> None:
    with pytest.raises(IntegrityError, match="obligation_status_word"), transaction.atomic():
        Obligation.objects.create(
            id="00000000-0000-0000-0000-000000000001",
            loop="00000000-0000-0000-0000-000000000002",
            status="nearly",
        )
    with pytest.raises(IntegrityError, match="progress_state_word"), transaction.atomic():
        Progress.objects.create(job="j", state="nearly", created_at=NOW, changed_at=NOW)
    with pytest.raises(IntegrityError, match="intake_state_word"), transaction.atomic():
        Intake.objects.create(
            kind="k", sender="s", file_name="f", digest="d", state="nearly", path="hq/", at=NOW, by="a"
        )
