"""A long job can be watched, called off, and gone on with after a break."""

from __future__ import annotations

import pytest

from lianfang.ledger.models import Progress
from lianfang.ledger.progress import CANCELLED, DONE, Step, advance, begin, close, take_up
from tests.ledger.world import CLERK, NOW

pytestmark = pytest.mark.django_db


def job() -> int:
    return begin("reevaluate", "area:A-7", 10, actor=CLERK, now=NOW, cursor={"after": ""})


def test_a_job_goes_on_where_it_stopped() -> None:
    number = job()
    assert take_up(number, now=NOW) == Step(0, {"after": ""})
    assert advance(number, Step(4, {"after": "P-4"}), now=NOW)
    assert take_up(number, now=NOW) == Step(4, {"after": "P-4"})
    assert Progress.objects.get().started_by == "clerk"


def test_a_job_that_is_called_off_notices_it_at_the_next_step() -> None:
    number = job()
    take_up(number, now=NOW)
    assert close(number, CANCELLED, now=NOW)
    assert not advance(number, Step(4), now=NOW)
    assert take_up(number, now=NOW) is None
    assert Progress.objects.get().done == 0


def test_a_job_is_over_once() -> None:
    number = job()
    assert close(number, DONE, now=NOW, message="好")
    assert not close(number, CANCELLED, now=NOW)
    assert (Progress.objects.get().state, Progress.objects.get().message) == ("done", "好")


def test_a_step_counts_only_in_a_job_that_was_taken_up() -> None:
    assert not advance(job(), Step(1), now=NOW)
