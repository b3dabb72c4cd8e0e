"""The queue: jobs are put down with what asks for them, and a worker carries them out."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from pytest_django import Settings

from lianfang.acts.in_force import InForce
from lianfang.acts.reevaluate import reevaluate_everybody
from lianfang.jobs import nightly, reevaluate, reminders, turn_of_time
from lianfang.ledger.models import Progress, Subject
from lianfang.ledger.queue import defer
from tests import cast

PACK = Path(__file__).parent.parent / "fixtures" / "packs" / "town"
NAMES = {"reevaluate", "turn_of_time", "nightly", "reminders"}


@pytest.fixture
def town(transactional_db: None, settings: Settings) -> InForce:
    """The town, in a database whose transactions are real."""
    settings.LIANFANG_PLAN = str(PACK)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    return cast.settle()


def waiting() -> list[str]:
    """The jobs that wait, by name."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    return sorted(ProcrastinateJob.objects.filter(status="todo").values_list("task_name", flat=True))


def test_the_settings_name_every_room_of_jobs(settings: Settings) -> None:
    rooms = {path.stem for path in Path(turn_of_time.__file__).parent.glob("*.py")} - {"__init__", "app"}

    assert {f"lianfang.jobs.{room}" for room in rooms} <= set(settings.PROCRASTINATE_IMPORT_PATHS)
    assert set(app.tasks) >= NAMES


def test_a_job_is_there_only_if_what_asked_for_it_is(town: InForce) -> None:
    with transaction.atomic():
        defer("reevaluate", once="kept", progress=1)
    with transaction.atomic():
        defer("reevaluate", once="gone", progress=2)
        transaction.set_rollback(True)

    assert waiting() == ["reevaluate"]


def test_the_same_job_waits_only_once(town: InForce) -> None:
    assert defer("reevaluate", once="one", progress=1)
    assert not defer("reevaluate", once="one", progress=1)
    assert waiting() == ["reevaluate"]


def test_a_worker_carries_out_what_was_put_down(town: InForce) -> None:
    now = timezone.now()
    cast.arrived("P-1")
    Subject.objects.update(evaluated_at=now - timedelta(days=9))
    job = reevaluate_everybody("laosun", "方案更换", now=now)

    reevaluate.reevaluate(progress=job)

    row = Progress.objects.get(pk=job)
    assert (row.state, row.done) == ("done", Subject.objects.count())
    assert not Subject.objects.filter(evaluated_at__lt=now).exists()


def test_every_minute_those_whose_time_has_come_are_evaluated(town: InForce) -> None:
    cast.arrived("P-1")
    assert Subject.objects.filter(next_change__lte=timezone.now()).exists()

    turn_of_time.turn_of_time(timestamp=0)

    assert not Subject.objects.filter(next_change__lte=timezone.now()).exists()


def test_the_night_says_how_it_went(town: InForce) -> None:
    cast.arrived("P-1")

    nightly.nightly(timestamp=0)

    row = Progress.objects.get(job="nightly")
    assert row.state == "done"
    assert "不一致 0 个" in row.message


def test_the_morning_tells_units_once(town: InForce) -> None:
    from lianfang.ledger.models import Note

    cast.arrived("P-1")
    reminders.reminders(timestamp=0)
    told = Note.objects.count()
    reminders.reminders(timestamp=0)

    assert told > 0
    assert Note.objects.count() == told
