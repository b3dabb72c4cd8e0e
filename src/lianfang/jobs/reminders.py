"""Every morning: what each unit owes today."""

from __future__ import annotations

from django.utils import timezone

from lianfang.acts.in_force import in_force
from lianfang.acts.remind_units import remind_units
from lianfang.jobs.app import app


@app.periodic(cron="30 23 * * *")  # 07:30 in the plan's zone: the queue counts in UTC
@app.task(name="reminders", queueing_lock="reminders", lock="reminders")
def reminders(timestamp: int) -> None:
    """Write the morning's notes. `timestamp` is the planned second."""
    now = timezone.now()
    remind_units(zone=in_force(now).plan.zone, now=now)
