"""Propose that a plan comes into force: it is checked whole, and waits for a second person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from lianfang.acts.in_force import digest_of, in_force
from lianfang.acts.known import check, district
from lianfang.acts.plan_store import kept, texts_of_pack
from lianfang.acts.refused import Refused
from lianfang.core.access.actor import Actor
from lianfang.core.access.acts import PROPOSE_PLAN
from lianfang.core.complaint import Complaint
from lianfang.ledger import journal
from lianfang.ledger.models import PlanVersion
from lianfang.reach.packs import load_pack


@dataclass(frozen=True, slots=True)
class Proposed:
    """The version that now waits (None: the pack has errors), and everything the check found; warnings do not stop."""

    version: int | None
    complaints: tuple[Complaint, ...]


def propose_plan(pack: str | Path, *, actor: Actor, now: datetime) -> Proposed:
    """Check a pack (id of a shipped one, or a folder) and put it down as a version that waits for a second person.

    The same texts proposed twice are one version. Refused if they are in force already.
    """
    check(actor, PROPOSE_PLAN, district(actor))
    plan, complaints = load_pack(pack)
    if plan is None:
        return Proposed(None, complaints)
    texts = texts_of_pack(str(pack))
    digest = digest_of(texts)
    if in_force(now).digest == digest:
        raise Refused("这个版本正在执行，没有改动。", "This very version is in force; nothing differs.")
    kept(digest, lambda: plan)
    with transaction.atomic():
        waiting = PlanVersion.objects.filter(digest=digest, confirmed_by="", in_force_until=None).first()
        if waiting is not None:
            return Proposed(int(waiting.pk), complaints)
        row = PlanVersion.objects.create(
            plan=Path(pack).name,
            digest=digest,
            name=plan.words.zh,
            texts=texts,
            proposed_by=actor.account,
            proposed_at=now,
        )
        journal.write(actor, PROPOSE_PLAN, f"plan:{row.pk}", now=now, details={"plan": row.plan, "digest": digest})
    return Proposed(int(row.pk), complaints)
