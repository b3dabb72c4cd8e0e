"""Work for later: a job by its name, put down in the same transaction as what asks for it."""

from __future__ import annotations

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued


def defer(task: str, *, once: str = "", **arguments: object) -> bool:
    """Put a job in the queue; it starts after the transaction is committed, and never if it is rolled back.

    With `once`: not a second time while one of that name is still waiting; then the answer is False.
    """
    job = app.configure_task(task, queueing_lock=once or None)
    try:
        with transaction.atomic():  # a refused job must not spoil the transaction of the act
            job.defer(**arguments)  # type: ignore[arg-type]  # the arguments are JSON values, as every job knows
    except AlreadyEnqueued:
        return False
    return True
