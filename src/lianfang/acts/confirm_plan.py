"""The second person puts a proposed plan in force, or turns it down."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from lianfang.acts.known import district
from lianfang.acts.reevaluate import reevaluate_everybody
from lianfang.acts.refused import Refused, demand
from lianfang.acts.settle_units import settle_units
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import CONFIRM_PLAN
from lianfang.core.access.may import different_person, may
from lianfang.ledger import journal
from lianfang.ledger.models import PlanVersion

TURNED_DOWN = "turn_down_plan"


def confirm_plan(version: int, *, actor: Actor, now: datetime) -> int | None:
    """Put a version in force now, in place of the one that is; gives the job that evaluates everybody anew.

    None if somebody has decided already. Never the person who proposed it. Loops that run keep the version of their
    first day unless the plan says otherwise.
    """
    row = waiting_version(version)
    demand(different_person(may(actor, CONFIRM_PLAN, district(actor)), actor, row.proposed_by))
    with transaction.atomic():
        standing = Q(in_force_from__isnull=False) & (Q(in_force_until=None) | Q(in_force_until__gt=now))
        old = list(PlanVersion.objects.select_for_update().filter(standing).order_by("pk"))
        PlanVersion.objects.filter(pk__in=[one.pk for one in old]).update(in_force_until=now)
        still = PlanVersion.objects.filter(pk=version, confirmed_by="", in_force_until=None)
        if not still.update(confirmed_by=actor.account, in_force_from=now):
            transaction.set_rollback(True)
            return None
        settle_units(now=now)
        job = reevaluate_everybody(actor.account, f"plan:{version}", now=now)
        details = {"plan": row.plan, "digest": row.digest, "instead_of": [one.pk for one in old]}
        journal.write(actor, CONFIRM_PLAN, f"plan:{version}", now=now, details=details)
    return job


def turn_down_plan(version: int, why: str, *, actor: Actor, now: datetime) -> bool:
    """Turn a proposed version down, with the reason; whoever may confirm may, and whoever proposed takes it back."""
    row = waiting_version(version)
    demand(may(actor, CONFIRM_PLAN, district(actor)))
    if not why.strip():
        raise Refused("退回须写明理由。", "Say why it is turned down.")
    with transaction.atomic():
        still = PlanVersion.objects.filter(pk=version, confirmed_by="", in_force_until=None)
        if not still.update(in_force_until=now):
            return False
        details = {"plan": row.plan, "digest": row.digest}
        journal.write(actor, TURNED_DOWN, f"plan:{version}", now=now, reason=why.strip(), details=details)
    return True


def waiting_version(version: int) -> PlanVersion:
    """The version of that number; refused if there is none."""
    row = PlanVersion.objects.filter(pk=version).first()
    if row is None:
        raise Refused("没有这个方案版本；请刷新页面。", "There is no such version of the plan; reload the page.")
    return row
