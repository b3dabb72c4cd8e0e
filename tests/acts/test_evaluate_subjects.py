"""What stands: kept up to date by facts, by the turn of time, by jobs; and the night finds what was missed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lianfang.acts.check_night import check_night
from lianfang.acts.evaluate_subjects import evaluate_subjects
from lianfang.acts.in_force import InForce
from lianfang.acts.reevaluate import reevaluate_everybody, reevaluate_step
from lianfang.acts.remind_units import remind_units
from lianfang.acts.turn_time import take_up_again, turn_time
from lianfang.ledger.models import Alert, Figure, Loop, Note, Obligation, Progress, Subject
from lianfang.ledger.state import Changes
from tests import cast
from tests.cast import NOON

TOMORROW = NOON + timedelta(days=1)


def test_evaluating_again_at_the_same_instant_changes_nothing(town: InForce) -> None:
    cast.arrived("P-1")

    assert evaluate_subjects([("person", "P-1")], now=NOON) == Changes()


def test_a_due_time_that_passes_is_seen_without_any_fact(town: InForce) -> None:
    cast.arrived("P-1", days_ago=1)
    assert cast.owed("P-1", "daily-check", 2).status == "due"

    assert turn_time(now=TOMORROW) >= 1

    assert cast.owed("P-1", "daily-check", 2).status == "overdue"
    assert cast.owed("P-1", "daily-check", 3).status == "due"
    assert turn_time(now=TOMORROW) == 0


def test_a_loop_is_held_when_its_stage_ends_without_its_evidence(town: InForce) -> None:
    cast.arrived("P-1")

    turn_time(now=NOON + timedelta(days=30))

    loop = cast.loop("P-1", "high-risk-arrival")
    assert (loop.state, loop.waits_for, loop.stage) == ("held", "first-sample", "central")


def test_one_bad_record_holds_up_nobody_else(town: InForce, monkeypatch: pytest.MonkeyPatch) -> None:
    cast.arrived("P-1", days_ago=1)
    cast.arrived("P-2", days_ago=1)
    evaluate = evaluate_subjects

    def failing(keys: list[tuple[str, str]], *, now: object) -> Changes:
        if ("person", "P-1") in keys:
            raise ValueError("made up")
        return evaluate(keys, now=TOMORROW)

    monkeypatch.setattr("lianfang.acts.reevaluate.evaluate_subjects", failing)
    turn_time(now=TOMORROW)

    assert cast.owed("P-2", "daily-check", 2).status == "overdue"
    assert Alert.objects.get(kind="evaluation-failed").details["subject"] == "P-1"
    assert Subject.objects.get(subject="P-1").next_change == TOMORROW + timedelta(hours=1)


def test_a_job_goes_on_where_it_was_killed(town: InForce, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lianfang.acts.reevaluate.STEP", 2)
    for number in range(3):
        cast.arrived(f"P-{number}", days_ago=1)
    job = reevaluate_everybody("laosun", "方案更换", now=TOMORROW)

    assert reevaluate_step(job, now=TOMORROW)
    half = Progress.objects.get(pk=job)
    assert (half.done, half.state) == (2, "running")
    while reevaluate_step(job, now=TOMORROW):
        pass

    whole = Progress.objects.get(pk=job)
    assert (whole.state, whole.done) == ("done", Subject.objects.count())
    assert {cast.owed(f"P-{n}", "daily-check", 2).status for n in range(3)} == {"overdue"}
    assert not reevaluate_step(job, now=TOMORROW)


def test_a_job_whose_worker_is_gone_is_put_back_into_the_queue_once(town: InForce) -> None:
    job = reevaluate_everybody("laosun", "方案更换", now=NOON)

    assert take_up_again(now=NOON + timedelta(minutes=1)) == 0
    assert take_up_again(now=NOON + timedelta(minutes=5)) == 0  # the first call still waits in the queue
    Progress.objects.filter(pk=job).update(state="done")
    assert take_up_again(now=NOON + timedelta(minutes=9)) == 0


def test_the_night_agrees_with_what_stands_and_counts_the_figures(town: InForce) -> None:
    cast.arrived("P-1")
    cast.arrived("P-2", level="medium", unit="west-cell")

    checked = check_night(now=NOON)

    assert checked.different == ()
    assert checked.figures > 0
    assert Figure.objects.filter(as_of=NOON).exists()
    assert not Alert.objects.exists()


def test_the_night_puts_right_what_was_missed_and_tells(town: InForce) -> None:
    cast.arrived("P-1")
    Obligation.objects.filter(subject="P-1", requirement="first-sample").update(status="met")
    Loop.objects.filter(subject="P-1").update(state="released")

    checked = check_night(now=NOON)

    assert checked.different == (("person", "P-1"),)
    assert cast.owed("P-1", "first-sample").status == "overdue"
    assert Alert.objects.get(kind="standing-state-differs").details["count"] == 1


def test_every_night_the_time_that_has_passed_is_no_difference(town: InForce) -> None:
    cast.arrived("P-1")

    assert check_night(now=NOON + timedelta(days=3)).different == ()


def test_units_are_told_once_in_the_morning_what_they_owe(town: InForce) -> None:
    cast.arrived("P-1")

    first = remind_units(zone=28800, now=NOON)

    assert first > 0
    assert remind_units(zone=28800, now=NOON + timedelta(hours=2)) == 0
    assert remind_units(zone=28800, now=TOMORROW) > 0
    assert "逾期" in Note.objects.filter(to_unit="east").first().text  # type: ignore[union-attr]


def test_a_closed_loop_leaves_what_stands_after_a_fortnight(town: InForce) -> None:
    cast.arrived("P-1", level="medium")
    sampled = NOON - timedelta(days=2)
    cast.tell(
        "test",
        "person",
        "P-1",
        {"test": "nucleic_acid", "result": "negative", "resulted_at": sampled + timedelta(hours=6)},
        at=sampled,
    )
    turn_time(now=NOON + timedelta(days=12))
    assert cast.loop("P-1", "medium-risk-arrival").state == "released"

    evaluate_subjects([("person", "P-1")], now=NOON + timedelta(days=40))

    assert not Loop.objects.filter(subject="P-1", measure="medium-risk-arrival").exists()
