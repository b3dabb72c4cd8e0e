"""Every night: the standing state against a full evaluation, the figures of the day, what is past its retention."""

from __future__ import annotations

from django.utils import timezone

from lianfang.acts.check_night import check_night
from lianfang.acts.retain import retain
from lianfang.acts.system import SYSTEM
from lianfang.jobs.app import app
from lianfang.ledger import progress


@app.periodic(cron="15 18 * * *")  # 02:15 in the plan's zone: the queue counts in UTC
@app.task(name="nightly", queueing_lock="nightly", lock="nightly")
def nightly(timestamp: int) -> None:
    """Check, count, delete, and say how it went. `timestamp` is the planned second."""
    now = timezone.now()
    number = progress.begin("nightly", "", 0, actor=SYSTEM, now=now, cursor={})
    progress.take_up(number, now=now)
    checked = check_night(now=now)
    deleted = sum(retain(actor=SYSTEM, now=now).values())
    said = (
        f"对象 {checked.subjects} 个，不一致 {len(checked.different)} 个，指标 {checked.figures} 项，清除 {deleted} 条"
    )
    progress.close(number, progress.DONE, now=timezone.now(), message=said)
