"""Give an import up before anything of it is written; its file and its rows go, that there was one stays."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from lianfang.acts.plan_intake import OPEN_STATES, intake_of
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import IMPORT_PEOPLE
from lianfang.ledger import journal
from lianfang.ledger.models import Intake, IntakeRow


def cancel_intake(intake: int, *, actor: Actor, now: datetime) -> bool:
    """Give it up; False if it has been applied or given up meanwhile."""
    intake_of(intake, actor)
    with transaction.atomic():
        if not Intake.objects.filter(pk=intake, state__in=OPEN_STATES).update(state="cancelled", content=None):
            return False
        IntakeRow.objects.filter(intake_id=intake).delete()
        journal.write(actor, IMPORT_PEOPLE, f"intake:{intake}", now=now, details={"cancelled": True})
    return True
