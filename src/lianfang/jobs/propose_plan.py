"""The job that checks a pack somebody proposes."""

from __future__ import annotations

from django.utils import timezone

from lianfang.acts.begin_proposal import JOB, run_proposal
from lianfang.jobs.app import app


@app.task(name=JOB, retry=2)
def propose_plan(progress: int) -> None:
    """Check the pack whole, put it down as a version, and say how it differs from the plan in force."""
    run_proposal(progress, now=timezone.now())
