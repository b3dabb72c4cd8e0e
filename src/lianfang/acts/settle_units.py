"""Bring the plan's units into the ledger as units and as subjects: the plan is issued to each of them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from lianfang.acts.evaluate_subjects import evaluate_subjects
from lianfang.acts.in_force import in_force
from lianfang.acts.known import UNIT
from lianfang.ledger.models import Unit
from lianfang.ledger.state import Changes
from lianfang.ledger.subjects import Belonging, know
from lianfang.ledger.units import store_organisation


def settle_units(*, now: datetime) -> Changes:
    """Store the organisation of the plan in force and evaluate what it gives each unit to do."""
    force = in_force(now)
    with transaction.atomic():
        store_organisation(force.plan.organisation)
        units = list(Unit.objects.filter(id__in=force.plan.organisation.units).values_list("id", "name"))
        know(Belonging(UNIT, unit, name=name, homes=(unit,)) for unit, name in units)
        return evaluate_subjects([(UNIT, unit) for unit, _ in units], now=now)
