"""The job that evaluates many subjects after one fact has touched them, or after another plan came into force."""

from __future__ import annotations

from django.utils import timezone

from lianfang.acts.reevaluate import JOB, reevaluate_step
from lianfang.jobs.app import app


@app.task(name=JOB, retry=3)
def reevaluate(progress: int) -> None:
    """Go on from the progress's cursor until nothing is left."""
    while reevaluate_step(progress, now=timezone.now()):
        pass
