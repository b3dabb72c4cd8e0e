"""Every night: the standing state against a full evaluation, the figures of the day, what is past its retention."""

from __future__ import annotations

from django.utils import timezone

from lianfang.acts.check_night import check_night
from lianfang.acts.take_progress import ended, started
from lianfang.jobs.app import app


@app.periodic(cron="15 18 * * *")  # 02:15 in the plan's zone: the queue counts in UTC
@app.task(name="nightly", queueing_lock="nightly", lock="nightly")
def nightly(timestamp: int) -> None:
    """Check, count, and say how it went. `timestamp` is the planned second."""
    now = timezone.now()
    row = started("nightly", "", now=now)
    checked = check_night(now=now)
    ended(row, f"{checked.subjects} / {len(checked.different)} / {checked.figures}", now=timezone.now())
