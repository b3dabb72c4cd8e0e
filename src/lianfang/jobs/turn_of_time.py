"""Every minute: what has become due, overdue or released by itself is evaluated."""

from __future__ import annotations

from django.utils import timezone

from lianfang.acts.turn_time import take_up_again, turn_time
from lianfang.jobs.app import app

MOST_STEPS = 200
"""A hundred thousand subjects a minute are more than there are; the next minute goes on."""


@app.periodic(cron="* * * * *")
@app.task(name="turn_of_time", queueing_lock="turn_of_time", lock="turn_of_time")
def turn_of_time(timestamp: int) -> None:
    """Evaluate who changes now, and take up jobs that were left behind. `timestamp` is the planned second."""
    now = timezone.now()
    for _ in range(MOST_STEPS):
        if not turn_time(now=now):
            break
    take_up_again(now=now)
