"""The job that plans, foresees or applies a large import."""

from __future__ import annotations

from django.utils import timezone

from lianfang.acts.begin_intake import JOB, run_intake
from lianfang.jobs.app import app


@app.task(name=JOB, retry=2)
def intake(progress: int) -> None:
    """Do the step that was asked for; killed, it has done nothing and is done again."""
    run_intake(progress, now=timezone.now())
