"""The job that works out what a proposed plan would change."""

from __future__ import annotations

from django.utils import timezone

from lianfang.acts.what_if_plan import JOB, run_what_if
from lianfang.jobs.app import app


@app.task(name=JOB, retry=2)
def what_if(progress: int) -> None:
    """Compare the plan in force with the proposed one over all facts, and keep the answer with the progress."""
    run_what_if(progress, now=timezone.now())
